"""The home page's sections, from the words of `home.md`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from home.content.fences import Fences
from home.content.markdown import Block
from home.content.publishing import stream
from home.models import HomePage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wagtail.blocks.stream_block import StreamValue

    from home.content.fences import Finder
    from home.content.reading import Source

SEARCHES = 3
CHOSEN = 4
# Sections of the file that are blocks of the page, under another name or the same.
SECTIONS = {
    "practices": "practices",
    "agenda": "events",
    "charter": "charter",
    "themes": "themes",
    "toolbox": "tools",
    "video": "video",
    "news": "news",
}


def hero(source: Source) -> dict[str, str]:
    """The fields of the top of the page."""
    words = source.meta.get("hero")
    if not isinstance(words, dict) or not words.get("title") or not words.get("lead"):
        raise source.error("“hero” has a “title” and a “lead”", "hero")
    return {
        "hero_title": words["title"],
        "hero_lead": words["lead"],
        "popular_searches": ", ".join(source.names("popular_searches")[:SEARCHES]),
    }


def home_sections(source: Source, finder: Finder, chosen: Sequence[int] = ()) -> StreamValue:
    """The stream of the home page. `chosen` are pages of practices shown first."""
    line = source.lines.get("sections", 1)
    try:
        found = [
            Block(*_section(name, words, chosen, Fences(source, finder)), line)
            for name, words in source.meta["sections"].items()
            if name == "figures" or name in SECTIONS
        ]
    except (KeyError, TypeError, AttributeError) as error:
        raise source.error(f"a section of the home page lacks something: {error}", line) from error
    return stream(HomePage._meta.get_field("sections").stream_block, found, source)


def _section(
    name: str, words: Mapping[str, Any], chosen: Sequence[int], fences: Fences
) -> tuple[str, dict[str, Any]]:
    if name == "figures":
        return fences.figures({"title": words["heading"], "items": words["items"]}, 1)
    value = {"title": words["heading"], "lead": words.get("lead", "")}
    if name == "charter":
        value["label"] = words["link_label"]
    if name == "practices":
        value["chosen"] = list(chosen[:CHOSEN])
    return SECTIONS[name], value
