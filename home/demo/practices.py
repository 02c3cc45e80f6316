"""Good practices."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from common.vocabulary import Cost, Effort, Sector, Size
from home.content.markdown import Block, Section, rich_text, sections
from home.content.publishing import put_page, stream
from members.models import Organisation
from toolbox.models import PracticeIndexPage, PracticePage, ToolPage

if TYPE_CHECKING:
    from home.content.loading import Loading
    from home.content.reading import Source

# Headings of the file and fields of the page.
FIELDS = {
    "Contexte": "context_text",
    "Ce qui a été fait": "actions_text",
    "Résultats": "results_text",
    "Clés de réussite": "keys_text",
    "Points de vigilance": "pitfalls_text",
}
STEPS = "Pour reproduire"
STEP = re.compile(r"^### +(.+)$", re.MULTILINE)


def steps(section: Section) -> list[Block]:
    """`### Title | how long` and what to do, as blocks."""
    pieces = STEP.split(section.text)
    found = []
    line = section.line + 1 + pieces[0].count("\n")
    for heading, text in zip(pieces[1::2], pieces[2::2], strict=True):
        title, _mark, duration = heading.partition("|")
        value = {"title": title.strip(), "duration": duration.strip(), "text": rich_text(text)}
        found.append(Block("step", value, line))
        line += 1 + text.count("\n") - 1
    return found


def key_results(source: Source) -> list[Block]:
    """The figures of the card."""
    line = source.lines.get("key_results", 1)
    results = source.meta.get("key_results") or []
    try:
        values = [{"value": str(result["value"]), "label": result["label"]} for result in results]
    except (KeyError, TypeError) as error:
        raise source.error("a key result has a “value” and a “label”", "key_results") from error
    return [Block("result", value, line + 1 + index) for index, value in enumerate(values)]


def texts(source: Source) -> dict[str, Any]:
    """What the sections of the file say. Raises ContentError when one is missing or unknown."""
    found = {section.title: section for section in sections(source)}
    for title in (*FIELDS, STEPS):
        if title not in found:
            raise source.error(f"the section “## {title}” is missing", source.body_line)
    for title, section in found.items():
        if title not in FIELDS and title != STEPS:
            raise source.error(f"a practice has no section “{title}”", section.line)
    values: dict[str, Any] = {name: rich_text(found[title].text) for title, name in FIELDS.items()}
    step_block = PracticePage._meta.get_field("steps").stream_block
    result_block = PracticePage._meta.get_field("key_results").stream_block
    values["steps"] = stream(step_block, steps(found[STEPS]), source)
    values["key_results"] = stream(result_block, key_results(source), source)
    return values


def write_practice(source: Source, page: PracticePage | None, loading: Loading) -> PracticePage:
    """The page of a practice. It is an example when its company is."""
    lookups = loading.lookups
    lead, *others = lookups.themes(source)
    organisation = lookups.optional(Organisation, "slug", source, "organisation")
    tools = [lookups.find(ToolPage, "slug", slug, source, "tools").facts for slug in source.names("tools")]
    values = {
        "title": source.text("title"),
        "slug": source.slug,
        "summary": source.text("summary"),
        "lead_theme": lead,
        "themes": others,
        "organisation": organisation,
        "example": source.flag("example", organisation is not None and organisation.example),
        "size": source.choice("size", Size),
        "sector": source.choice("sector", Sector),
        "effort": source.choice("effort", Effort),
        "cost": source.choice("cost", Cost),
        "year": source.number("year"),
        "contact_allowed": source.flag("contact_allowed"),
        "tools": tools,
        "operation": lookups.operation(source),
        **texts(source),
    }
    parent = loading.parent(PracticeIndexPage)
    return put_page(page or PracticePage(), parent, values, source.published())


def load_practices(loading: Loading) -> None:
    """Load `practices/*.md`."""
    for source in loading.pages("practices"):
        key = f"practices/{source.slug}"
        page = loading.ledger.write(key, source, PracticePage, write_practice, {"slug": source.slug}, loading)
        if page is not None and source.flag("featured"):
            loading.featured.append(page.pk)
