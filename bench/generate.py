"""Grow the demonstration: `python -m bench.generate 10000` adds practices until there are so many.

Rows are copied from those of the demonstration, past every signal, with companies that took them up and
tools that they use, and the search index is then built anew (save with `--unindexed`). For the folder of
the bench (`VAR_DIR`) only: there is no way back.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import sys
import time
import uuid
from copy import copy
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.demo")

import django  # noqa: E402 (the paths come first)

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402
from wagtail.models import Page  # noqa: E402

from common import generation  # noqa: E402
from common.models import Theme  # noqa: E402
from common.vocabulary import Cost, Effort, Sector, Size  # noqa: E402
from members.models import Organisation  # noqa: E402
from search.indexing import rebuild  # noqa: E402
from toolbox.models import Adoption, Practice, PracticeIndexPage, PracticePage, Tool  # noqa: E402

BATCH = 500
DAYS = 3650


def varied(sample: PracticePage, number: int, themes: list[Theme], draw: random.Random) -> PracticePage:
    """An unsaved copy of a page, with a key, a date and a classification of its own."""
    page = copy(sample)
    page._state = copy(sample._state)
    page.pk = page.id = page.page_ptr_id = None  # type: ignore[assignment]
    page.translation_key = uuid.UUID(int=draw.getrandbits(128), version=4)
    page.title = page.draft_title = f"{sample.title} ({number})"
    page.slug = f"{sample.slug}-{number}"
    page.first_published_at = sample.first_published_at - dt.timedelta(days=draw.randrange(DAYS))
    page.lead_theme = draw.choice(themes)
    page.sector, page.size = draw.choice(Sector.values), draw.choice(Size.values)
    page.effort, page.cost = draw.choice(Effort.values), draw.choice(Cost.values)
    page.latest_revision = page.live_revision = None
    return page


def write_facts(pages: list[PracticePage], themes: list[Theme], draw: random.Random) -> None:
    """The rows that the pages share with their translations, with one theme more."""
    rows = Practice.objects.bulk_create(
        Practice(
            translation_key=page.translation_key, published_at=page.first_published_at, **page.fact_values()
        )
        for page in pages
    )
    link = Practice.themes.through
    link.objects.bulk_create(
        link(practice_id=row.pk, theme_id=theme)
        for row in rows
        for theme in {row.lead_theme_id, draw.choice(themes).pk}
    )
    for page, row in zip(pages, rows, strict=True):
        page.facts = row
    write_uses(rows, draw)


def write_uses(rows: list[Practice], draw: random.Random) -> None:
    """Up to five companies that took each up, most of them for good, and a tool or none."""
    companies = list(Organisation.objects.confirmed().order_by("pk").values_list("pk", flat=True))
    tools = list(Tool.objects.live().order_by("pk").values_list("pk", flat=True))
    today, states = timezone.localdate(), ["planned", "in_place", "in_place", "dropped"]
    Adoption.objects.bulk_create(
        Adoption(
            practice=row,
            organisation_id=company,
            state=state,
            shown=draw.random() < 0.7,  # noqa: PLR2004
            **{f"{state}_on": today},
        )
        for row in rows
        for company in draw.sample(companies, min(draw.randrange(6), len(companies)))
        for state in [draw.choice(states)]
    )
    link = Practice.tools.through
    used = [(row.pk, draw.choice(tools)) for row in rows if tools and draw.random() < 0.5]  # noqa: PLR2004
    link.objects.bulk_create(link(practice_id=row, tool_id=tool) for row, tool in used)


def write_pages(pages: list[PracticePage], index: Page, first: int) -> None:
    """The tree's rows, then those of the page type (which bulk_create cannot write)."""
    parents: list[Any] = []
    for place, page in enumerate(pages, first):
        page.depth, page.numchild = index.depth + 1, 0
        page.path = Page._get_path(index.path, page.depth, place)
        page.url_path = f"{index.url_path}{page.slug}/"
        values = {field.attname: getattr(page, field.attname) for field in Page._meta.concrete_fields}
        parents.append(Page(**{**values, "id": None}))
    Page.objects.bulk_create(parents)
    for page, parent in zip(pages, parents, strict=True):
        page.pk = page.id = page.page_ptr_id = parent.pk
    PracticePage._base_manager._insert(
        pages, fields=PracticePage._meta.local_concrete_fields, using=connection.alias
    )


def grow(wanted: int) -> int:
    """Add practices until there are `wanted`; return how many were added."""
    draw = random.Random(wanted)  # noqa: S311 (the same rows each time)
    samples = list(PracticePage.objects.filter(live=True, locale__language_code="fr").order_by("pk")[:30])
    index = PracticeIndexPage.objects.get(locale__language_code="fr")
    themes = list(Theme.objects.order_by("pk"))
    there = Practice.objects.count()
    place = int(index.get_last_child().path[-Page.steplen :], 36)
    for begun in range(there, wanted, BATCH):
        numbers = range(begun, min(begun + BATCH, wanted))
        pages = [varied(draw.choice(samples), number, themes, draw) for number in numbers]
        with transaction.atomic():
            write_facts(pages, themes, draw)
            write_pages(pages, index, place + 1 + begun - there)
    added = max(wanted - there, 0)
    Page.objects.filter(pk=index.pk).update(numchild=index.numchild + added)
    return added


def main() -> None:
    """Grow, index, and have the database look at its tables again."""
    begun = time.monotonic()
    added = grow(int(sys.argv[1]))
    if added:
        if "--unindexed" not in sys.argv:
            rebuild()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        generation.bump()
    print(f"{added} practices added, {Practice.objects.count()} in all ({time.monotonic() - begun:.0f} s)")


if __name__ == "__main__":
    main()
