"""What the tick remembers of each periodic job."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    import datetime as dt


class PeriodicJobQuerySet(models.QuerySet["PeriodicJob"]):
    """The vocabulary of the tick."""

    def claim(self, name: str, now: dt.datetime, every: dt.timedelta, lease: dt.timedelta) -> bool:
        """Take a job that is due and that nobody runs, in one statement; return whether it is ours.

        A job whose process died is free again after `lease`.
        """
        free = Q(running_since=None) | Q(running_since__lt=now - lease)
        due = self.filter(free, name=name, due_at__lte=now)
        return due.update(running_since=now, due_at=now + every) == 1

    def finish(self, name: str, error: str = "") -> None:
        """Give a job back, and say how it went."""
        outcome = {"last_error": error} if error else {"last_error": "", "last_success_at": timezone.now()}
        self.filter(name=name).update(running_since=None, **outcome)


class PeriodicJob(models.Model):
    """When a job of `common.ticking` is due next, and how its last run ended."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    due_at = models.DateTimeField(_("due at"), default=timezone.now)
    running_since = models.DateTimeField(_("running since"), null=True, blank=True)
    last_success_at = models.DateTimeField(_("last success"), null=True, blank=True)
    last_error = models.TextField(_("last error"), blank=True)

    objects = PeriodicJobQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        verbose_name = _("periodic job")
        verbose_name_plural = _("periodic jobs")

    def __str__(self) -> str:
        return self.name
