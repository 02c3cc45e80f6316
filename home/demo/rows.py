"""Organisations, funding operations and series."""

from __future__ import annotations

from typing import TYPE_CHECKING

from common.models import Operation
from common.vocabulary import Headcount, Sector
from events.models import Series
from members.models import Organisation

if TYPE_CHECKING:
    from home.content.loading import Loading
    from home.content.reading import Source


def write_organisation(source: Source, row: Organisation | None, loading: Loading) -> Organisation:
    """A company, a public body, an association or a partner."""
    row = row or Organisation()
    row.slug = source.slug
    row.name = source.text("name")
    row.kind = source.choice("kind", Organisation.Kind)
    row.siret = source.text("siret", "")
    row.headcount = source.choice("headcount", Headcount) if source.meta.get("headcount") else ""
    row.at_least_300 = source.flag("at_least_300") if source.meta.get("at_least_300") is not None else None
    row.sector = source.choice("sector", Sector) if source.meta.get("sector") else ""
    row.commune = loading.lookups.commune(source)
    row.website = source.text("website", "")
    row.summary = source.text("summary", "")
    row.example = source.flag("example")
    if source.flag("to_confirm"):
        row.confirmed_at, row.origin = None, Organisation.Origin.MEMBER
    row.full_clean()
    row.save()
    for domain in source.names("domains"):
        row.domains.get_or_create(domain=domain)
    return row


def write_operation(source: Source, row: Operation | None, loading: Loading) -> Operation:
    """A funding operation; its funders are stored by name, as they are printed."""
    row = row or Operation()
    row.slug = source.slug
    row.title = source.text("title")
    row.programme = source.text("programme", "")
    row.number = source.text("number", "")
    row.starts = source.required_day("starts")
    row.ends = source.required_day("ends")
    row.keep_until = source.required_day("keep_until")
    row.wording = source.text("wording")
    row.emblem = source.choice("emblem", Operation.Emblem)
    row.description = source.text("description", "")
    row.funders = [funder.name for funder in loading.lookups.organisations(source, "funders")]
    row.example = source.flag("example")
    row.full_clean()
    row.save()
    return row


def write_series(source: Source, row: Series | None) -> Series:
    """A club or a co-development cycle."""
    row = row or Series()
    row.slug = source.slug
    row.title = source.text("title")
    row.kind = source.choice("kind", Series.Kind)
    row.summary = source.text("summary", "")
    row.example = source.flag("example")
    row.full_clean()
    row.save()
    return row


def load_rows(loading: Loading) -> None:
    """Load the lists that pages refer to."""
    ledger = loading.ledger
    for source in loading.entries("organisations.yaml"):
        key = f"organisations/{source.slug}"
        ledger.write(key, source, Organisation, write_organisation, {"slug": source.slug}, loading)
    for source in loading.entries("operations.yaml"):
        key = f"operations/{source.slug}"
        ledger.write(key, source, Operation, write_operation, {"slug": source.slug}, loading)
    for source in loading.entries("series.yaml"):
        ledger.write(f"series/{source.slug}", source, Series, write_series, {"slug": source.slug})
