"""What this part knows of a person: what she said for her company, and what she answered about what she shared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.registries import PersonalData, Retained, register_personal_data
from toolbox.models import Adoption, Rereading

from .titles import NOWHERE, subjects_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.db.models import QuerySet

    from members.models import User


# ---------------------------------------------------------------- adoptions
def adoptions(user: User) -> QuerySet[Adoption]:
    """Those that she said last."""
    return Adoption.objects.filter(author=user)


def export_adoptions(user: User) -> Iterator[dict[str, Any]]:
    """What she said, for whom, of which practice."""
    rows = list(adoptions(user).select_related("practice", "organisation").order_by("created_at", "pk"))
    titles = subjects_of([row.practice for row in rows])
    for row in rows:
        yield {
            "practice": titles.get(row.practice.translation_key, NOWHERE).title,
            "company": row.organisation.name,
            "state": str(row.get_state_display()),
            "experience": row.experience,
            "shown": row.shown,
            "planned_on": row.planned_on,
            "in_place_on": row.in_place_on,
            "dropped_on": row.dropped_on,
            "created_at": row.created_at,
        }


def kept_adoptions(user: User, contributions_stay: bool) -> Sequence[Retained]:
    """That the company took it up is the company's; her words stay if she leaves them."""
    if not adoptions(user).exists():
        return ()
    what = (
        _("The practices your company took up, with the lines you wrote, without your name")
        if contributions_stay
        else _("The practices your company took up, without your name and without your words")
    )
    return (Retained(what=what, why=_("It is a fact about the company, which goes on.")),)


def erase_adoptions(user: User, contributions_stay: bool) -> Sequence[Retained]:
    """Her name goes; her words too unless she leaves them."""
    kept = kept_adoptions(user, contributions_stay)
    changes: dict[str, Any] = {"author": None}
    if not contributions_stay:
        changes |= {"experience": "", "held": False}
    for row in adoptions(user):
        for name, value in changes.items():
            setattr(row, name, value)
        row.save(update_fields=list(changes))
    return kept


# ---------------------------------------------------------------- does it still hold?
def rereadings(user: User) -> QuerySet[Rereading]:
    """The questions put to her."""
    return Rereading.objects.filter(reader=user)


def export_rereadings(user: User) -> Iterator[dict[str, Any]]:
    """What she was asked about, and what she answered."""
    rows = list(rereadings(user).select_related("practice", "tool").order_by("sent_at", "pk"))
    titles = subjects_of([row.practice for row in rows if row.practice]) | subjects_of(
        [row.tool for row in rows if row.tool]
    )
    for row in rows:
        facts = row.practice or row.tool
        yield {
            "about": titles.get(facts.translation_key, NOWHERE).title if facts else "",
            "sent_at": row.sent_at,
            "answer": str(row.get_answer_display()) if row.answer else "",
            "words": row.words,
            "answered_at": row.answered_at,
        }


def erase_rereadings(user: User, _contributions_stay: bool) -> Sequence[Retained]:
    """Her words to the team go; what she left without an answer is asked of her company."""
    rereadings(user).filter(answered_at=None).delete()
    rereadings(user).update(reader=None, words="")
    return ()


def register() -> None:
    """Have them exported and erased with the account."""
    register_personal_data(
        PersonalData(
            "toolbox.adoptions",
            gettext_lazy("Practices taken up for my company"),
            export_adoptions,
            erase_adoptions,
            keeps=kept_adoptions,
            rows=lambda user: [adoptions(user)],
            models=["toolbox.Adoption"],
            order=45,
            labels={
                "practice": gettext_lazy("good practice"),
                "company": gettext_lazy("company"),
                "state": gettext_lazy("state"),
                "experience": gettext_lazy("experience"),
                "shown": gettext_lazy("named on the practice"),
                "planned_on": gettext_lazy("planned on"),
                "in_place_on": gettext_lazy("in place on"),
                "dropped_on": gettext_lazy("dropped on"),
                "created_at": gettext_lazy("said at"),
            },
        )
    )
    register_personal_data(
        PersonalData(
            "toolbox.rereadings",
            gettext_lazy("Whether what I shared still holds"),
            export_rereadings,
            erase_rereadings,
            rows=lambda user: [rereadings(user)],
            models=["toolbox.Rereading"],
            order=46,
            labels={
                "about": gettext_lazy("about"),
                "sent_at": gettext_lazy("asked at"),
                "answer": gettext_lazy("answer"),
                "words": gettext_lazy("in the author’s words"),
                "answered_at": gettext_lazy("answered at"),
            },
        )
    )
