"""The account, its addresses, how one signs in, and from where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _
from wagtail.users.models import UserProfile

from common.registries import PersonalData

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from common.registries import Retained
    from members.models import User


# ---------------------------------------------------------------- the account
def export_account(user: User) -> list[dict[str, Any]]:
    """The account itself, its roles, its addresses and its choices in the administration."""
    preferences = UserProfile.objects.filter(user=user).first()
    row: dict[str, Any] = {
        "email": user.email,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "job_title": user.job_title,
        "language": user.language,
        "signed_up_at": user.date_joined,
        "signed_in_at": user.last_login,
        "last_activity_on": user.last_activity_on,
        "notices_of_dormancy": user.dormancy_notices,
        "groups": list(user.groups.order_by("name").values_list("name", flat=True)),
        "addresses": [
            {"email": address.email, "verified": address.verified, "primary": address.primary}
            for address in EmailAddress.objects.filter(user=user).order_by("pk")
        ],
    }
    if preferences is not None:
        row["preferences"] = {
            "language": preferences.preferred_language,
            "time_zone": preferences.current_time_zone,
            "theme": preferences.theme,
        }
    return [row]


def account_files(user: User) -> Iterator[tuple[str, str]]:
    """The picture shown in the administration."""
    for profile in UserProfile.objects.filter(user=user).exclude(avatar=""):
        yield f"account/{profile.avatar.name.rpartition('/')[2]}", profile.avatar.name


def erase_account(user: User, _contributions_stay: bool) -> Sequence[Retained]:
    """Roles and choices. The row itself and its addresses go last, when every room has read them."""
    user.groups.clear()
    user.user_permissions.clear()
    for _name, stored in account_files(user):
        default_storage.delete(stored)
    UserProfile.objects.filter(user=user).delete()
    return ()


ACCOUNT = PersonalData(
    key="account",
    label=_("my account"),
    export=export_account,
    erase=erase_account,
    files=account_files,
    models=(
        "members.User",
        "members.User_groups",
        "members.User_user_permissions",
        "account.EmailAddress",
        "account.EmailConfirmation",
        "wagtailusers.UserProfile",
    ),
    labels={"addresses": _("e-mail addresses"), "time_zone": _("time zone"), "theme": _("colours")},
    order=10,
)


# ---------------------------------------------------------------- signing in
def export_security(user: User) -> list[dict[str, Any]]:
    """Second factors and passkeys (never their secrets), accounts elsewhere, and the open sessions."""
    return [*_keys(user), *_providers(user), *_sessions(user)]


def _keys(user: User) -> Iterator[dict[str, Any]]:
    for key in Authenticator.objects.filter(user=user).order_by("pk"):
        yield {
            "kind": str(key.get_type_display()),
            "name": str(key) if key.type == Authenticator.Type.WEBAUTHN else "",
            "created_at": key.created_at,
            "last_used_at": key.last_used_at,
        }


def _providers(user: User) -> Iterator[dict[str, Any]]:
    for account in SocialAccount.objects.filter(user=user).order_by("pk"):
        yield {
            "kind": str(_("account elsewhere")),
            "name": account.provider,
            "identifier": account.uid,
            "created_at": account.date_joined,
            "last_used_at": account.last_login,
        }


def _sessions(user: User) -> Iterator[dict[str, Any]]:
    for session in UserSession.objects.filter(user=user).order_by("pk"):
        yield {
            "kind": str(_("open session")),
            "ip_address": session.ip,
            "browser": session.user_agent,
            "created_at": session.created_at,
            "last_seen_at": session.last_seen_at,
        }


def end_sessions(user: User) -> None:
    """Sign somebody out everywhere."""
    keys = list(UserSession.objects.filter(user=user).values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(user=user).delete()


def erase_security(user: User, _contributions_stay: bool) -> Sequence[Retained]:
    """No way in is left."""
    end_sessions(user)
    Authenticator.objects.filter(user=user).delete()
    SocialAccount.objects.filter(user=user).delete()
    return ()


SECURITY = PersonalData(
    key="security",
    label=_("how I sign in"),
    export=export_security,
    erase=erase_security,
    rows=lambda user: (Authenticator.objects.filter(user=user), UserSession.objects.filter(user=user)),
    models=("mfa.Authenticator", "usersessions.UserSession", "socialaccount.SocialAccount"),
    order=20,
)
