"""Who is told of an adoption: whoever tells the practice, once; and the company that planned, later."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from members.companies.rules import membership_of
from members.models import Kind, Membership
from members.space.notification import notify
from toolbox.models import Adoption
from toolbox.rules import owners

from .titles import subject_of

if TYPE_CHECKING:
    from members.models import User

PLACE = "#adoptions"
# Asked once, within a month of the sixth: whoever planned earlier than the site could ask is left in peace.
NUDGED_AFTER = dt.timedelta(days=183)
NUDGED_UNTIL = dt.timedelta(days=214)
BATCH = 200


def key_of(adoption: Adoption) -> str:
    """What names the event: it is told once."""
    return f"toolbox.adoption:{adoption.pk}"


def sentence(adoption: Adoption) -> str:
    """What happened, in the active language; the company is named only where everybody reads its name."""
    words = {"title": subject_of(adoption.practice).title, "company": adoption.organisation.name}
    if adoption.shown and adoption.organisation.confirmed_at and not adoption.held:
        return _("%(company)s takes up “%(title)s”.") % words
    return _("One more company takes up “%(title)s”.") % words


def tell_owners(adoption: Adoption) -> int:
    """Tell the author of the practice and the managers of its company, once; return how many were.

    Not those who belong to the company that adopts. Nobody is named to them but the company.
    """
    subject = subject_of(adoption.practice)
    mates = set(
        Membership.objects.current()
        .filter(organisation=adoption.organisation_id)
        .values_list("user", flat=True)
    )
    told = [
        notify(
            user,
            Kind.CONVERSATION,
            key=key_of(adoption),
            text=lambda: sentence(adoption),
            url=subject.url + PLACE,
        )
        for user in owners(adoption.practice)
        if user.pk not in mates
    ]
    return sum(row is not None for row in told)


# ---------------------------------------------------------------- “where are you with it?”
def askable(adoption: Adoption) -> list[User]:
    """Whoever said it, while she belongs to the company; otherwise its managers."""
    author = adoption.author
    if author is not None and author.is_active and membership_of(author, adoption.organisation):
        return [author]
    rows = Membership.objects.managers().filter(organisation=adoption.organisation)
    return [row.user for row in rows.select_related("user").order_by("joined_at", "pk")]


def nudge(today: dt.date | None = None) -> int:
    """The daily job: ask those who planned six months ago where they are; return how many were told."""
    today = today or timezone.localdate()
    rows = Adoption.objects.filter(
        state=Adoption.State.PLANNED,
        planned_on__lte=today - NUDGED_AFTER,
        planned_on__gt=today - NUDGED_UNTIL,
        practice__live=True,
    ).select_related("practice", "organisation", "author")
    told = 0
    for row in rows.order_by("pk").iterator(chunk_size=BATCH):
        told += sum(ask_where(row, user) for user in askable(row))
    return told


def ask_where(adoption: Adoption, user: User) -> bool:
    """Put the question to one person; False when she was asked already."""
    words = {"company": adoption.organisation.name}
    path = reverse("adopt", args=[adoption.practice.translation_key])
    return (
        notify(
            user,
            Kind.COMPANY,
            key=f"toolbox.adoption_planned:{adoption.pk}:{adoption.planned_on}",
            text=lambda: (
                _("Six months ago %(company)s planned “%(title)s”. Where are you with it?")
                % {**words, "title": subject_of(adoption.practice).title}
            ),
            url=f"{path}?entreprise={adoption.organisation.slug}",
        )
        is not None
    )
