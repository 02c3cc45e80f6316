"""The `<head>` of every page, and the ways on from a page that leads nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from common.web import metadata, wayfinding

if TYPE_CHECKING:
    from django.template.context import Context
    from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def page_metadata(context: Context) -> SafeString:
    """Description, canonical address, languages, feeds, shared link and JSON-LD; the title is the page's.

    A page that is not in the tree may have `title`, `description` and `hidden` (from search engines)
    in its context.
    """
    return metadata.head_block(context["request"], context)  # type: ignore[arg-type]


@register.simple_tag
def ways_on() -> wayfinding.Ways:
    """Themes and helpful links, for error pages: no more than what is remembered for the generation."""
    return wayfinding.ways()
