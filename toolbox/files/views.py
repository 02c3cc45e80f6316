"""Where tools and kits are taken: counted, then handed out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from common.addresses import locale_ids, path_of, section
from common.uploads.serving import may_open, serve_privately
from members.people.gate import unkept
from toolbox.models import Download, KitArchive, Tool, ToolPage

from .audience import Audience, may_take, shown_name, sign_in
from .counting import count_visit
from .kits import is_right, level_for, main_page, places, plan
from .versions import document_at

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


@unkept
@require_safe
def take_tool(request: HttpRequest, key: UUID, place: int = 0) -> HttpResponseBase:
    """Count, then send to the file of a tool, to one of its former versions, or to where it stands.

    What is not for everybody is handed out from here: no cache keeps it.
    """
    tool = get_object_or_404(Tool.objects.live().select_related("document"), translation_key=key)
    if not may_take(request.user, tool):
        return refuse(request, tool)
    document = document_at(tool, place) if place else tool.document
    if document is None and (place or not tool.address):
        raise Http404
    if document is not None and not may_open(request.user, document):
        raise Http404
    count_visit(request, [tool], Download.Way.FILE if document else Download.Way.LINK)
    if document is None:
        return HttpResponseRedirect(tool.address)
    if tool.audience == Audience.PUBLIC:
        return HttpResponseRedirect(document.url)
    return serve_privately(request, document.file.name or "", shown_name(document))


def refuse(request: HttpRequest, tool: Tool) -> HttpResponseBase:
    """A visitor signs in; a member reads on the page who may have it, and how."""
    if not request.user.is_authenticated:
        return sign_in(request)
    mine = locale_ids().get(get_language() or "")
    pages = ToolPage.objects.filter(facts=tool, live=True).order_by("pk")
    page = min(pages, key=lambda page: page.locale_id != mine, default=None)
    messages.info(request, _("This tool is not for everybody: its page says who may have it, and how."))
    return redirect(path_of(page) if page else section("boite-a-outils"))


@unkept
@require_safe
def take_kit(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """The archive of a kit that is this visitor's to take. Each tool in it is counted."""
    page = main_page(key)
    rows = places(page) if page is not None else []
    if page is None or not rows:
        raise Http404
    level = level_for(request.user, rows)
    if level is None:
        return redirect(path_of(page)) if request.user.is_authenticated else sign_in(request)
    content = plan(page, level, rows)
    archive = KitArchive.objects.filter(kit=key, audience=level).first()
    if archive is None or not is_right(archive, content):
        messages.info(request, _("The archive is being prepared: come back in a minute."))
        return redirect(path_of(page))
    count_visit(request, [entry.tool for entry in content.entries if entry.name], Download.Way.KIT)
    return serve_privately(request, archive.file.name or "", f"{page.slug}.zip")
