"""What awaits a member about the way into her account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.registries import SpacePanel, SpaceRow

if TYPE_CHECKING:
    from members.models import User


def rows(user: User) -> tuple[list[SpaceRow], int]:
    """Recovery codes to make: who joined with a passkey alone is locked out on the day its device is lost."""
    owned = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    if not owned or Authenticator.Type.RECOVERY_CODES in owned:
        return [], 0
    row = SpaceRow(
        title=gettext("Make recovery codes"),
        url=reverse("mfa_generate_recovery_codes"),
        detail=gettext("They open your account on the day when your device is lost."),
    )
    return [row], 1


PANEL = SpacePanel(key="security", section="awaits", label=_("Sign-in and security"), rows=rows, order=15)
