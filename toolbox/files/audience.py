"""Who may take a tool's file and read how to use it. Its title and its sentence are for everybody.

Audiences are nested: signatories are members, members are part of the public.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.views import redirect_to_login
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse

from common.audiences import is_in_audience
from toolbox.models import Tool, ToolFields

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from common.models import Document

Audience = ToolFields.Audience
# From the widest to the narrowest.
ORDER: list[str] = [Audience.PUBLIC, Audience.MEMBERS, Audience.SIGNATORIES]


def is_staff(user: Any) -> bool:
    """Whether somebody works in the admin: she sees whatever she publishes."""
    return user.is_authenticated and user.has_perm("wagtailadmin.access_admin")


def belongs(user: Any, audience: str) -> bool:
    """Whether a visitor may take what is for an audience."""
    return is_in_audience(user, audience) or is_staff(user)


def may_take(user: Any, tool: ToolFields) -> bool:
    """Whether a visitor may take a tool: her audience, the team, or the author of it."""
    mine = user.is_authenticated and getattr(tool, "author_id", None) == user.pk
    return mine or belongs(user, tool.audience)


def widest(audiences: Iterable[str]) -> str:
    """The most open of some audiences."""
    return min(audiences, key=ORDER.index, default=Audience.PUBLIC)


def narrowest(audiences: Iterable[str]) -> str:
    """The least open of some audiences."""
    return max(audiences, key=ORDER.index, default=Audience.PUBLIC)


def tools_of(document: Document) -> list[Tool]:
    """The tools that a document serves, now or as a former version."""
    return list(Tool.objects.filter(Q(document=document) | Q(versions__document=document)).distinct())


def audience_of(tools: Iterable[Tool]) -> str:
    """For whom a document is: the most open of the published tools that it serves wins.

    Where none is published, the least open: what was meant for some is not opened by being withdrawn.
    """
    tools = list(tools)
    live = [tool.audience for tool in tools if tool.live]
    return widest(live) if live else narrowest(tool.audience for tool in tools)


def may_open(user: Any, document: Document) -> bool:
    """Whether a visitor may take a document, whatever address she asks it at."""
    tools = tools_of(document)
    return belongs(user, audience_of(tools)) or any(may_take(user, tool) for tool in tools)


def guard(document: Document, request: HttpRequest) -> HttpResponseBase | None:
    """Wagtail's hook `before_serve_document`: restricted files leave by the counted address only.

    That one serves them itself, and no cache keeps them. A visitor is sent to sign in; a member who is
    not concerned finds nothing (404). Of a tool that is not published, those who may take it are served.
    """
    tools = tools_of(document)
    if audience_of(tools) == Audience.PUBLIC:
        return None
    hers = [tool for tool in tools if may_take(request.user, tool)]
    if hers:
        return next((redirect(address_of(tool, document)) for tool in hers if tool.live), None)
    if request.user.is_authenticated:
        raise Http404
    return sign_in(request)


def address_of(tool: Tool, document: Document) -> str:
    """The counted address of a tool's file, or of a former one by its place."""
    if tool.document_id == document.pk:
        return reverse("take_tool", args=[tool.translation_key])
    versions = tool.versions.order_by("published_at", "pk").values_list("document", flat=True)
    return reverse("take_tool_version", args=[tool.translation_key, list(versions).index(document.pk) + 1])


def sign_in(request: HttpRequest) -> HttpResponseBase:
    """Where a visitor goes first; she comes back to what she asked for."""
    response = redirect_to_login(request.get_full_path(), reverse("account_login"))
    response["Cache-Control"] = "private, no-store"
    return response


def shown_name(document: Document) -> str:
    """The name that a reader keeps: the title of the document, and its own ending."""
    stem = "".join(letter if letter.isalnum() else "-" for letter in document.title)
    stem = "-".join(part for part in stem.split("-") if part)[:80] or "document"
    return f"{stem}.{document.file_extension}"


def shown_words(audience: str) -> str:
    """What an audience is called on a page; empty when it is everybody."""
    return "" if audience == Audience.PUBLIC else str(Audience(audience).label)
