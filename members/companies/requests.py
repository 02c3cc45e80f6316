"""Asking to join a company: its managers answer, or staff when there is none or none answers."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from members import timeline
from members.models import JoinRequest, Membership, Step
from members.space.notification import take_back

from . import rules
from .membership import admit, company_path, lock
from .refusals import AlreadyDecided, AlreadyMine, NotAllowed, TooMany
from .telling import tell, tell_managers

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from members.models import Organisation, User

MOST_A_DAY = 5
# Managers have this long to answer; then staff may too.
PATIENCE = dt.timedelta(days=5)
# Somebody who was refused does not come back every morning.
REST = dt.timedelta(days=30)


def waiting() -> QuerySet[JoinRequest]:
    """Requests without an answer, the oldest first."""
    return JoinRequest.objects.filter(state=JoinRequest.State.PENDING)


def for_staff() -> QuerySet[JoinRequest]:
    """Those that staff are to answer: handed over, or of a company that nobody manages."""
    managers = Membership.objects.managers().filter(organisation=OuterRef("organisation"))
    return waiting().filter(Q(escalated_at__isnull=False) | ~Exists(managers))


def key_of(request: JoinRequest) -> str:
    """Under which managers are told of a request."""
    return f"members.join_request:{request.pk}"


def ask_to_join(user: User, organisation: Organisation, message: str = "") -> JoinRequest:
    """Ask the managers of a company, or staff when it has none; asked again, it is the same request.

    Raises AlreadyMine, and TooMany after five requests a day or a refusal in the last thirty days.
    """
    with transaction.atomic():
        organisation = lock(organisation)
        if rules.membership_of(user, organisation) is not None:
            raise AlreadyMine(_("You are part of this company already."))
        pending = waiting().filter(user=user, organisation=organisation).first()
        if pending is not None:
            return pending
        check_limits(user, organisation)
        request = JoinRequest.objects.create(user=user, organisation=organisation, message=message)
        told = tell_managers(
            organisation,
            key_of(request),
            lambda: (
                _("%(name)s asks to join %(company)s.")
                % {"name": user.public_name, "company": organisation.name}
            ),
            company_path(organisation),
        )
        if not told:
            request.escalated_at = request.created_at
            request.save(update_fields=["escalated_at"])
    return request


def check_limits(user: User, organisation: Organisation) -> None:
    """Raise TooMany when this person asks too often."""
    now = timezone.now()
    mine = JoinRequest.objects.filter(user=user)
    if mine.filter(created_at__gt=now - dt.timedelta(days=1)).count() >= MOST_A_DAY:
        raise TooMany(_("You have asked to join five companies today. Come back tomorrow, or call us."))
    refused = (
        mine.filter(organisation=organisation, state=JoinRequest.State.REFUSED, decided_at__gt=now - REST)
        .order_by("-decided_at")
        .first()
    )
    if refused is not None and refused.decided_at is not None:
        day = date_format(timezone.localtime(refused.decided_at + REST), "DATE_FORMAT")
        raise TooMany(
            _("Your request was refused lately. You may ask again from %(day)s, or call us.") % {"day": day}
        )


def open_request(request: JoinRequest, by: User) -> tuple[JoinRequest, Organisation]:
    """The locked request and its organisation. Raises NotAllowed, and AlreadyDecided when it was answered."""
    organisation = lock(request.organisation)
    if not rules.may_decide(by, organisation):
        raise NotAllowed(_("Only a manager of the company can do this."))
    row = JoinRequest.objects.select_for_update().get(pk=request.pk)
    if row.state != JoinRequest.State.PENDING:
        raise AlreadyDecided(_("This request was answered meanwhile."))
    return row, organisation


def accept_request(request: JoinRequest, by: User, role: str = "") -> Membership:
    """Let somebody in. Raises NotAllowed or AlreadyDecided.

    Whom staff let into a company that nobody manages becomes its manager, unless `role` says otherwise.
    """
    with transaction.atomic():
        row, organisation = open_request(request, by)
        managed = Membership.objects.managers().filter(organisation=organisation).exists()
        by_manager = rules.is_manager(by, organisation)
        membership = admit(
            row.user,
            organisation,
            role or (Membership.Role.MEMBER if managed else Membership.Role.MANAGER),
            Membership.Confirmation.ACCEPTED if by_manager else Membership.Confirmation.STAFF,
            by,
        )
        decide(row, JoinRequest.State.ACCEPTED, by)
    return membership


def refuse_request(request: JoinRequest, by: User, reason: str = "") -> JoinRequest:
    """Say no; the person is told, with the reason if there is one. Raises NotAllowed or AlreadyDecided."""
    with transaction.atomic():
        row, organisation = open_request(request, by)
        decide(row, JoinRequest.State.REFUSED, by)
        if not rules.is_manager(by, organisation):
            timeline.record(
                organisation,
                Step.Kind.NOTE,
                lambda: (
                    _("Request of %(name)s refused. %(reason)s")
                    % {"name": row.user.public_name, "reason": reason}
                ),
                author=by,
                source=key_of(row),
            )
        tell(
            row.user,
            f"{key_of(row)}:refused",
            lambda: refusal_text(organisation.name, reason),
            reverse("company_mine"),
        )
    return row


def refusal_text(name: str, reason: str) -> str:
    """What the person reads."""
    if reason:
        return _("Your request to join %(company)s was refused: %(reason)s") % {
            "company": name,
            "reason": reason,
        }
    return _("Your request to join %(company)s was refused.") % {"company": name}


def decide(row: JoinRequest, state: str, by: User | None) -> None:
    """Write the answer; other managers no longer read that somebody asks."""
    row.state, row.decided_at, row.decided_by = state, timezone.now(), by
    row.save(update_fields=["state", "decided_at", "decided_by"])
    take_back(key_of(row))


def withdraw(request: JoinRequest) -> JoinRequest:
    """Take back one's own request; nothing happens once it was answered."""
    with transaction.atomic():
        row = JoinRequest.objects.select_for_update().get(pk=request.pk)
        if row.state == JoinRequest.State.PENDING:
            decide(row, JoinRequest.State.WITHDRAWN, None)
    return row


def escalate_requests() -> int:
    """Periodic job: after five days without an answer, hand requests to staff and say so to who asked."""
    late = waiting().filter(escalated_at=None, created_at__lte=timezone.now() - PATIENCE)
    handed = 0
    for request in late.select_related("user", "organisation"):
        with transaction.atomic():
            if not waiting().filter(pk=request.pk, escalated_at=None).update(escalated_at=timezone.now()):
                continue
            handed += 1
            name = request.organisation.name
            tell(
                request.user,
                f"{key_of(request)}:escalated",
                lambda name=name: (
                    _("Nobody at %(company)s has answered you yet: we take over your request.")  # type: ignore[misc]
                    % {"company": name}
                ),
                reverse("company_mine"),
            )
    return handed
