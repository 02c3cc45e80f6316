"""Addresses of one's own space: what is followed, told, and how often."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from . import views

if TYPE_CHECKING:
    from django.urls import URLPattern

urlpatterns: list[URLPattern] = [
    path("espace/", views.show_home, name="space_home"),
    path("espace/suivis/", views.show_following, name="space_following"),
    path("espace/suivre/", views.follow_or_stop, name="follow"),
    path("espace/notifications/", views.list_notifications, name="space_notifications"),
    path("espace/notifications/ouvrir/", views.open_notification, name="open_notification"),
    path("espace/notifications/lues/", views.read_all, name="read_notifications"),
    path("espace/reglages/", views.choose_rhythms, name="space_settings"),
    path("espace/reglages/langue/", views.choose_language, name="space_language"),
    path("espace/desabonnement/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
