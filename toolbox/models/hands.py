"""What somebody keeps in hand, and the searches she comes back to (decision 0022)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.models.identifiers import new_public_id

from .practices import Practice
from .tools import Tool


class Hand(models.Model):
    """Practices and tools that somebody keeps, in her order, with her notes.

    `share_id` makes it readable by whoever has the address; taking it back makes the address vanish.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="hand")
    title = models.CharField(_("title"), max_length=120, blank=True)
    words = models.TextField(_("introduction"), max_length=1500, blank=True)
    share_id = models.CharField(max_length=24, null=True, blank=True, unique=True)
    shared_at = models.DateTimeField(_("shared at"), null=True, blank=True)
    share_notes = models.BooleanField(_("show my notes"), default=False)
    share_name = models.BooleanField(_("say who I am"), default=False)
    updated_at = models.DateTimeField(_("changed at"), default=timezone.now)

    class Meta:
        verbose_name = _("hand")
        verbose_name_plural = _("hands")
        constraints = (
            models.CheckConstraint(
                name="hand_shared_is_dated",
                condition=Q(share_id=None, shared_at=None)
                | Q(share_id__isnull=False, shared_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.title or str(_("My hand"))


class HandItem(models.Model):
    """One card of a hand."""

    hand = models.ForeignKey(Hand, on_delete=models.CASCADE, related_name="items")
    practice = models.ForeignKey(
        Practice, null=True, blank=True, on_delete=models.CASCADE, related_name="in_hands"
    )
    tool = models.ForeignKey(Tool, null=True, blank=True, on_delete=models.CASCADE, related_name="in_hands")
    position = models.PositiveSmallIntegerField(default=0)
    note = models.TextField(_("note"), max_length=1000, blank=True)
    added_at = models.DateTimeField(_("kept since"), default=timezone.now)

    class Meta:
        ordering = ("position", "pk")
        verbose_name = _("card in hand")
        verbose_name_plural = _("cards in hand")
        constraints = (
            models.CheckConstraint(
                name="hand_item_is_one_thing",
                condition=Q(practice__isnull=False, tool=None) | Q(practice=None, tool__isnull=False),
            ),
            models.UniqueConstraint(
                name="hand_item_practice_once",
                fields=("hand", "practice"),
                condition=Q(practice__isnull=False),
            ),
            models.UniqueConstraint(
                name="hand_item_tool_once", fields=("hand", "tool"), condition=Q(tool__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return f"{self.practice_id or self.tool_id}"


class SavedFilter(models.Model):
    """Filters of a list that somebody saved under a name.

    `query` is their canonical query string; `digest`, the same for everybody who saved these very
    filters, is what a `Follow` of kind “filter” points to.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_filters")
    listing = models.CharField(_("list"), max_length=10)
    query = models.CharField(_("filters"), max_length=500)
    digest = models.CharField(max_length=40)
    name = models.CharField(_("name"), max_length=120)
    created_at = models.DateTimeField(_("saved at"), default=timezone.now)

    class Meta:
        ordering = ("name", "pk")
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        constraints = (models.UniqueConstraint(name="saved_filter_once", fields=("user", "digest")),)
        indexes = (models.Index(name="saved_filter_listing", fields=["listing", "digest"]),)

    def __str__(self) -> str:
        return self.name
