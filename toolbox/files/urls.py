"""Addresses of this part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from . import views

if TYPE_CHECKING:
    from django.urls import URLPattern

BEFORE = "boite-a-outils/telecharger"

urlpatterns: list[URLPattern] = [
    path(f"{BEFORE}/<uuid:key>/", views.take_tool, name="take_tool"),
    path(f"{BEFORE}/<uuid:key>/<int:place>/", views.take_tool, name="take_tool_version"),
    path(f"{BEFORE}/kit/<uuid:key>/", views.take_kit, name="take_kit"),
]
