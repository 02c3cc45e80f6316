"""What the page of one's own data shows: sections with their numbers, in one query."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from common.registries import personal_data
from members.models import User

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Known:
    """A section, and how many rows there are in it (None where counting would read too much)."""

    key: str
    label: str | _StrPromise
    count: int | None


def known(user: User) -> list[Known]:
    """What is known of somebody: one query, whatever there is. Sections with nothing in them are left out."""
    wanted = {
        f"{data.key}__{number}": _counted(rows)
        for data in personal_data
        for number, rows in enumerate(data.rows(user))
    }
    named = {f"n{number}": expression for number, expression in enumerate(wanted.values())}
    values: Mapping[str, Any] = User.objects.filter(pk=user.pk).values(**named).get() if named else {}
    totals: dict[str, int] = {}
    for name, count in zip(wanted, values.values(), strict=True):
        key = name.rpartition("__")[0]
        totals[key] = totals.get(key, 0) + count
    shown = [Known(data.key, data.label, totals.get(data.key)) for data in personal_data]
    return [section for section in shown if section.count != 0]


def _counted(rows: QuerySet[Any]) -> Coalesce:
    one = rows.order_by().annotate(one_group=Value(1)).values("one_group")
    return Coalesce(Subquery(one.annotate(total=Count("pk")).values("total")), 0)


@dataclass(frozen=True)
class Correction:
    """Where something is corrected."""

    label: str
    url: str


def corrections() -> list[Correction]:
    """What one corrects by oneself, and where."""
    return [
        Correction(_("My name, my job, my photo, who sees them"), f"{reverse('space_home')}profil/"),
        Correction(_("My e-mail addresses"), reverse("account_email")),
        Correction(_("My password"), reverse("account_change_password")),
        Correction(_("My companies"), f"{reverse('space_home')}entreprise/"),
        Correction(_("What I receive by e-mail"), f"{reverse('space_home')}reglages/"),
    ]
