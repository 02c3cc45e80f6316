"""What an organisation has in the other rooms: practices, signatures, events; found by looking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import F
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page

from common.addresses import path_of
from common.facts import Facts
from members.merge_moves import links

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.db.models import Model, QuerySet

    from members.models import Organisation

ROWS = 5


@dataclass(frozen=True, slots=True)
class Line:
    """One row: what it is called, where it is changed, how it stands."""

    title: str
    url: str
    state: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """The rows of one kind: the first few, and how many there are."""

    label: str
    total: int
    lines: Sequence[Line]


def shelves(organisation: Organisation, user: Any) -> list[Shelf]:
    """What this user may see of it, in the order of names. A page stands for its facts."""
    finder = AdminURLFinder(user)
    found = []
    for model, rows in _rows(organisation):
        total = rows.count()
        if total and _may_see(model, user):
            first = [_line(row, finder) for row in rows[:ROWS]]
            found.append(Shelf(capfirst(str(model._meta.verbose_name_plural)), total, first))
    return sorted(found, key=lambda shelf: shelf.label)


def _may_see(model: type[Model], user: Any) -> bool:
    """What is public, or what the user's permissions say."""
    label, name = model._meta.app_label, model._meta.model_name
    return issubclass(model, Page) or any(
        user.has_perm(f"{label}.{action}_{name}") for action in ("view", "change")
    )


def _rows(organisation: Organisation) -> Iterator[tuple[type[Any], QuerySet[Any]]]:
    for link in links():
        model: type[Any] = link.owner
        if issubclass(model, Facts) or model._meta.app_label == "members":
            continue
        names = [link.column.name]
        if model is not link.model:
            names = [
                each.name for each in model._meta.many_to_many if each.remote_field.through is link.model
            ]
        rows = model._default_manager.filter(**{names[0]: organisation})
        if issubclass(model, Page):
            rows = rows.filter(locale__language_code=settings.LANGUAGE_CODE)
            yield model, rows.order_by(F("first_published_at").desc(nulls_first=True), "-pk")
        else:
            # What a row is called often names what it points to.
            keys = [each.name for each in model._meta.concrete_fields if each.is_relation and not each.null]
            yield model, rows.select_related(*keys).order_by("-pk")


def _line(row: Any, finder: AdminURLFinder) -> Line:
    """A page leads to where it is read: whoever may change it finds the way from there."""
    if not isinstance(row, Page):
        return Line(str(row), finder.get_edit_url(row) or "", str(getattr(row, "get_state_display", str)()))
    state = _("On line") if row.live else _("Never published")
    return Line(row.title, path_of(row) if row.live else "", state)
