"""Lines of experience that wait for a moderator, as one kind of the queue (decision 18).

Held words are shown to nobody, nor is the company named beside them; it is counted all the same.
What a moderator hides stays held: the words remain, for whoever contests, until they are changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.cases.kinds import CaseKind, Choice, Pending, StaleError
from members.cases.opening import open_case
from members.models import Case
from toolbox.models import Adoption

from . import letters
from .rules import RECORDING
from .telling import tell_owners
from .titles import subject_of, subjects_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.db.models import QuerySet
    from django.http import HttpRequest

KIND = "adoption"
SHOW, HIDE = "show", "hide"
CHOICES = (
    Choice(SHOW, gettext_lazy("Show"), "a", "good"),
    Choice(
        HIDE,
        gettext_lazy("Hide"),
        "r",
        "bad",
        reasons=(
            gettext_lazy("The line names or describes somebody: say it of the company, without persons."),
            gettext_lazy("The line advertises a product or a service rather than telling what you did."),
            gettext_lazy(
                "The line does not speak of this practice: say in a few words what you did and saw."
            ),
        ),
        needs_reason=True,
    ),
)


def decisions(row: Adoption) -> QuerySet[Case]:
    """What moderators decided of it, the latest first."""
    ended = Case.objects.filter(kind=KIND, target=row.public_id).exclude(state=Case.State.VOID)
    return ended.exclude(decision="").order_by("-pk")


def hidden_by(row: Adoption) -> Case | None:
    """The decision that hides these words; None when they are shown, or wait."""
    last = decisions(row).first() if row.pk and row.held else None
    return last if last and last.decision == HIDE and last.decided_at > row.updated_at else None  # type: ignore[operator]


def was_hidden(row: Adoption) -> bool:
    """Whether the last decision was to hide: other words are read again before they show."""
    last = decisions(row).first() if row.pk else None
    return last is not None and last.decision == HIDE


def pending(row: Adoption, title: str) -> Pending:
    """As the queue names it."""
    name = f"{row.organisation} – {title}"
    return Pending(row.public_id, name, row.updated_at, row.author, row.organisation)


def queue(row: Adoption) -> None:
    """Put it among what waits."""
    open_case(KIND, pending(row, subject_of(row.practice).title))


def all_waiting() -> Iterator[Pending]:
    """What is held and nobody decided on since it was written."""
    hidden = Case.objects.filter(
        kind=KIND, target=OuterRef("public_id"), decision=HIDE, decided_at__gt=OuterRef("updated_at")
    ).exclude(state=Case.State.VOID)
    rows = Adoption.objects.filter(~Exists(hidden), held=True).exclude(experience="")
    found = list(rows.select_related("practice", "organisation", "author").order_by("updated_at", "pk"))
    titles = subjects_of([row.practice for row in found])
    for row in found:
        subject = titles.get(row.practice.translation_key)
        yield pending(row, subject.title if subject else "")


def target_of(case: Case, *, locked: bool = False) -> Adoption:
    """The adoption of a case. Raises StaleError once it was withdrawn, or has no words any more."""
    rows = Adoption.objects.select_related("practice", "organisation", "author")
    if locked:
        rows = rows.select_for_update(of=("self",))
    row = rows.filter(public_id=case.target).first()
    if row is None:
        raise StaleError(_("The company took this back."))
    if not row.experience:
        raise StaleError(_("The company took these words back."))
    return row


def choices(_case: Case) -> Sequence[Choice]:
    """Show or hide."""
    return CHOICES


def context(case: Case, _request: HttpRequest) -> dict[str, Any]:
    """What the moderator reads."""
    row = target_of(case)
    return {"adoption": row, "practice": subject_of(row.practice)}


def decide(case: Case) -> None:
    """At once: shown, or kept from everybody."""
    row = target_of(case, locked=True)
    row.held = case.decision == HIDE
    row.save(update_fields=["held"])


def undo(case: Case) -> None:
    """It waits again."""
    row = target_of(case, locked=True)
    row.held = True
    row.save(update_fields=["held"])


def apply(case: Case) -> str:
    """Once it can no longer be undone: its author is told, and whoever tells the practice."""
    row = target_of(case, locked=True)
    tell_owners(row)
    if case.decision == HIDE:
        letters.tell_hidden(row, case)
        return _("Hidden; its author knows why.")
    letters.tell_shown(row, case)
    return _("Shown on the practice.")


CASE_KIND = CaseKind(
    key=KIND,
    label=gettext_lazy("Line of experience"),
    icon="pick",
    permission=RECORDING,
    template="toolbox/adopting/case.html",
    choices=choices,
    context=context,
    waiting=all_waiting,
    apply=apply,
    decide=decide,
    undo=undo,
    order=50,
)
