"""Addresses of profiles, of the directory, and of messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path
from django.utils.translation import gettext_noop

from . import contact
from .views import directory, messages, profile
from .visibility import Audience

if TYPE_CHECKING:
    from django.urls import URLPattern

MESSAGES = "espace/messages/"
ONE = f"{MESSAGES}<str:public_id>/"

urlpatterns: list[URLPattern] = [
    path("espace/profil/", profile.edit_profile, name="profile"),
    path(
        "espace/profil/apercu/",
        profile.preview_profile,
        {"audience": Audience.MEMBERS},
        name="profile_for_members",
    ),
    path(
        "espace/profil/apercu/public/",
        profile.preview_profile,
        {"audience": Audience.ANYONE},
        name="profile_for_anyone",
    ),
    path("membres/", directory.show_directory, name="directory"),
    path("membres/<str:public_id>/", directory.show_person, name="person"),
    path(MESSAGES, messages.list_conversations, name="messages"),
    path(f"{MESSAGES}blocages/", messages.list_blocks, name="blocks"),
    path(f"{MESSAGES}blocages/<str:public_id>/retirer/", messages.take_block_back, name="unblock"),
    path(f"{MESSAGES}ecrire/<str:public_id>/", messages.write_to_member, name="write_to_member"),
    path(f"{MESSAGES}ecrire/entreprise/<slug:slug>/", messages.write_to_company, name="write_to_company"),
    path(f"{MESSAGES}signaler/<str:public_id>/", messages.report_message, name="report_message"),
    path(ONE, messages.show_conversation, name="conversation"),
    path(
        f"{ONE}accepter/",
        messages.decide(contact.accept, gettext_noop("The conversation is open.")),
        name="accept_contact",
    ),
    path(
        f"{ONE}decliner/",
        messages.decide(
            contact.decline, gettext_noop("You will not follow this up. The sender is not told why.")
        ),
        name="decline_contact",
    ),
    path(
        f"{ONE}clore/",
        messages.decide(contact.close, gettext_noop("The conversation is closed.")),
        name="close_contact",
    ),
    path(
        f"{ONE}bloquer/",
        messages.decide(
            messages.block_other,
            gettext_noop("You will not hear from this person any more. She is not told."),
        ),
        name="block_contact",
    ),
]
