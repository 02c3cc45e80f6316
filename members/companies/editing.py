"""Keeping a company's description up to date, several managers at a time: nothing typed is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from members.models import Organisation

from . import rules
from .membership import lock
from .refusals import AlreadyKnown, NotAllowed, Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from members.models import User

# What a company says of itself. The SIRET is written once, where there was none.
PLAIN = (
    *("name", "kind", "siret", "headcount", "at_least_300", "naf_code", "naf_version", "sector"),
    *("website", "summary", "presentation"),
)
FIELDS = (*PLAIN, "commune", "themes")
Values = dict[str, Any]


class Conflict(Refusal):
    """A colleague changed the same fields meanwhile: `theirs` is what is stored now, `clash` those fields.

    `merged` is what was typed, with the colleague's value wherever one's own was not touched.
    """

    sentence = _("A colleague changed the same things meanwhile. Nothing of yours is lost: choose below.")

    def __init__(self, theirs: Values, merged: Values, clash: list[str]) -> None:
        super().__init__()
        self.theirs, self.merged, self.clash = theirs, merged, clash


def snapshot(organisation: Organisation) -> Values:
    """What is stored, as plain values that JSON can carry."""
    values = {name: getattr(organisation, name) for name in PLAIN}
    values["commune"] = organisation.commune_id or ""
    values["themes"] = sorted(organisation.themes.values_list("pk", flat=True))
    return values


def edit(organisation: Organisation, base: Values, mine: Values, by: User) -> Organisation:
    """Write what was typed into a form that began with `base`.

    Fields that only a colleague changed since stay hers. Raises Conflict where both changed the same
    one, NotAllowed for anybody who may not edit, AlreadyKnown when the SIRET is somebody else's.
    """
    try:
        with transaction.atomic():
            row = lock(organisation)
            membership = rules.membership_of(by, row)
            if membership is None or not rules.may_edit(membership):
                raise NotAllowed(_("Only a manager of the company can do this."))
            theirs = snapshot(row)
            merged = merge(base, theirs, mine)
            if row.siret:
                merged["siret"] = row.siret
            if merged != theirs:
                write(row, merged)
            return row
    except IntegrityError:
        known = (
            Organisation.objects.filter(siret=mine.get("siret") or "-").exclude(pk=organisation.pk).first()
        )
        if known is None:
            raise
        raise AlreadyKnown(known) from None


def merge(base: Mapping[str, Any], theirs: Values, mine: Mapping[str, Any]) -> Values:
    """Three versions become one. Raises Conflict."""
    touched = {name for name in FIELDS if name in mine and mine[name] != base.get(name)}
    moved = {name for name in FIELDS if theirs[name] != base.get(name)}
    merged = {**theirs, **{name: mine[name] for name in touched}}
    clash = [name for name in FIELDS if name in touched & moved and mine[name] != theirs[name]]
    if clash:
        raise Conflict(theirs, merged, clash)
    return merged


def write(row: Organisation, values: Values) -> None:
    """Store plain values in a locked row."""
    for name in PLAIN:
        setattr(row, name, values[name])
    row.commune_id = values["commune"] or None
    row.version += 1
    row.save(update_fields=[*PLAIN, "commune", "version"])
    row.themes.set(values["themes"])
