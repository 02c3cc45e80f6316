"""What page templates need from Python: addresses, pictures, rich text, streams."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import expand_db_html

from common import addresses, pictures
from common.generation import per_generation
from common.templatetags.french import typeset

if TYPE_CHECKING:
    from django.template.context import Context
    from wagtail.blocks.stream_block import StreamValue
    from wagtail.models import Page
    from wagtail.rich_text import RichText

    from common.models import Theme

register = template.Library()


@register.filter
def address(page: Page) -> str:
    """The path of a page on this site."""
    return addresses.path_of(page)


@register.simple_tag
def section(slug: str) -> str:
    """The path of a section of the site: `{% section "contact" %}`."""
    return addresses.section(slug)


@register.filter
def practices_on(theme: Theme) -> str:
    """The practices of a theme."""
    return f"{addresses.section('bonnes-pratiques')}?theme={theme.slug}"


@register.filter
def tools_on(theme: Theme) -> str:
    """The tools of a theme."""
    return f"{addresses.section('boite-a-outils')}?theme={theme.slug}"


@register.filter
def parent_address(page: Page) -> str:
    """The path of the page above."""
    return page.path_on_site.rstrip("/").rpartition("/")[0] + "/"


@register.filter
def starred(text: str) -> SafeString:
    """Escaped text in which `*words*` are emphasised, on one line each side of a hyphen."""
    words = escape(typeset(text)).split("*")
    return mark_safe(  # noqa: S308 (escaped above)
        "".join(f"<em>{word}</em>" if odd % 2 else word for odd, word in enumerate(words))
    )


@register.filter
def absolute(path: str) -> str:
    """A path as a full address."""
    return addresses.absolute(path)


@register.filter
def minutes(seconds: int) -> str:
    """A duration as on a player: `1:05`."""
    return f"{seconds // 60}:{seconds % 60:02}"


@register.filter
def picture(image: Any) -> pictures.Picture | None:
    """Renditions of an image (or of its id), None while they are not made."""
    return pictures.picture(getattr(image, "pk", image))


@per_generation
def expand(source: str) -> SafeString:
    """Stored rich text as HTML (links to pages and documents resolved), once a generation."""
    return mark_safe(expand_db_html(source))  # noqa: S308 (Wagtail's editor whitelists it)


@register.filter
def rich(value: RichText | str | None) -> SafeString:
    """Rich text as HTML."""
    return expand(getattr(value, "source", value) or "")


@register.simple_tag(takes_context=True)
def stream(context: Context, value: StreamValue) -> SafeString:
    """Every block of a stream, one after the other."""
    shared = {"page": context.get("page"), "request": context.get("request")}
    return mark_safe("".join(child.render(shared) for child in value))  # noqa: S308
