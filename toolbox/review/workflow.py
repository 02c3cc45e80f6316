"""The page of a contribution that was sent, and Wagtail's workflow on it (decision 17).

Every verb locks the contribution first. Nothing here decides: `toolbox.review.outcomes` does, called
by the signals that Wagtail sends, so that its own editor and our queue end in the same place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import GroupApprovalTask, Locale, Page, TaskState, Workflow, WorkflowPage, WorkflowState

from common.models import Theme
from common.slugs import free_slug
from members.roles import Role
from toolbox.models import Contribution, PracticeIndexPage, ToolIndexPage, ToolPage

from . import files, meanwhile
from .waiting import nothing_to_take, unchecked
from .writing import model_of, write_answers

if TYPE_CHECKING:
    from wagtail.models import Revision

    from members.models import User

APPROVAL = "Relecture"
State = Contribution.State


def locked(contribution: Contribution | int) -> Contribution:
    """The row, held until the transaction ends. Raises DoesNotExist."""
    key = contribution if isinstance(contribution, int) else contribution.pk
    rows = Contribution.objects.select_for_update(of=("self",))
    return rows.select_related("author", "organisation", "page", "revision", "base_revision").get(pk=key)


# ---------------------------------------------------------------- the page
def is_prepared(contribution: Contribution) -> bool:
    """Whether what was sent is a page's revision already."""
    revision, sent = contribution.revision, contribution.submitted_at
    if contribution.page_id is None or revision is None or sent is None:
        return False
    return bool(revision.created_at >= sent)


@transaction.atomic
def prepare(contribution: Contribution | int) -> Contribution:
    """Write the page, or its next revision, and start the workflow. Idempotent.

    Nothing is done of what is not waiting, while a file is being checked, nor while somebody has to
    choose between words of hers and of others.
    """
    row = locked(contribution)
    if row.state != State.SUBMITTED or is_prepared(row) or unchecked(row) or nothing_to_take(row):
        return row
    versions = meanwhile.look(row)
    if versions is not None and versions.both and meanwhile.was_published(versions.page):
        return row
    files.take_in(row)
    write_revision(row, row.author)
    start(row)
    return row


def write_revision(row: Contribution, by: User | None) -> Revision:
    """Save what was answered as the latest revision of the page; a live page does not change.

    The caller holds the row. What somebody else changed meanwhile is taken over, and hers then
    stand on the page of today.
    """
    versions = meanwhile.look(row)
    if versions is None:
        page: Any = _new_page(row)
    else:
        page = versions.page
        write_answers(page, row, versions.by_author)
        row.answers = row.answers | {key: versions.theirs[key] for key in versions.only_others}
        if meanwhile.was_published(page):
            row.base_revision = meanwhile.others_revision(row)
    today = timezone.localdate()
    if isinstance(page, ToolPage) and (row.files.exists() or page.updated_on is None):
        page.updated_on = today
    revision: Revision = page.save_revision(user=by, log_action=True, clean=False)
    row.page, row.revision = Page.objects.get(pk=page.pk), revision
    row.save(update_fields=["page", "revision", "base_revision", "answers"])
    return revision


def _new_page(row: Contribution) -> Any:
    index = index_of(row.kind)
    page: Any = model_of(row.kind)(locale=Locale.get_default(), live=False)
    write_answers(page, row)
    page.title = page.title or _("Untitled")
    page.draft_title, page.slug = page.title, free_slug(index, page.title)
    if page.lead_theme_id is None:  # the one that was chosen has gone since
        page.lead_theme = Theme.objects.order_by("position")[0]
    page.example = row.organisation is not None and row.organisation.example
    index.add_child(instance=page)
    return page


def index_of(kind: str) -> Any:
    """The French list under which the pages of a kind stand. Raises DoesNotExist without one."""
    model = PracticeIndexPage if kind == Contribution.Kind.PRACTICE else ToolIndexPage
    return model.objects.get(locale=Locale.get_default())


# ---------------------------------------------------------------- Wagtail's workflow
def start(row: Contribution) -> None:
    """Have the page's latest revision reviewed; the workflow goes on from where it was sent back."""
    page: Any = row.page.specific if row.page is not None else None
    state = page.current_workflow_state
    if state is None:
        workflow_for(page).start(page, row.author)
    elif state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(user=row.author)
    else:
        TaskState.objects.filter(pk=state.current_task_state_id).update(revision=row.revision)


def workflow_for(page: Any) -> Workflow:
    """The workflow of a page; its list is given one when the tree has none."""
    found: Workflow | None = page.get_workflow()
    if found is not None:
        return found
    workflow = Workflow.objects.filter(active=True).order_by("pk").first() or _make_workflow()
    WorkflowPage.objects.update_or_create(page=page.get_parent(), defaults={"workflow": workflow})
    return workflow


def _make_workflow() -> Workflow:
    workflow: Workflow = Workflow.objects.create(name=APPROVAL)
    task = GroupApprovalTask.objects.create(name=APPROVAL)
    names = [Role.MODERATOR.group, Role.EDITOR.group, Role.ADMINISTRATOR.group]
    task.groups.set(Group.objects.filter(name__in=names))
    workflow.workflow_tasks.create(task=task, sort_order=0)
    return workflow


def approve(row: Contribution, by: User | None, comment: str) -> None:
    """Say yes at every step of the workflow, which publishes; publish when there is none."""
    page: Any = row.page.specific if row.page is not None else None
    state = page.current_workflow_state
    if state is None or state.status != WorkflowState.STATUS_IN_PROGRESS:
        page.get_latest_revision().publish(user=by)
        return
    while state.status == WorkflowState.STATUS_IN_PROGRESS and state.current_task_state is not None:
        state.current_task_state.specific.approve(user=by, comment=comment)
        state.refresh_from_db()


def reject(row: Contribution, by: User | None, comment: str) -> None:
    """Send it back in the workflow too, so that it goes on from there."""
    state = running(row)
    if state is not None and state.status == WorkflowState.STATUS_IN_PROGRESS:
        state.current_task_state.specific.reject(user=by, comment=comment)


def cancel(row: Contribution, by: User | None) -> None:
    """End the workflow without a decision."""
    state = running(row)
    if state is not None:
        state.cancel(user=by)


def running(row: Contribution) -> Any:
    """The workflow of the page, when one is under way."""
    return row.page.specific.current_workflow_state if row.page is not None else None


def put_back(row: Contribution) -> None:
    """Let the words on line be the latest again: an editor who opens the page does not publish hers unknowing."""
    page: Any = row.page.specific if row.page is not None else None
    if page is None or not meanwhile.was_published(page) or page.latest_revision_id != row.revision_id:
        return
    before = meanwhile.revision_before(row, page)
    if before is None:
        return
    drafted = page.live_revision_id is not None and before.pk != page.live_revision_id
    title = before.as_object().title if drafted else page.title
    rows = Page.objects.filter(pk=page.pk)
    rows.update(
        latest_revision=before,
        latest_revision_created_at=before.created_at,
        has_unpublished_changes=drafted,
        draft_title=title,
    )


@transaction.atomic
def withdraw(contribution: Contribution, by: User | None) -> None:
    """Its author took it back: the workflow ends, and the page has its own words again."""
    row = locked(contribution)
    if row.may_be_written:
        cancel(row, by)
        put_back(row)
