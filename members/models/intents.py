"""What a visitor tried before signing in: kept, and done once she has."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from .accounts import User


class Intent(models.Model):
    """A verb asked for by somebody not signed in.

    Bound to a browser (`token`, in its session), then to the account that signs up or in there: it is
    completed wherever that account is verified.
    """

    token = models.CharField(max_length=32, db_index=True)
    kind = models.CharField(max_length=30)
    payload = models.JSONField()
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.CASCADE, related_name="intents")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("created_at", "pk")
        indexes = (models.Index(name="intent_to_complete", fields=["user"], condition=Q(completed_at=None)),)

    def __str__(self) -> str:
        return self.kind
