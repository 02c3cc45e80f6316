"""Languages, communes, themes and the charter's text: rows that the code counts on."""

from __future__ import annotations

import csv
import unicodedata
from typing import TYPE_CHECKING

from django.conf import settings
from wagtail.models import Locale

from charters.models import CharterVersion, Engagement
from common.generation import bump_on_commit
from common.models import Commune, Theme
from common.models.themes import Family
from home.content.loading import Loading
from home.installation.groups import make_groups
from home.models import LoadedRow

if TYPE_CHECKING:
    from pathlib import Path

    from home.content.reading import Source

COMMUNES = settings.ROOT / "site" / "common" / "data" / "communes.csv"
THEMES = settings.ROOT / "site" / "common" / "data"
CHARTER = settings.ROOT / "charters" / "data"


def seed_reference_data() -> None:
    """Write what is missing or changed of the reference data, and the groups. Idempotent."""
    make_locales()
    write_communes(COMMUNES)
    themes = Loading(THEMES, LoadedRow.Origin.SITE)
    for position, source in enumerate(themes.entries("themes.yaml"), start=1):
        key = f"themes/{source.slug}"
        themes.ledger.write(
            key, source.depending_on(position), Theme, write_theme, {"slug": source.slug}, position
        )
    charter = Loading(CHARTER, LoadedRow.Origin.SITE)
    engagements = {source.text("code"): source for source in charter.entries("engagements.yaml")}
    for source in charter.entries("versions.yaml"):
        key = f"charter/{source.text('version')}"
        natural = {"code": source.text("version")}
        charter.ledger.write(key, source, CharterVersion, write_version, natural, charter, engagements)
    for error in (*themes.ledger.errors, *charter.ledger.errors):
        raise error
    make_groups()


def make_locales() -> None:
    """One locale a language of the settings. A language without a home page is not served."""
    for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES:
        Locale.objects.get_or_create(language_code=code)


def sort_name(name: str) -> str:
    """The name as it is ordered: without accents, capitals, apostrophes or ligatures."""
    plain = unicodedata.normalize("NFKD", name.replace("œ", "oe").replace("Œ", "Oe"))
    letters = "".join(
        letter if letter.isalnum() else " " for letter in plain if not unicodedata.combining(letter)
    )
    return letters.casefold()


def read_communes(path: Path) -> list[Commune]:
    """The communes of the file, not saved (INSEE names and populations, GeoNames positions)."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            Commune(
                insee_code=row["insee_code"],
                names={"fr": row["name"]},
                postal_codes=row["postal_codes"].split(),
                population=int(row["population"]),
                epci_siren=row["epci_siren"],
                epci_name=row["epci_name"],
                latitude=float(row["latitude"]),
                longitude=float(row["longitude"]),
                sort_name=sort_name(row["name"]),
            )
            for row in csv.DictReader(lines)
        ]


def write_communes(path: Path) -> int:
    """Write the communes that are new or whose figures changed; return how many."""
    fields = [field.attname for field in Commune._meta.concrete_fields]
    known = {row["insee_code"]: row for row in Commune.objects.values(*fields)}
    changed = [
        row
        for row in read_communes(path)
        if {name: getattr(row, name) for name in fields} != known.get(row.insee_code)
    ]
    Commune.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["insee_code"], update_fields=fields[1:]
    )
    if changed:  # bulk writes send no signal
        bump_on_commit()
    return len(changed)


def write_theme(source: Source, theme: Theme | None, position: int) -> Theme:
    """One of the thirteen themes; its place in the file is its place in the suit."""
    theme = theme or Theme()
    theme.slug = source.slug
    theme.family = source.choice("family", Family)
    theme.position = position
    theme.names = source.meta.get("names")
    theme.descriptions = source.meta.get("descriptions")
    theme.full_clean()
    theme.save()
    return theme


def write_version(
    source: Source, version: CharterVersion | None, charter: Loading, known: dict[str, Source]
) -> CharterVersion:
    """A version of the charter's text, with its engagements in order."""
    version = version or CharterVersion()
    version.code = source.text("version")
    version.adopted_on = source.required_day("adopted")
    version.preamble = source.text("preamble")
    version.full_clean()
    version.save()
    codes = source.names("engagements")
    version.engagements.exclude(code__in=[code.lower() for code in codes]).delete()
    for position, code in enumerate(codes, start=1):
        if code not in known:
            raise source.error(f"no engagement “{code}”", "engagements")
        write_engagement(known[code], version, position, charter)
    return version


def write_engagement(source: Source, version: CharterVersion, position: int, charter: Loading) -> None:
    """One promise, as a version words it."""
    engagement, _created = Engagement.objects.update_or_create(
        version=version,
        code=source.text("code").lower(),
        defaults={
            "position": position,
            "titles": {"fr": source.text("title")},
            "texts": {"fr": source.text("text")},
        },
    )
    engagement.themes.set(charter.lookups.themes(source))
