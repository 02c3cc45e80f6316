"""Members write to each other, or to a company, through the platform; no address is shown."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .accounts import User
from .identifiers import new_public_id
from .organisations import Organisation


class ContactRequest(models.Model):
    """A conversation asked for. One message until the other answers, accepts or blocks."""

    class State(models.TextChoices):
        """Pending until the other side answers."""

        PENDING = "pending", _("Waiting for an answer")
        ACCEPTED = "accepted", _("Open")
        BLOCKED = "blocked", _("Declined")
        CLOSED = "closed", _("Closed")

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    sender = models.ForeignKey(
        User, verbose_name=_("sender"), on_delete=models.CASCADE, related_name="contacts_sent"
    )
    recipient = models.ForeignKey(
        User,
        verbose_name=_("recipient"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="contacts_received",
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="contacts_received",
    )
    subject = models.CharField(_("subject"), max_length=150)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PENDING)
    created_at = models.DateTimeField(_("written at"), default=timezone.now)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    last_message_at = models.DateTimeField(_("last message"), default=timezone.now, db_index=True)

    class Meta:
        ordering = ("-last_message_at", "-pk")
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        constraints = (
            models.CheckConstraint(
                name="contact_request_one_recipient",
                condition=Q(recipient__isnull=False, organisation=None)
                | Q(recipient=None, organisation__isnull=False),
            ),
            models.CheckConstraint(name="contact_request_not_to_self", condition=~Q(sender=F("recipient"))),
            models.UniqueConstraint(
                Least("sender", "recipient"),
                Greatest("sender", "recipient"),
                name="contact_request_open_once",
                condition=Q(state__in=["pending", "accepted"], recipient__isnull=False),
            ),
            models.UniqueConstraint(
                name="contact_request_open_once_a_company",
                fields=("sender", "organisation"),
                condition=Q(state__in=["pending", "accepted"]),
            ),
        )

    def __str__(self) -> str:
        return self.subject


class Message(models.Model):
    """Plain text. Staff may remove one that was reported: it says so in its place."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    request = models.ForeignKey(
        ContactRequest, verbose_name=_("conversation"), on_delete=models.CASCADE, related_name="messages"
    )
    author = models.ForeignKey(
        User, verbose_name=_("author"), on_delete=models.CASCADE, related_name="messages_sent"
    )
    text = models.TextField(_("message"), max_length=5000)
    sent_at = models.DateTimeField(_("sent at"), default=timezone.now)
    removed_at = models.DateTimeField(_("removed at"), null=True, blank=True)

    class Meta:
        ordering = ("sent_at", "pk")
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes = (models.Index(name="message_daily_limit", fields=["author", "sent_at"]),)

    def __str__(self) -> str:
        return f"{self.author}, {self.sent_at:%d/%m/%Y}"


class Reading(models.Model):
    """How far somebody has read a conversation."""

    request = models.ForeignKey(ContactRequest, on_delete=models.CASCADE, related_name="readings")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="readings")
    read_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(name="reading_once", fields=("request", "user")),)

    def __str__(self) -> str:
        return f"{self.user}, {self.read_at:%d/%m/%Y}"


class Block(models.Model):
    """Somebody does not want to be written to by somebody else, who is not told."""

    blocker = models.ForeignKey(User, on_delete=models.CASCADE, related_name="blocks")
    blocked = models.ForeignKey(User, on_delete=models.CASCADE, related_name="blocked_by")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(name="block_once", fields=("blocker", "blocked")),
            models.CheckConstraint(name="block_not_self", condition=~Q(blocker=F("blocked"))),
        )

    def __str__(self) -> str:
        return f"{self.blocker} – {self.blocked}"


class MessageReport(models.Model):
    """A message that its reader found wrong: the only messages that staff may read."""

    class Decision(models.TextChoices):
        """What staff made of it."""

        KEPT = "kept", _("Nothing to hold against it")
        REMOVED = "removed", _("Message removed")
        SUSPENDED = "suspended", _("Message removed, account suspended")

    message = models.ForeignKey(
        Message, verbose_name=_("message"), on_delete=models.CASCADE, related_name="reports"
    )
    reporter = models.ForeignKey(
        User, verbose_name=_("reported by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=500)
    created_at = models.DateTimeField(_("reported at"), default=timezone.now)
    decision = models.CharField(_("decision"), max_length=10, choices=Decision, blank=True)
    note = models.CharField(_("why it was decided so"), max_length=500, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User, verbose_name=_("decided by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("created_at", "pk")
        verbose_name = _("reported message")
        verbose_name_plural = _("reported messages")
        constraints = (
            models.UniqueConstraint(name="message_report_once", fields=("message", "reporter")),
            models.CheckConstraint(
                name="message_report_decision_is_dated",
                condition=Q(decision="", decided_at=None) | (~Q(decision="") & Q(decided_at__isnull=False)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.message}"
