"""Two rows that are one organisation become one, with everything kept (decision 16)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from .companies.refusals import Refusal
from .merge_moves import Conflict, Move, links
from .models import FormerSlug, Organisation, OrganisationMerge

if TYPE_CHECKING:
    from collections.abc import Collection

    from .models import User

# What staff choose from one row or the other; what is written beside it goes with it.
CHOICES: dict[str, tuple[str, ...]] = {
    "name": ("name",),
    "kind": ("kind",),
    "siret": ("siret", "register_state", "register_checked_at"),
    "headcount": ("headcount",),
    "at_least_300": ("at_least_300",),
    "naf_code": ("naf_code", "naf_version"),
    "sector": ("sector",),
    "commune": ("commune",),
    "website": ("website",),
    "logo": ("logo",),
    "summary": ("summary",),
    "presentation": ("presentation",),
    "themes": (),
    "example": ("example",),
}


class MergeRefused(Refusal):
    """Something must be settled first: `conflicts`."""

    def __init__(self, conflicts: list[Conflict]) -> None:
        super().__init__(_("Both organisations have something that only one may have. Settle it first."))
        self.conflicts = conflicts


@dataclass(frozen=True, slots=True)
class Preview:
    """What a merge would move, by the name of what it is, and what stands in its way."""

    counts: list[tuple[str, int]]
    conflicts: list[Conflict]


def preview(kept: Organisation, gone: Organisation) -> Preview:
    """What `merge` would do: the rows are really moved, and the transaction is undone."""
    with transaction.atomic():
        kept, gone = _locked(kept, gone)
        move = Move(kept, gone)
        move.everything()
        transaction.set_rollback(True)
    return Preview(move.counts(), move.conflicts)


def merge(
    kept: Organisation, gone: Organisation, *, by: User, taken: Collection[str] = (), reason: str = ""
) -> OrganisationMerge:
    """Make one organisation of two; return the record of it.

    `taken` names the choices (`CHOICES`) whose value comes from the one that goes. Locks both rows.
    Raises MergeRefused when rows stand in the way, Refusal when the values do not go together.
    """
    with transaction.atomic():
        kept, gone = _locked(kept, gone)
        was, themes = snapshot(gone), list(gone.themes.all())
        move = Move(kept, gone)
        move.everything()
        if move.conflicts:
            raise MergeRefused(move.conflicts)
        FormerSlug.objects.filter(slug=kept.slug).delete()
        FormerSlug.objects.update_or_create(slug=gone.slug, defaults={"organisation": kept})
        values = {name: getattr(gone, name) for choice in taken for name in CHOICES[choice]}
        _delete(gone)
        _write(kept, gone, values)
        if "themes" in taken:
            kept.themes.set(themes)
        record = OrganisationMerge.objects.create(
            kept=kept,
            gone=was,
            moved={"moved": move.moved, "dropped": move.dropped, "taken": sorted(taken)},
            reason=reason,
            merged_by=by,
        )
        log(kept, "members.merge", user=by, data={"gone": was["name"], "merge": record.pk, "reason": reason})
    return record


def snapshot(organisation: Organisation) -> dict[str, Any]:
    """Every value of a row, as JSON holds it."""
    values = {
        field.attname: getattr(organisation, field.attname) for field in Organisation._meta.concrete_fields
    }
    values["themes"] = list(organisation.themes.order_by("slug").values_list("slug", flat=True))
    plain: dict[str, Any] = json.loads(json.dumps(values, cls=DjangoJSONEncoder))
    return plain


def _locked(*pair: Organisation) -> list[Organisation]:
    """Both rows, locked in one order whatever was asked, so that two merges never wait for each other."""
    keys = [organisation.pk for organisation in pair]
    if len(set(keys)) != len(keys):
        raise Refusal(_("An organisation cannot be merged with itself."))
    rows = Organisation.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    found = {row.pk: row for row in rows}
    if len(found) != len(keys):
        raise Refusal(_("One of these organisations is no longer there."))
    return [found[key] for key in keys]


def _delete(gone: Organisation) -> None:
    """Nothing may go with it unseen: every row was moved, or this is an error of ours."""
    left = {link.model._meta.label for link in links() if link.rows(gone).exists()}
    if left:
        raise RuntimeError(f"rows were left behind: {sorted(left)}")
    Organisation.objects.get(pk=gone.pk).delete()


def _write(kept: Organisation, gone: Organisation, values: dict[str, Any]) -> None:
    """Saving it has the search index and remembered pages follow."""
    for name, value in values.items():
        setattr(kept, name, value)
    proofs = [each.confirmed_at for each in (kept, gone) if each.confirmed_at]
    kept.confirmed_at = min(proofs, default=None)
    kept.created_at = min(kept.created_at, gone.created_at)
    kept.version += 1
    try:
        kept.full_clean()
    except ValidationError as error:
        raise Refusal(" ".join(error.messages)) from error
    kept.save()
