"""Addresses of accounts and of the members' room; path words are French in every language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import include, path

if TYPE_CHECKING:
    from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("members.joining.urls")),
    path("", include("members.companies.urls")),
    path("", include("members.people.urls")),
    path("", include("members.space.urls")),
    path("", include("members.privacy.urls")),
    path("", include("members.conversation.urls")),
    path("compte/", include("allauth.urls")),
]
