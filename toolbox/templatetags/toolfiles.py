"""Files of tools in templates: what may be taken, and the kits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.contrib.auth.models import AnonymousUser

from common.generation import per_generation
from toolbox.files import kits, shown

if TYPE_CHECKING:
    from django.template.context import Context

    from toolbox.files.shown import ShownFile
    from toolbox.models import KitPage, Tool, ToolPage

register = template.Library()


def reader(context: Context) -> Any:
    """Who reads; nobody in particular where there is no request."""
    return getattr(context.get("request"), "user", None) or AnonymousUser()


@register.simple_tag
def tool_file(page: ToolPage, facts: Tool) -> ShownFile:
    """`{% tool_file page facts as file %}`: the file of a tool as its page shows it."""
    return shown.shown_file(page, facts)


@register.simple_tag(takes_context=True)
def tool_lock(context: Context, facts: Tool) -> str:
    """`{% tool_lock facts as lock %}`: the audience that the reader is missing; empty when none."""
    return shown.lock_of(facts, reader(context))


@register.simple_tag
def kits_in(page: Any) -> list[KitPage]:
    """`{% kits_in page as kits %}`: the published kits in the language of a page."""
    return _kits(page.locale_id)


@per_generation
def _kits(locale_id: int) -> list[KitPage]:
    return kits.all_kits(locale_id)
