"""What Wagtail says, heard: its own editor and our queue end in the same place (decision 17)."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models.signals import post_save, pre_delete
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page
from wagtail.signals import page_published, workflow_rejected

from common.mail import known_language
from toolbox.models import Contribution, ContributionMove, PracticePage, ToolPage

from . import letters, meanwhile, outcomes, tasks, telling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wagtail.models import WorkflowState

    from members.models import User

State = Contribution.State

# Who decides in the queue, and why, while Wagtail does what was decided.
_decision: ContextVar[tuple[User | None, str] | None] = ContextVar("decision of a case", default=None)


@contextmanager
def deciding(by: User | None, reason: str) -> Iterator[None]:
    """What is published or rejected inside is this person's decision, for this reason."""
    token = _decision.set((by, reason))
    try:
        yield
    finally:
        _decision.reset(token)


def _by_and_why(user: User | None = None, comment: str = "") -> tuple[User | None, str]:
    """The decision of the queue, or whoever is at work in Wagtail's editor."""
    return _decision.get() or (user or get_active_log_context().user, comment)


def on_published(instance: Any, revision: Any = None, **_kwargs: Any) -> None:
    """A page went on line: the contribution that waits for it is accepted, if its words are there."""
    if not isinstance(instance, PracticePage | ToolPage) or not instance.live or instance.alias_of_id:
        return
    rows = Contribution.objects.waiting().filter(page_id=instance.pk)
    row = rows.select_related("revision", "base_revision").first()
    if row is None or not meanwhile.took_in(row, instance, revision):
        return
    by, reason = _by_and_why()
    outcomes.accepted(row, instance, by, reason)


def on_rejected(instance: WorkflowState, user: User | None = None, **_kwargs: Any) -> None:
    """The workflow of a page was rejected: the contribution that waits for it is sent back."""
    page = instance.content_object
    row = Contribution.objects.waiting().filter(page_id=page.pk).first() if isinstance(page, Page) else None
    if row is None:
        return
    task = instance.current_task_state
    by, reason = _by_and_why(user, task.comment if task is not None else "")
    outcomes.sent_back(row, by, reason)


def on_deleted(instance: Any, **_kwargs: Any) -> None:
    """A page goes: what its author was told to wait for, or to revise, is hers again."""
    rows = Contribution.objects.standing().filter(page_id=instance.pk).select_related("author")
    for row in rows.order_by("pk"):
        with transaction.atomic():
            _give_back(row)


def _give_back(row: Contribution) -> None:
    by, _reason = _by_and_why()
    with override(known_language(row.author.language if row.author else row.language)):
        gone = _("The page was removed. Your words are kept: you may send them again.")
        new = _("The page that this revises was removed: it would be published as a new one.")
    if row.state == State.SUBMITTED:
        outcomes.sent_back(row, by, gone)
    elif row.base_revision_id is not None:
        ContributionMove.objects.create(contribution=row, state=row.state, by=by, reason=new)
        telling.base_gone(row)


def on_move(instance: ContributionMove, created: bool = False, **_kwargs: Any) -> None:
    """Its author took it back: the page has its own words again, in the background."""
    row = instance.contribution
    if created and instance.state == State.DRAFT and row.page_id and row.revision_id:
        transaction.on_commit(lambda: tasks.withdraw.enqueue(row.pk))


def connect() -> None:
    """Listen; called once, when the site starts."""
    page_published.connect(on_published, dispatch_uid="toolbox.review")
    workflow_rejected.connect(on_rejected, dispatch_uid="toolbox.review")
    for model in (PracticePage, ToolPage):
        pre_delete.connect(on_deleted, sender=model, dispatch_uid=f"toolbox.review.{model.__name__}")
    post_save.connect(on_move, sender=ContributionMove, dispatch_uid="toolbox.review.moves")
    letters.silence()
