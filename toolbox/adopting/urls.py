"""Addresses of this part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from . import reread_views, views

if TYPE_CHECKING:
    from django.urls import URLPattern

urlpatterns: list[URLPattern] = [
    path("espace/adopter/<uuid:key>/", views.adopt, name="adopt"),
    path("espace/adoptions/", views.list_mine, name="adoptions"),
    path("espace/adoptions/<str:public_id>/retirer/", views.take_back, name="adoption_withdraw"),
    path("relecture/<str:token>/", reread_views.reread, name="reread"),
]
