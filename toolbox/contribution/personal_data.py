"""What a member tells, as something that is known of her: exported, and erased with her account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.registries import PersonalData, Retained, register_personal_data
from members.cases.opening import settle
from members.models import Membership
from toolbox.models import (
    Contribution,
    ContributionFile,
    ContributionMove,
    ContributionNote,
    Practice,
    Tool,
)

from .attaching import delete_files
from .boxes import Box
from .questions import answer, questions_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from django.db.models import QuerySet

    from members.models import User

State = Contribution.State
ENDED = (State.ACCEPTED, State.REFUSED)


def told_by(user: User) -> QuerySet[Contribution]:
    """What she tells, oldest first."""
    return Contribution.objects.filter(author=user).order_by("created_at", "pk")


def export(user: User) -> Iterator[dict[str, Any]]:
    """Her words, question by question, and what was said of them."""
    for row in told_by(user).select_related("organisation").prefetch_related("notes", "files", "moves"):
        boxes = [Box(each, answer(row.answers, each)) for each in questions_of(row.kind).values()]
        yield {
            "kind": str(row.get_kind_display()),
            "title": str(row),
            "state": str(row.get_state_display()),
            "company": row.organisation.name if row.organisation else "",
            "created_at": row.created_at,
            "saved_at": row.saved_at,
            "submitted_at": row.submitted_at,
            "decided_at": row.decided_at,
            "answers": [
                {"question": str(box.question.label), "text": "\n".join(box.shown)}
                for box in boxes
                if box.value
            ],
            "notes": [
                {"text": note.text, "created_at": note.created_at}
                for note in row.notes.all()
                if note.author_id == user.pk or note.sent_at
            ],
            "files": [file.name for file in row.files.all()],
        }


def export_published(user: User) -> Iterator[dict[str, Any]]:
    """The practices and tools that bear her name in our files, by title."""
    for model in (Practice, Tool):
        for facts in model._default_manager.filter(author=user).order_by("pk").prefetch_related("pages"):
            page: Any = next(iter(facts.pages.all()), None)
            yield {
                "kind": str(model._meta.verbose_name),
                "title": page.title if page is not None else str(facts.translation_key),
                "submitted_at": facts.published_at,
            }


def erase_published(user: User, _contributions_stay: bool) -> Sequence[Retained]:
    """What is published stays, and is nobody's: her company keeps it."""
    for model in (Practice, Tool):
        model._default_manager.filter(author=user).update(author=None)
    return ()


def files(user: User) -> Iterator[tuple[str, str]]:
    """The files that she sent, by contribution."""
    rows = ContributionFile.objects.filter(contribution__author=user).order_by("contribution_id", "pk")
    for file in rows.select_related("contribution"):
        yield f"{file.contribution.public_id}/{file.name.replace('/', ' ')}", str(file.file.name)


def stays(row: Contribution, contributions_stay: bool) -> bool:
    """Whether it is kept without her name: decided, or begun for a company whose managers may go on with it."""
    if row.state in ENDED:
        return True
    if not contributions_stay or row.organisation_id is None or row.state == State.DISCARDED:
        return False
    others = Membership.objects.managers().filter(organisation=row.organisation_id)
    return others.exclude(user=row.author_id).exists()


@transaction.atomic
def erase(user: User, contributions_stay: bool) -> Sequence[Retained]:
    """Drafts go, with their files; what was decided stays under “Former member”."""
    for row in told_by(user).select_for_update(of=("self",)):
        if stays(row, contributions_stay):
            continue
        settle("contribution", row.public_id)
        delete_files(row)
        row.delete()
    kept = Contribution.objects.filter(author=user)
    retained = retained_of(kept)
    ContributionNote.objects.filter(author=user).update(author=None)
    ContributionMove.objects.filter(by=user).update(by=None)
    kept.update(author=None, saved_from="")
    return retained


def retained_of(kept: QuerySet[Contribution]) -> Sequence[Retained]:
    """What is kept, in words; nothing when there is nothing."""
    if not kept.exists():
        return ()
    what = _("Good practices and tools you shared, under “Former member”")
    return (
        Retained(what, _("They were decided upon, or belong to a company that goes on with them."), None),
    )


def keeps(user: User, contributions_stay: bool) -> Sequence[Retained]:
    """The same beforehand."""
    rows = [row.pk for row in told_by(user) if stays(row, contributions_stay)]
    return retained_of(Contribution.objects.filter(pk__in=rows))


def rows(user: User) -> Sequence[Any]:
    """What the page of one's data counts."""
    return (Contribution.objects.filter(author=user),)


LABELS: Iterable[tuple[str, Any]] = (
    ("kind", gettext_lazy("kind")),
    ("title", gettext_lazy("title")),
    ("state", gettext_lazy("state")),
    ("company", gettext_lazy("company")),
    ("created_at", gettext_lazy("begun at")),
    ("saved_at", gettext_lazy("saved at")),
    ("submitted_at", gettext_lazy("submitted at")),
    ("decided_at", gettext_lazy("decided at")),
    ("answers", gettext_lazy("answers")),
    ("question", gettext_lazy("question")),
    ("text", gettext_lazy("text")),
    ("notes", gettext_lazy("notes")),
    ("files", gettext_lazy("files")),
)


def register() -> None:
    """Have them exported and erased with the account."""
    register_personal_data(
        PersonalData(
            "toolbox.contributions",
            gettext_lazy("What I tell and propose"),
            export,
            erase,
            files=files,
            keeps=keeps,
            rows=rows,
            models=(
                "toolbox.Contribution",
                "toolbox.ContributionMove",
                "toolbox.ContributionNote",
            ),
            labels=dict(LABELS),
            order=70,
        )
    )
    register_personal_data(
        PersonalData(
            "toolbox.published",
            gettext_lazy("Practices and tools I told"),
            export_published,
            erase_published,
            models=("toolbox.Practice", "toolbox.Tool"),
            labels=dict(LABELS) | {"submitted_at": gettext_lazy("published on")},
            order=71,
        )
    )
