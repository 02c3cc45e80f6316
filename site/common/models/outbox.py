"""Mail that waits to leave: one row a message, written in the transaction that caused it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OutboxQuerySet(models.QuerySet["OutboxMessage"]):
    """The vocabulary of waiting mail."""

    def due(self) -> OutboxQuerySet:
        """Neither sent, given up nor withheld, and whose time has come."""
        return self.waiting().filter(send_after__lte=timezone.now())

    def waiting(self) -> OutboxQuerySet:
        """What will be tried, now or later."""
        return self.filter(sent_at=None, given_up_at=None, skipped_at=None)

    def failed(self) -> OutboxQuerySet:
        """Given up after the last attempt."""
        return self.exclude(given_up_at=None)


class OutboxMessage(models.Model):
    """A message as it will leave (RFC 5322 source), and what became of it.

    It is sent, given up, or withheld (`skipped_at`) because its address refuses our mail; until
    then it waits. An urgent one holds a code or the like: staff do not read it.
    """

    recipients = models.JSONField(_("recipients"))
    subject = models.CharField(_("subject"), max_length=500)
    source = models.BinaryField(_("message source"))
    message_id = models.CharField(_("message id"), max_length=250, blank=True, db_index=True)
    urgent = models.BooleanField(_("urgent"), default=False)
    created_at = models.DateTimeField(_("written at"), default=timezone.now)
    send_after = models.DateTimeField(_("send after"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.TextField(_("last error"), blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    given_up_at = models.DateTimeField(_("given up at"), null=True, blank=True)
    skipped_at = models.DateTimeField(_("withheld at"), null=True, blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mails")
        indexes = (
            models.Index(
                name="outbox_due",
                fields=["send_after"],
                condition=Q(sent_at=None, given_up_at=None, skipped_at=None),
            ),
        )
        constraints = (
            models.CheckConstraint(
                name="outbox_one_end",
                condition=(
                    Q(sent_at=None, given_up_at=None)
                    | Q(sent_at=None, skipped_at=None)
                    | Q(given_up_at=None, skipped_at=None)
                ),
            ),
        )

    def __str__(self) -> str:
        return self.subject
