"""Who acts for which organisation, who asks to, who is invited to (decision 12)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .accounts import User
from .identifiers import new_public_id
from .organisations import Organisation


class MembershipQuerySet(models.QuerySet["Membership"]):
    """The vocabulary of memberships."""

    def current(self) -> MembershipQuerySet:
        """Of people who have not left."""
        return self.filter(left_at=None)

    def confirmed(self) -> MembershipQuerySet:
        """Current, and proved to act for the organisation."""
        return self.current().exclude(confirmed_at=None)

    def managers(self) -> MembershipQuerySet:
        """Current and confirmed, with the right to decide for the organisation and an open account."""
        return self.confirmed().filter(role=Membership.Role.MANAGER, user__is_active=True)


class Membership(models.Model):
    """A person in an organisation. A first representative stays to be confirmed until proved."""

    class Role(models.TextChoices):
        """What a person may do for the organisation."""

        MEMBER = "member", _("Member")
        MANAGER = "manager", _("Manager")

    class Confirmation(models.TextChoices):
        """How it was proved that the person acts for the organisation."""

        DOMAIN_CODE = "code", _("Code sent to the organisation’s domain")
        CALL = "call", _("Telephone call")
        INVITED = "invited", _("Invited by a manager")
        ACCEPTED = "accepted", _("Accepted by a manager")
        STAFF = "staff", _("Decided by the association")

    user = models.ForeignKey(
        User, verbose_name=_("account"), on_delete=models.CASCADE, related_name="memberships"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.MEMBER)
    joined_at = models.DateTimeField(_("joined at"), default=timezone.now)
    left_at = models.DateTimeField(_("left at"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    confirmation = models.CharField(_("proof"), max_length=10, choices=Confirmation, blank=True)
    confirmed_by = models.ForeignKey(
        User,
        verbose_name=_("confirmed by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ("joined_at", "pk")
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = (
            models.UniqueConstraint(
                name="membership_current_once", fields=("user", "organisation"), condition=Q(left_at=None)
            ),
            models.CheckConstraint(
                name="membership_confirmation_has_proof",
                condition=Q(confirmed_at=None, confirmation="")
                | (Q(confirmed_at__isnull=False) & ~Q(confirmation="")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}, {self.organisation}"

    @property
    def is_confirmed(self) -> bool:
        """Whether something may appear in the organisation's name through this person."""
        return self.confirmed_at is not None


class JoinRequest(models.Model):
    """Somebody asks to join an organisation: its managers decide, or staff when none answers."""

    class State(models.TextChoices):
        """Pending, then one of the others for good."""

        PENDING = "pending", _("Waiting for an answer")
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    user = models.ForeignKey(
        User, verbose_name=_("account"), on_delete=models.CASCADE, related_name="join_requests"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="join_requests"
    )
    message = models.CharField(_("message"), max_length=500, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PENDING)
    created_at = models.DateTimeField(_("asked at"), default=timezone.now)
    escalated_at = models.DateTimeField(_("handed to the association at"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User, verbose_name=_("decided by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("created_at", "pk")
        verbose_name = _("request to join")
        verbose_name_plural = _("requests to join")
        constraints = (
            models.UniqueConstraint(
                name="join_request_pending_once",
                fields=("user", "organisation"),
                condition=Q(state="pending"),
            ),
            models.CheckConstraint(
                name="join_request_decision_is_dated",
                condition=Q(state="pending", decided_at=None)
                | (~Q(state="pending") & Q(decided_at__isnull=False)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}, {self.organisation}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """The vocabulary of invitations."""

    def open(self) -> InvitationQuerySet:
        """Neither answered, nor revoked, nor expired."""
        return self.unanswered().filter(expires_at__gt=timezone.now())

    def unanswered(self) -> InvitationQuerySet:
        """Neither answered nor revoked; it may have expired."""
        return self.filter(accepted_at=None, declined_at=None, revoked_at=None)


class Invitation(models.Model):
    """A manager invites an address. The link's token is kept as a SHA-256 hash only."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="invitations"
    )
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=10, choices=Membership.Role, default=Membership.Role.MEMBER)
    language = models.CharField(_("language"), max_length=5, default="fr")
    invited_by = models.ForeignKey(
        User, verbose_name=_("invited by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("invited at"), default=timezone.now)
    expires_at = models.DateTimeField(_("valid until"))
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        User,
        verbose_name=_("accepted by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    declined_at = models.DateTimeField(_("declined at"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = (
            models.UniqueConstraint(
                "organisation",
                Lower("email"),
                name="invitation_unanswered_once",
                condition=Q(accepted_at=None, declined_at=None, revoked_at=None),
            ),
            models.CheckConstraint(
                name="invitation_one_answer",
                condition=Q(accepted_at=None, declined_at=None)
                | Q(accepted_at=None, revoked_at=None)
                | Q(declined_at=None, revoked_at=None),
            ),
        )

    def __str__(self) -> str:
        return f"{self.email}, {self.organisation}"


class DomainCode(models.Model):
    """A code sent to an address of the organisation's domain: whoever types it in acts for it.

    Five attempts; the code itself is kept as a salted hash.
    """

    membership = models.ForeignKey(
        Membership, verbose_name=_("membership"), on_delete=models.CASCADE, related_name="codes"
    )
    email = models.EmailField(_("sent to"))
    code_hash = models.CharField(max_length=128, editable=False)
    created_at = models.DateTimeField(_("sent at"), default=timezone.now)
    expires_at = models.DateTimeField(_("valid until"))
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = _("proof by code")
        verbose_name_plural = _("proofs by code")

    def __str__(self) -> str:
        return self.email
