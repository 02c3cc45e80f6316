"""Films and their captions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser


def may_see(user: AbstractBaseUser | AnonymousUser | Any, name: str) -> bool:
    """Everybody sees a published film and its captions; staff see the others."""
    from .models import Video  # noqa: PLC0415

    if Video.objects.filter(Q(file=name) | Q(captions=name), live=True).exists():
        return True
    return bool(user.has_perm("wagtailadmin.access_admin"))
