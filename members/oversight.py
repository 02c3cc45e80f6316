"""What staff do to somebody's account: each act has its reason, leaves a trace and is told by mail.

Nobody acts on their own account, nor on that of somebody who outranks them (`may_act_on`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from common.mail import post_to

from . import oversight_letters as letters
from .companies.refusals import AlreadyDecided, NotAllowed
from .models import User
from .roles import Role

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.contrib.auth.models import Group

ADMINISTER = "members.change_user"
MODERATE = "members.change_messagereport"
SEE = "members.view_user"


# ---------------------------------------------------------------- who may
def is_staff(user: User) -> bool:
    """Whether somebody enters the administration."""
    return user.is_active and user.has_perm("wagtailadmin.access_admin")


def may_act_on(by: User, user: User) -> bool:
    """Never on oneself; on those who work here, administrators only; on a superuser, another one only."""
    if by == user or user.anonymised_at or (user.is_superuser and not by.is_superuser):
        return False
    return by.has_perm(ADMINISTER) or not (user.is_superuser or user.groups.exists())


def may_suspend(by: User, user: User) -> bool:
    """Administrators, and moderators for what they read in a report."""
    return (by.has_perm(ADMINISTER) or by.has_perm(MODERATE)) and may_act_on(by, user)


def may_help_in(by: User, user: User) -> bool:
    """Who may write again to somebody whose address is still to be verified: whoever sees accounts."""
    return by.has_perm(SEE) and may_act_on(by, user)


def may_administer(by: User, user: User) -> bool:
    """Second factor and roles: administrators only."""
    return by.has_perm(ADMINISTER) and may_act_on(by, user)


def require(allowed: bool) -> None:
    """Raise NotAllowed."""
    if not allowed:
        raise NotAllowed(_("You may not do this to that account."))


def locked(user: User) -> User:
    """The account's row, held until the transaction ends."""
    row: User = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    return row


# ---------------------------------------------------------------- suspension
@transaction.atomic
def suspend(user: User, by: User, reason: str) -> User:
    """Close the door, end every session. Raises NotAllowed, AlreadyDecided."""
    require(may_suspend(by, user))
    row = locked(user)
    if not row.is_active:
        raise AlreadyDecided(_("This account is suspended already."))
    require(not _is_last_administrator(row))
    row.is_active = False
    row.save(update_fields=["is_active"])
    _end_sessions(row)
    log(row, "members.suspend", user=by, data={"reason": reason})
    post_to(row, lambda: letters.suspended(reason), urgent=True)
    return row


@transaction.atomic
def reactivate(user: User, by: User, reason: str) -> User:
    """Open it again. Raises NotAllowed, AlreadyDecided."""
    require(may_suspend(by, user))
    row = locked(user)
    if row.is_active:
        raise AlreadyDecided(_("This account is in use already."))
    row.is_active = True
    row.save(update_fields=["is_active"])
    log(row, "members.reactivate", user=by, data={"reason": reason})
    post_to(row, letters.reactivated, urgent=True)
    return row


def _end_sessions(user: User) -> None:
    for session in UserSession.objects.filter(user=user):
        session.end()


# ---------------------------------------------------------------- the way in
@transaction.atomic
def remove_second_factor(user: User, by: User, how_checked: str) -> int:
    """Somebody lost the telephone: take second factors and passkeys away, end every session.

    `how_checked` says how it was made sure that it is this person. Raises NotAllowed, AlreadyDecided.
    """
    require(may_administer(by, user))
    row = locked(user)
    taken, _by_model = Authenticator.objects.filter(user=row).delete()
    if not taken:
        raise AlreadyDecided(_("This account has no second factor."))
    _end_sessions(row)
    log(row, "members.remove_second_factor", user=by, data={"checked": how_checked})
    post_to(row, letters.second_factor_removed, urgent=True)
    return taken


def resend_verification(user: User, by: User) -> None:
    """Tell somebody how to end the sign-up: signing in sends a new code. Raises NotAllowed, AlreadyDecided."""
    require(may_help_in(by, user) and user.is_active)
    if EmailAddress.objects.filter(user=user, verified=True).exists():
        raise AlreadyDecided(_("This address is verified already."))
    with transaction.atomic():
        log(user, "members.resend_verification", user=by)
        post_to(user, letters.verification_reminder, urgent=True)


# ---------------------------------------------------------------- the team
@transaction.atomic
def change_roles(user: User, roles: Collection[Group], by: User) -> User:
    """Give and take roles. Raises NotAllowed when the last administrator would lose hers."""
    require(may_administer(by, user))
    row = locked(user)
    before = set(row.groups.all())
    after = set(roles)
    if before == after:
        return row
    administration = {group.name for group in before - after} & {Role.ADMINISTRATOR.group}
    require(not (administration and _is_last_administrator(row)))
    row.groups.set(after)
    names = sorted(group.name for group in after)
    log(row, "members.change_roles", user=by, data={"roles": names, "before": sorted(g.name for g in before)})
    post_to(row, lambda: letters.roles_changed(names), urgent=True)
    return row


@transaction.atomic
def invite(email: str, first_name: str, last_name: str, roles: Collection[Group], by: User) -> User:
    """Make the account of somebody who joins the team; a letter leads to the choice of a password.

    Nobody else ever knows it: the address is proved by a code, as for any new password, and the
    second factor is asked for at the first visit. An address that has an account already receives
    the roles. Raises NotAllowed.
    """
    require(by.has_perm(ADMINISTER))
    known = User.objects.filter(email__iexact=email).first()
    if known is not None:
        return change_roles(known, {*known.groups.all(), *roles}, by)
    user = User.objects.create_user(
        email, first_name=first_name, last_name=last_name, language=by.language or "fr"
    )
    user.groups.set(roles)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=False)
    names = sorted(group.name for group in roles)
    log(user, "members.invite_staff", user=by, data={"roles": names})
    post_to(user, lambda: letters.staff_invitation(names), urgent=True)
    return user


def _is_last_administrator(user: User) -> bool:
    """Whether nobody else could give roles; superusers can."""
    others = User.objects.filter(is_active=True).exclude(pk=user.pk)
    administrators = others.filter(groups__name=Role.ADMINISTRATOR.group)
    mine = user.groups.filter(name=Role.ADMINISTRATOR.group).exists()
    return mine and not administrators.exists() and not others.filter(is_superuser=True).exists()
