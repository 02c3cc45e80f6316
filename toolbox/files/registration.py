"""What this part adds to the registries of the site."""

from __future__ import annotations

import datetime as dt

from django.db.models import Sum
from django.db.models.signals import post_delete
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from wagtail import hooks
from wagtail.signals import page_published, page_unpublished

from common import files
from common.registries import Figure, figures
from common.ticking import MINUTE, Job, jobs
from toolbox.models import Download, KitPage, ToolPage

from . import admin, archives, audience, previews, scanning, sources, versions

HOUR = dt.timedelta(hours=1)


def downloads(year: int | None) -> int:
    """How often tools were taken, in a year or since the beginning."""
    rows = Download.objects.filter(day__year=year) if year else Download.objects.all()
    return rows.aggregate(total=Sum("count"))["total"] or 0


def connect() -> None:
    """What is published changes versions, previews and archives."""
    page_published.connect(versions.on_published, sender=ToolPage, dispatch_uid="files.versions")
    page_published.connect(previews.on_published, sender=ToolPage, dispatch_uid="files.previews")
    for signal in (page_published, page_unpublished):
        signal.connect(archives.on_tool_changed, sender=ToolPage, dispatch_uid="files.tools")
        signal.connect(archives.on_kit_changed, sender=KitPage, dispatch_uid="files.kits")
    post_delete.connect(archives.on_kit_changed, sender=KitPage, dispatch_uid="files.kits")


def register() -> None:
    """Guards, signals, jobs, the count of downloads, kits in the search and in the admin."""
    connect()
    files.guards[previews.FOLDER] = previews.may_see
    files.rechecked.add(previews.FOLDER)
    hooks.register("before_serve_document", audience.guard)
    sources.register()
    admin.register()
    jobs.register(Job("toolbox.keep_missing_versions", 24 * HOUR, versions.keep_missing))
    jobs.register(Job("toolbox.scan_contributions", MINUTE, scanning.scan_waiting))
    jobs.register(Job("toolbox.draw_previews", HOUR, previews.draw_missing))
    jobs.register(Job("toolbox.refresh_kits", HOUR, archives.refresh_all))
    figures.register(
        Figure(
            "toolbox.downloads",
            lambda n: str(ngettext_lazy("download", "downloads", "n") % {"n": n}),
            _("Tools taken: once a day for the same visitor, robots left out."),
            downloads,
            lambda _year: "/boite-a-outils/",
        )
    )
