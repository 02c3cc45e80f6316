"""Mail that waits to leave: one row a message, written in the transaction that caused it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OutboxQuerySet(models.QuerySet["OutboxMessage"]):
    """The vocabulary of waiting mail."""

    def due(self) -> OutboxQuerySet:
        """Not sent, not given up, and whose time has come."""
        return self.filter(sent_at=None, given_up_at=None, send_after__lte=timezone.now())

    def failed(self) -> OutboxQuerySet:
        """Given up after the last attempt."""
        return self.exclude(given_up_at=None)


class OutboxMessage(models.Model):
    """A message as it will leave (RFC 5322 source), and what became of it."""

    recipients = models.JSONField(_("recipients"))
    subject = models.CharField(_("subject"), max_length=500)
    source = models.BinaryField(_("message source"))
    created_at = models.DateTimeField(_("written at"), default=timezone.now)
    send_after = models.DateTimeField(_("send after"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.TextField(_("last error"), blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    given_up_at = models.DateTimeField(_("given up at"), null=True, blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mails")
        indexes = (
            models.Index(
                name="outbox_due", fields=["send_after"], condition=Q(sent_at=None, given_up_at=None)
            ),
        )
        constraints = (
            models.CheckConstraint(
                name="outbox_sent_or_given_up", condition=Q(sent_at=None) | Q(given_up_at=None)
            ),
        )

    def __str__(self) -> str:
        return self.subject
