"""Addresses of hands and of saved searches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from . import dossier_views, hand_views, search_views

if TYPE_CHECKING:
    from django.urls import URLPattern

urlpatterns: list[URLPattern] = [
    path("ma-main/", hand_views.show_hand, name="hand"),
    path("ma-main/garder/", hand_views.keep, name="keep"),
    path("ma-main/etat/", hand_views.tell_state, name="hand_state"),
    path("ma-main/cartes/", hand_views.draw_cards, name="hand_cards"),
    path("ma-main/reunir/", hand_views.merge, name="merge_hand"),
    path("ma-main/carte/<str:key>/", hand_views.change_card, name="hand_card"),
    path("ma-main/reprendre/", hand_views.take_again, name="take_again"),
    path("ma-main/presentation/", hand_views.reword, name="hand_words"),
    path("ma-main/partager/", hand_views.share, name="share_hand"),
    path("ma-main/dossier/", dossier_views.show_dossier, name="dossier"),
    path("mains/", dossier_views.show_shared, name="shared_cards"),
    path("mains/<str:share_id>/", dossier_views.show_shared, name="shared_hand"),
    path("espace/comme-la-mienne/", search_views.like_mine, name="like_mine"),
    path("espace/recherches/", search_views.list_searches, name="saved_searches"),
    path("espace/recherches/enregistrer/", search_views.save_search, name="save_search"),
    path("espace/recherches/<str:public_id>/", search_views.change_search, name="change_search"),
]
