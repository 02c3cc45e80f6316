"""Addresses of companies: in one's own space, and public."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import include, path

from .views import asking, company, entering, invited, public, team

if TYPE_CHECKING:
    from django.urls import URLPattern, URLResolver

# `ajouter` is the one word that no company has as its address (`names.RESERVED`).
own: list[URLPattern] = [
    path("", entering.mine, name="company_mine"),
    path("ajouter/", entering.add, name="company_add"),
    path("ajouter/nom/", entering.find, name="company_find"),
    path("ajouter/etablissement/", entering.sites, name="company_sites"),
    path("ajouter/fiche/", entering.new, name="company_new"),
    path("ajouter/rejoindre/<slug:slug>/", asking.join, name="company_join"),
    path("ajouter/demandes/<str:public_id>/retirer/", asking.withdraw, name="company_withdraw"),
    path("ajouter/invitations/<str:public_id>/", asking.answer_invitation, name="company_answer"),
    path("<slug:slug>/", company.show, name="company_home"),
    path("<slug:slug>/modifier/", company.edit, name="company_edit"),
    path("<slug:slug>/logo/", company.change_logo, name="company_logo"),
    path("<slug:slug>/confirmer/", company.confirm, name="company_confirm"),
    path("<slug:slug>/quitter/", company.depart, name="company_leave"),
    path("<slug:slug>/inviter/", team.invite, name="company_invite"),
    path("<slug:slug>/invitations/<str:public_id>/", team.mend_invitation, name="company_invitation"),
    path("<slug:slug>/demandes/<str:public_id>/accepter/", team.accept, name="company_accept"),
    path("<slug:slug>/demandes/<str:public_id>/refuser/", team.refuse, name="company_refuse"),
    path("<slug:slug>/equipe/<str:public_id>/", team.colleague, name="company_colleague"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("espace/entreprise/", include(own)),
    path("espace/invitation/<str:token>/", invited.show, name="invitation"),
    path("entreprises/", public.show_list, name="companies"),
    path("entreprises/<slug:slug>/", public.show_company, name="company"),
]
