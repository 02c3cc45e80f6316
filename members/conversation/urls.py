"""Addresses of this part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from .views import acts, mine, writing

if TYPE_CHECKING:
    from django.urls import URLPattern

ABOUT = "espace/echanges/<slug:kind>/<uuid:key>/"
ONE = "espace/echanges/<slug:public_id>/"

urlpatterns: list[URLPattern] = [
    path("espace/echanges/", mine.list_mine, name="my_comments"),
    path(f"{ABOUT}ecrire/", writing.write_comment, name="write_comment"),
    path(f"{ABOUT}utile/", acts.find_useful, name="find_useful"),
    path(ONE, writing.show_comment, name="comment"),
    path(f"{ONE}modifier/", acts.edit_comment, name="edit_comment"),
    path(f"{ONE}supprimer/", acts.delete_comment, name="delete_comment"),
    path(f"{ONE}signaler/", acts.report_comment, name="report_comment"),
    path(f"{ONE}merci/", acts.thank_comment, name="thank_comment"),
]
