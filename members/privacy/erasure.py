"""Erasing one's account: asked, closed at once, taken back by a link, executed after seven days.

What stays is said before (`what_stays`) and after (the last letter); decision 15 says why seven days.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.contrib.auth.models import Group
from django.core import signing
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from wagtail.log_actions import log

from common.mail import absolute, known_language
from common.registries import personal_data
from members.models import DataExport, DataRequest, Erasure, Membership, MessageReport, User
from members.oversight import may_act_on
from members.roles import Role

from . import emails, register, retention
from .anonymising import anonymise, as_json
from .handover import ErasureRefusedError, hand_over, handovers
from .sections.account import end_sessions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from common.registries import Retained

logger = logging.getLogger("atoutage.privacy")
SALT = "members.privacy.keep-account"
STATES = DataRequest.State


class LinkOverError(Exception):
    """The link that keeps an account was used, or came too late."""


# ---------------------------------------------------------------- before
def is_last_administrator(user: User) -> bool:
    """Whether nobody else could administer the site."""
    administrators = User.objects.filter(
        Q(is_superuser=True) | Q(groups__name=Role.ADMINISTRATOR.group), is_active=True
    )
    others = administrators.exclude(pk=user.pk)
    return administrators.filter(pk=user.pk).exists() and not others.exists()


def what_stays(user: User, contributions_stay: bool) -> list[Retained]:
    """What an erasure would keep, and why, in the active language."""
    return [kept for data in personal_data for kept in data.keeps(user, contributions_stay)]


# ---------------------------------------------------------------- asking
@transaction.atomic
def ask(
    user: User,
    *,
    contributions_stay: bool,
    successors: Mapping[int, Membership | None],
    request: DataRequest | None = None,
) -> Erasure:
    """Close the account, and plan its erasure; the letter holds the link that takes it back.

    `successors` says for each membership of `handovers` which colleague takes over; None leaves it to
    the association. `request` is the one that staff received, if any. Raises ErasureRefusedError.
    """
    row = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    pending = pending_of(row)
    if pending is not None:
        return pending
    list(Group.objects.select_for_update(no_key=True).filter(name=Role.ADMINISTRATOR.group))
    if is_last_administrator(row):
        raise ErasureRefusedError(
            gettext_lazy("You are the last administrator: make somebody else one, then come back.")
        )
    hand_over(row, successors)
    erasure = plan(row, contributions_stay, request)
    emails.erasure_asked(erasure, absolute(reverse("keep_account", args=[token_of(erasure)])))
    return erasure


def ask_for(request: DataRequest, *, contributions_stay: bool, how_checked: str, by: User) -> Erasure:
    """Staff close the account of somebody who asked by post, and answer the request with it.

    `how_checked` says how it was made sure who asked. Companies are left to the association. Raises
    ErasureRefusedError, RegisterError.
    """
    user = request.user
    if user is None or user.anonymised_at:
        raise ErasureRefusedError(_("There is no account to erase."))
    if not may_act_on(by, user):
        raise ErasureRefusedError(_("You may not do this to that account."))
    with transaction.atomic(), override(known_language(user.language)):
        left = {handover.membership.pk: None for handover in handovers(user)}
        erasure = ask(user, contributions_stay=contributions_stay, successors=left, request=request)
        answer = _("Your account is closed; it will be erased on %(date)s.")
        register.close(request, STATES.ANSWERED, answer % {"date": emails.day(erasure.execute_at)}, by)
        log(user, "members.close_account", user=by, data={"checked": how_checked})
    return erasure


def plan(user: User, contributions_stay: bool, request: DataRequest | None = None) -> Erasure:
    """Close the account now, to be erased when its days of grace are over. The row is locked."""
    execute_at = retention.ERASURE_GRACE.after(timezone.now())
    if request is None:
        with override(known_language(user.language)):
            answer = _("Closed at once; erased on %(date)s.") % {"date": emails.day(execute_at)}
        request = register.record_answered(DataRequest.Kind.ERASURE, user, answer)
        log(user, "members.close_account", user=user)
    erasure = Erasure.objects.create(
        user=user, request=request, keep_contributions=contributions_stay, execute_at=execute_at
    )
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_sessions(user)
    DataExport.objects.filter(user=user, state=DataExport.State.ASKED).delete()
    return erasure


def pending_of(user: User) -> Erasure | None:
    """The erasure that waits for its day, if any."""
    return Erasure.objects.filter(user=user, cancelled_at=None, done_at=None).first()


# ---------------------------------------------------------------- taking it back
def token_of(erasure: Erasure) -> str:
    """What the link of the letter holds: it works once, while the erasure waits."""
    return signing.dumps(erasure.public_id, salt=SALT)


def erasure_of(token: str) -> Erasure:
    """The pending erasure a link is about. Raises LinkOverError for any other link."""
    try:
        public_id = signing.loads(token, salt=SALT, max_age=(retention.ERASURE_GRACE.days + 1) * 86_400)
    except signing.BadSignature as error:
        raise LinkOverError from error
    found = Erasure.objects.filter(public_id=public_id, cancelled_at=None, done_at=None)
    erasure = found.select_related("user").first()
    if erasure is None:
        raise LinkOverError
    return erasure


@transaction.atomic
def cancel(erasure: Erasure) -> User:
    """Open the account again. Raises LinkOverError when it was taken back, or executed, meanwhile."""
    row = Erasure.objects.select_for_update().filter(pk=erasure.pk, cancelled_at=None, done_at=None).first()
    if row is None:
        raise LinkOverError
    user = User.objects.select_for_update(no_key=True).get(pk=row.user_id)
    row.cancelled_at = timezone.now()
    row.save(update_fields=["cancelled_at"])
    DataRequest.objects.filter(erasure=row).update(state=STATES.WITHDRAWN)
    if not was_suspended_since(user, row):
        user.is_active = True
        user.last_activity_on = timezone.localdate()
        user.save(update_fields=["is_active", "last_activity_on"])
    log(user, "members.keep_account", user=user)
    emails.erasure_cancelled(user)
    return user


def was_suspended_since(user: User, erasure: Erasure) -> bool:
    """Whether staff closed the account meanwhile: the link of the letter does not open that door."""
    return MessageReport.objects.filter(
        message__author=user,
        decision=MessageReport.Decision.SUSPENDED,
        decided_at__gte=erasure.asked_at,
    ).exists()


# ---------------------------------------------------------------- executing it
def execute(erasure: Erasure) -> bool:
    """Erase, in one transaction; False when it was taken back or done meanwhile.

    An account that staff opened again on the person's word is kept.
    """
    with transaction.atomic():
        row = (
            Erasure.objects.select_for_update().filter(pk=erasure.pk, cancelled_at=None, done_at=None).first()
        )
        if row is None:
            return False
        user = User.objects.select_for_update(no_key=True).get(pk=row.user_id)
        if user.is_active:
            row.cancelled_at = timezone.now()
            row.save(update_fields=["cancelled_at"])
            return False
        email, language = user.email, user.language
        retained = anonymise(user, row.keep_contributions, "asked")
        row.done_at, row.retained = timezone.now(), as_json(retained)
        row.save(update_fields=["done_at", "retained"])
        emails.erased(email, language, retained)
    return True


def execute_due() -> dict[str, int]:
    """Erase the accounts whose days of grace are over. One that fails stops no other, and is tried again."""
    due = Erasure.objects.filter(cancelled_at=None, done_at=None, execute_at__lte=timezone.now())
    done = failed = 0
    for erasure in due.order_by("execute_at", "pk"):
        try:
            done += execute(erasure)
        except Exception:
            logger.exception("erasure failed; it will be tried again", extra={"erasure": erasure.pk})
            failed += 1
    if failed:
        raise RuntimeError(f"{failed} erasures failed, {done} done")
    return {"erased": done} if done else {}
