"""What was done to the account, and what somebody who works on the site did there."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import ModelLogEntry, PageLogEntry

from common.registries import PersonalData, Retained
from members.models import User
from members.privacy.redaction import Identity, former_member

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.db.models import QuerySet

BATCH = 200


# ---------------------------------------------------------------- done to the account
def about(user: User) -> QuerySet[ModelLogEntry]:
    """What was done to this account, the latest first."""
    kind = ContentType.objects.get_for_model(User)
    return ModelLogEntry.objects.filter(content_type=kind, object_id=str(user.pk)).order_by(
        "-timestamp", "-pk"
    )


def in_words(entry: ModelLogEntry) -> str:
    """What an entry of the history says; the bare action when the code that wrote it is gone."""
    formatter = entry.formatter
    return str(formatter.format_message(entry)) if formatter else entry.action


def by_whom(entry: ModelLogEntry, user: User) -> str:
    """Who did it, without naming a member of staff."""
    if entry.user_id is None:
        return str(_("the site itself"))
    return str(_("you")) if entry.user_id == user.pk else str(_("the association"))


def export_about(user: User) -> list[dict[str, Any]]:
    """What staff did to the account."""
    return [
        {"at": entry.timestamp, "action": in_words(entry), "by": by_whom(entry, user)}
        for entry in about(user).iterator(chunk_size=BATCH)
    ]


def keep_log(_user: User, _contributions_stay: bool) -> Sequence[Retained]:
    """Traces are what makes staff answerable for what they do."""
    return (
        Retained(
            what=_("The history of what was done in the administration, by you or to your account"),
            why=_("So that what staff do always leaves a trace. Your name is taken out of it."),
        ),
    )


def erase_log(user: User, contributions_stay: bool) -> Sequence[Retained]:
    """Entries stay; the name goes from those about the account, and from the titles of all others."""
    identity = Identity.of(user)
    about_her = about(user)
    found = about_her.exists() or ModelLogEntry.objects.filter(user=user).exists()
    about_her.update(label=former_member(), data={})
    named = Q(pk=None)
    for word in identity.words:
        named |= Q(label__icontains=word)
    identity.redact_rows(ModelLogEntry.objects.filter(named), "label")
    return keep_log(user, contributions_stay) if found else ()


def keep_log_if_any(user: User, contributions_stay: bool) -> Sequence[Retained]:
    """As above, when there is something to keep."""
    return keep_log(user, contributions_stay) if about(user).exists() else ()


HISTORY = PersonalData(
    key="history",
    label=gettext_lazy("what was done to my account"),
    export=export_about,
    erase=erase_log,
    keeps=keep_log_if_any,
    rows=lambda user: (about(user),),
    models=("wagtailcore.ModelLogEntry",),
    order=90,
)


# ---------------------------------------------------------------- done by her, in the administration
def export_work(user: User) -> Iterator[dict[str, Any]]:
    """What somebody of the team did: pages and rows, with their titles."""
    pages = PageLogEntry.objects.filter(user=user).order_by("timestamp", "pk")
    rows = ModelLogEntry.objects.filter(user=user).order_by("timestamp", "pk")
    for entry in chain(pages.iterator(chunk_size=BATCH), rows.iterator(chunk_size=BATCH)):
        yield {"at": entry.timestamp, "action": in_words(entry), "about": _title(entry, user)}


def _title(entry: Any, user: User) -> str:
    """Titles of pages are public; those of rows may be somebody else's name."""
    if isinstance(entry, PageLogEntry) or entry.object_id == str(user.pk):
        return str(entry.label)
    kind = entry.content_type.model_class() if entry.content_type else None
    return str(kind._meta.verbose_name) if kind else ""


def erase_work(_user: User, _contributions_stay: bool) -> Sequence[Retained]:
    """The work stays, under “Former member”."""
    return ()


WORK = PersonalData(
    key="work",
    label=gettext_lazy("what I did in the administration"),
    export=export_work,
    erase=erase_work,
    rows=lambda user: (PageLogEntry.objects.filter(user=user), ModelLogEntry.objects.filter(user=user)),
    models=("wagtailcore.PageLogEntry",),
    order=95,
)
