"""Who signed the charter, with whom, and the labels they earned."""

from __future__ import annotations

import datetime as dt
import hashlib
from base64 import b32encode
from collections import defaultdict
from typing import TYPE_CHECKING

from django.utils import timezone

from charters.models import CharterVersion, Cohort, Label, Signature
from members.models import Organisation

if TYPE_CHECKING:
    from home.content.loading import Loading
    from home.content.reading import Source

YEARS = 3


def reference(organisation: str, awarded: dt.date) -> str:
    """A reference that stays the same at each loading and that nobody guesses from another."""
    digest = hashlib.sha256(f"{organisation} {awarded}".encode()).digest()
    return f"AA-{awarded.year}-{b32encode(digest).decode()[:6]}"


def awards(source: Source) -> list[tuple[dt.date, dt.date]]:
    """Award and end of each label: the first, and the one after a new examination."""
    first, again = source.day("labelled_on"), source.day("label_renewed_on")
    until = source.day("label_valid_until")
    if first is None:
        return []
    if until is None:
        raise source.error("a label has an end: “label_valid_until”", "labelled_on")
    if again is None:
        return [(first, until)]
    return [(first, first.replace(year=first.year + YEARS)), (again, until)]


def write_cohort(source: Source, cohort: Cohort | None, loading: Loading) -> Cohort:
    """The companies that signed together, and their public co-signers."""
    cohort = cohort or Cohort()
    cohort.code = source.slug
    cohort.year = int(source.slug)
    cohort.full_clean()
    cohort.save()
    cohort.cosigners.set(loading.lookups.organisations(source, "cosigners"))
    return cohort


def write_signature(source: Source, signature: Signature | None, loading: Loading) -> Signature:
    """A company's signature and its labels. A real company may have signed on a day we do not know."""
    cohort = loading.lookups.find(Cohort, "code", source.text("cohort"), source, "cohort")
    signature = signature or Signature()
    found = awards(source)
    running = bool(found) and found[-1][1] >= timezone.localdate()
    states = Signature.State
    signature.organisation = loading.lookups.find(
        Organisation, "slug", source.text("organisation"), source, "organisation"
    )
    signature.version = loading.lookups.find(CharterVersion, "code", source.text("cohort"), source, "cohort")
    signature.cohort = cohort
    signature.state = states.SIGNED if not found else states.LABELLED if running else states.LAPSED
    signature.signed_on = source.day("signed_on")
    signature.words = source.text("words", "")
    signature.example = source.flag("example")
    signature.full_clean()
    signature.save()
    signature.labels.all().delete()
    for awarded, until in found:
        code = reference(signature.organisation.slug, awarded)
        Label.objects.create(signature=signature, reference=code, awarded_on=awarded, valid_until=until)
    return signature


def load_signatures(loading: Loading) -> None:
    """Load `signatures.yaml`: cohorts first, as their entries describe them together."""
    sources = loading.entries("signatures.yaml")
    cosigners: dict[str, set[str]] = defaultdict(set)
    for source in sources:
        cosigners[source.text("cohort", "")] |= set(source.names("cosigners"))
    for year, slugs in sorted(cosigners.items()):
        entry = sources[0].about({"slug": year, "cosigners": sorted(slugs)})
        loading.ledger.write(f"cohorts/{year}", entry, Cohort, write_cohort, {"code": year}, loading)
    for source in sources:
        slug = source.text("organisation", "")
        key = f"signatures/{slug}-{source.text('cohort', '')}"
        loading.ledger.write(key, source, Signature, write_signature, None, loading)
