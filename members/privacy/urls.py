"""Addresses of one's own data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from . import views

if TYPE_CHECKING:
    from django.urls import URLPattern

urlpatterns: list[URLPattern] = [
    path("espace/donnees/", views.show_data, name="space_data"),
    path("espace/donnees/copie/", views.ask_export, name="ask_export"),
    path("espace/donnees/copie/<str:public_id>/", views.download_export, name="download_export"),
    path("espace/donnees/accords/<str:purpose>/", views.agree, name="agree"),
    path("espace/donnees/accords/<str:purpose>/retirer/", views.withdraw_consent, name="withdraw_consent"),
    path("espace/donnees/demande/", views.ask_association, name="ask_about_data"),
    path(
        "espace/donnees/demande/<str:public_id>/retirer/", views.take_request_back, name="take_request_back"
    ),
    path("espace/donnees/effacer/", views.erase_account, name="erase_account"),
    path("espace/donnees/garder/<str:token>/", views.keep_account, name="keep_account"),
    path("espace/donnees/compte-ferme/", views.show_closed, name="account_closed"),
    path("espace/donnees/voir/<str:key>/", views.show_section, name="space_data_section"),
]
