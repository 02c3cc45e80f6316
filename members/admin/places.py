"""Addresses of this part of the admin, by what they show."""

from __future__ import annotations

from django.urls import reverse


def overview_url(organisation: int) -> str:
    """All that is known of an organisation."""
    return reverse("admin_organisations:inspect", args=[organisation])


def comparison_url(first: int, second: int) -> str:
    """Two organisations side by side."""
    return reverse("admin_duplicates:compare", args=sorted((first, second)))


def account_url(user: int) -> str:
    """An account, and what may be done to it."""
    return reverse("admin_accounts:inspect", args=[user])
