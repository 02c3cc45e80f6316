"""Publishing pages from files, as an editor would, with one revision kept for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from wagtail.blocks.stream_block import StreamBlockValidationError, StreamValue
from wagtail.models import Locale, Page

from home.content.fences import Fences
from home.content.markdown import blocks

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence
    from typing import TypeVar

    from wagtail.blocks import StreamBlock

    from common.pages import BasePage
    from home.content.fences import Finder
    from home.content.markdown import Block
    from home.content.reading import Source

    P = TypeVar("P", bound=BasePage)


def stream(block: StreamBlock, found: Sequence[Block], source: Source) -> StreamValue:
    """A checked stream. Raises ContentError with the line of the first block that is not valid."""
    raw = [{"type": item.name, "value": item.value} for item in found]
    value = block.to_python(raw)
    try:
        return block.clean(value)
    except StreamBlockValidationError as error:
        for index, reason in error.block_errors.items():
            message = f"{found[index].name}: {said(reason)}"
            raise source.error(message, found[index].line) from error
        raise source.error(said(error), source.body_line) from error


def said(error: Any) -> str:
    """All the messages of a validation error, however deep its blocks."""
    data = error.as_json_data() if hasattr(error, "as_json_data") else {"messages": error.messages}
    return "; ".join(_messages(data, ""))


def _messages(data: Any, where: str) -> list[str]:
    if isinstance(data, str):
        return [f"{where}: {data}" if where else data]
    pairs = data.items() if isinstance(data, dict) else enumerate(data or [])
    found: list[str] = []
    for key, value in pairs:
        inner = where if key in {"messages", "blockErrors"} or isinstance(key, int) else str(key)
        found += _messages(value, inner) if value else []
    return found


def body_of(source: Source, block: StreamBlock, finder: Finder) -> StreamValue:
    """The stream that the body of a file makes."""
    return stream(block, blocks(source, Fences(source, finder)), source)


def put_page(
    page: P,
    parent: Page,
    values: Mapping[str, Any],
    published: dt.datetime | None = None,
) -> P:
    """Write a page and publish it; an existing one keeps a single revision.

    `published` is when readers are told it first appeared, and when it last changed.
    """
    for name, value in values.items():
        setattr(page, name, value)
    page.first_published_at = published or page.first_published_at
    if page.pk is None:
        page.locale = Locale.get_default()
        page.live = False
        parent.add_child(instance=page)
    else:
        page.full_clean()
    previous = page.latest_revision
    revision = page.save_revision(clean=False, log_action=False)
    revision.publish(log_action=False)
    if previous is not None:
        previous.delete()
    _date(page, published)
    page.refresh_from_db(fields=["latest_revision", "live"])
    return page


def _date(page: Page, published: dt.datetime | None) -> None:
    """Say that a page last changed when its file says it was published, never in the future."""
    moment = min(published, timezone.now()) if published else None
    if moment is not None:
        Page.objects.filter(pk=page.pk).update(
            first_published_at=moment, last_published_at=moment, latest_revision_created_at=moment
        )
