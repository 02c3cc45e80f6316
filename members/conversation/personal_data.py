"""What this part knows of a person: what she wrote, what she found useful, what she reported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.registries import PersonalData, Retained, register_personal_data
from members.models import Comment, CommentReport, Thanks

from .topics import topics_of
from .writing import forget_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.db.models import QuerySet

    from members.models import User

State = Comment.State


# ---------------------------------------------------------------- comments
def written_by(user: User) -> QuerySet[Comment]:
    """What she wrote, oldest first."""
    return Comment.objects.filter(author=user).order_by("created_at", "pk")


def export_comments(user: User) -> Iterator[dict[str, Any]]:
    """Her words, what they were about, and what became of them."""
    rows = list(written_by(user).select_related("organisation"))
    topics = topics_of({(row.target_kind, row.target) for row in rows})
    for row in rows:
        topic = topics.get((row.target_kind, row.target))
        yield {
            "identifier": row.public_id,
            "kind": str(row.get_sort_display()),
            "about": topic.title if topic else "",
            "company": row.organisation.name if row.organisation else "",
            "text": row.text,
            "state": str(row.get_state_display()),
            "created_at": row.created_at,
            "published_at": row.published_at,
            "changed_at": row.edited_at,
            "ended_at": row.ended_at,
        }


def keeps_comments(user: User, contributions_stay: bool) -> Sequence[Retained]:
    """What everybody reads, under “Former member”, if she leaves it."""
    if not (contributions_stay and Comment.objects.visible().filter(author=user).exists()):
        return ()
    return (
        Retained(
            what=gettext("The comments you wrote, under “Former member”"),
            why=gettext("You chose to leave them to those who read them."),
        ),
    )


@transaction.atomic
def erase_comments(user: User, contributions_stay: bool) -> Sequence[Retained]:
    """Take her words away, unless she leaves those that everybody reads; nothing says her company any more."""
    kept = keeps_comments(user, contributions_stay)
    going = written_by(user).exclude(state=State.DELETED)
    if contributions_stay:
        going = going.exclude(state=State.VISIBLE)
    for row in going.select_for_update(of=("self",)):
        forget_words(row)
    for row in written_by(user).exclude(organisation=None):
        row.organisation = None
        row.save(update_fields=["organisation"])
    return kept


COMMENTS = PersonalData(
    key="members.comments",
    label=_("My comments and questions"),
    export=export_comments,
    erase=erase_comments,
    keeps=keeps_comments,
    rows=lambda user: (Comment.objects.filter(author=user),),
    models=("members.Comment",),
    labels={
        "identifier": _("identifier"),
        "kind": _("kind"),
        "about": _("about"),
        "company": _("company"),
        "text": _("text"),
        "state": _("state"),
        "created_at": _("written at"),
        "published_at": _("on line since"),
        "changed_at": _("changed at"),
        "ended_at": _("hidden or deleted at"),
    },
    order=52,
)


# ---------------------------------------------------------------- thanks and reports
def export_judgements(user: User) -> Iterator[dict[str, Any]]:
    """What she found useful, and what she reported."""
    given = list(Thanks.objects.filter(user=user).order_by("created_at", "pk"))
    topics = topics_of({(row.target_kind, row.target) for row in given})
    for row in given:
        topic = topics.get((row.target_kind, row.target))
        label = _("thanks for a comment") if row.comment_id else _("found useful")
        yield {"kind": str(label), "about": topic.title if topic else "", "at": row.created_at}
    for report in CommentReport.objects.filter(reporter=user).order_by("created_at", "pk"):
        yield {
            "kind": str(_("reported comment")),
            "reason": str(report.get_reason_display()),
            "text": report.text,
            "at": report.created_at,
            "decided_at": report.decided_at,
        }


def erase_judgements(user: User, _contributions_stay: bool) -> Sequence[Retained]:
    """Thanks go; reports stay to be decided, and no longer say whose they are."""
    Thanks.objects.filter(user=user).delete()
    CommentReport.objects.filter(reporter=user).update(reporter=None)
    return ()


JUDGEMENTS = PersonalData(
    key="members.comment_judgements",
    label=_("What I found useful, comments I reported"),
    export=export_judgements,
    erase=erase_judgements,
    rows=lambda user: (Thanks.objects.filter(user=user), CommentReport.objects.filter(reporter=user)),
    models=("members.Thanks", "members.CommentReport"),
    labels={
        "kind": _("what"),
        "about": _("about"),
        "reason": _("reason"),
        "text": _("text"),
        "at": _("at"),
        "decided_at": _("decided at"),
    },
    order=53,
)


def register() -> None:
    """Have them exported and erased with the account."""
    register_personal_data(COMMENTS)
    register_personal_data(JUDGEMENTS)
