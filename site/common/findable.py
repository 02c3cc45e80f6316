"""How pages become text for the search: their words without mark-up, and what all of them say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.utils.translation import override
from wagtail.blocks import ChoiceBlock, ListBlock, StreamBlock, StructBlock
from wagtail.images.blocks import ImageBlock
from wagtail.rich_text import get_text_for_indexing

from common.addresses import locale_codes, path_of
from common.registries import SearchText

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from django.utils.functional import _StrPromise
    from wagtail.blocks import Block
    from wagtail.blocks.stream_block import StreamValue

    from common.facts import FactsPage
    from common.models import Theme
    from common.pages import BasePage

# Not the no-break spaces: they are part of French punctuation.
_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
_ADDRESS = re.compile(r"(?:https?://|mailto:|/|#)\S*\Z")


def plain(html: str) -> str:
    """Rich text without its tags."""
    return on_one_line(get_text_for_indexing(html))


def on_one_line(text: str) -> str:
    """A text whose line breaks and repeated blanks are one space."""
    return _BLANKS.sub(" ", text).strip()


def words_of(stream: StreamValue) -> str:
    """What a reader reads in the blocks of a stream."""
    return join(_words(stream.stream_block, stream))


def join(parts: Iterable[str | None]) -> str:
    """Texts one after the other, empty ones left out."""
    return " ".join(part for part in parts if part)


def _words(block: Block, value: Any) -> Iterator[str]:
    inside = _inside(block, value)
    if inside is not None:
        for child, inner in inside:
            yield from _words(child, inner)
    elif value and not isinstance(block, ChoiceBlock):
        texts = (str(text) for text in block.get_searchable_content(value))
        yield from (on_one_line(text) for text in texts if not _ADDRESS.match(text))


def _inside(block: Block, value: Any) -> list[tuple[Block, Any]] | None:
    """Blocks of a block with their values; None for one that holds a value of its own."""
    if isinstance(block, StreamBlock):
        return [(child.block, child.value) for child in value]
    if isinstance(block, ListBlock):
        return [(block.child_block, item) for item in value]
    if isinstance(block, StructBlock) and not isinstance(block, ImageBlock):
        return [(child, value.get(name)) for name, child in block.child_blocks.items()]
    return None


def label_in(label: str | _StrPromise, language: str) -> str:
    """A translated label in one language."""
    with override(language):
        return str(label)


def themes_of(page: FactsPage) -> list[str]:
    """Slugs of a page's themes, the main one first. Reads the shared row when there is one."""
    facts: Any = getattr(page, "facts", None) or page
    return theme_slugs([facts.lead_theme, *facts.themes.all()])


def theme_slugs(themes: Sequence[Theme]) -> list[str]:
    """Slugs of themes, each once."""
    return list(dict.fromkeys(theme.slug for theme in themes))


def page_text(page: BasePage, kind: str, **fields: Any) -> SearchText | None:
    """What the search keeps of a page; None for a draft, a mirror of another language, an orphan."""
    path = path_of(page)
    if not page.live or page.alias_of_id or not path:
        return None
    return SearchText(
        kind=kind,
        target=str(page.pk),
        language=locale_codes()[page.locale_id],
        url=path,
        title=page.title,
        summary=page.summary,
        example=page.example,
        **fields,
    )
