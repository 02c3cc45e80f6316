"""Addresses of practices and tools that are not pages; path words are French in every language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import include, path

if TYPE_CHECKING:
    from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("toolbox.contribution.urls")),
    path("", include("toolbox.adopting.urls")),
    path("", include("toolbox.files.urls")),
    path("", include("toolbox.finding.urls")),
]
