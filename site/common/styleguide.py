"""Every component on one page, with words like those of the site, for developers and editors."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

from django.shortcuts import render

from common import styleguide_samples as samples

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def show(request: HttpRequest) -> HttpResponse:
    """The style guide; not where `STYLEGUIDE` is off."""
    video = samples.video()
    context = {
        "page": None,
        "title": "Guide de style",
        "hidden": True,
        "families": samples.families(),
        "practices": samples.practices(),
        "practice": samples.practices()[0],
        "tools": samples.tools(),
        "events": samples.events(),
        "event": samples.events()[0],
        "news": [samples.news(), samples.news()],
        "video": video,
        "adoption": samples.adoption(),
        "video_facts": video.facts,
        "listing": samples.listing(),
        "form": samples.refused_form(),
        "trail": [("Accueil", "/"), ("Bonnes pratiques", "/bonnes-pratiques/")],
        "operation": SimpleNamespace(emblem="eu", wording="Cofinancé par l’Union européenne"),
        "versions": {"fr": "/", "en": "/en/", "nl": "/nl/"},
    }
    return render(request, "styleguide/index.html", context)
