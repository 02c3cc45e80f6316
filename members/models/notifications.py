"""What people follow, what they are told, and how often (decision 13)."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .accounts import User


class Kind(models.TextChoices):
    """What one can be told about; each has a rhythm of its own, save the account: its letters go at once."""

    MESSAGE = "message", _("Messages from members")
    COMPANY = "company", _("My company: requests, invitations, tasks")
    CONTRIBUTION = "contribution", _("What I share")
    CONVERSATION = "conversation", _("Answers and questions")
    EVENT = "event", _("My events")
    FOLLOW = "follow", _("What I follow")
    ACCOUNT = "account", _("My account")


class Rhythm(models.TextChoices):
    """How often mail goes out; the space always shows everything."""

    NOW = "now", _("At once")
    DAILY = "daily", _("Once a day")
    WEEKLY = "weekly", _("Once a week")
    NEVER = "never", _("Never by e-mail")


class Followed(models.TextChoices):
    """What can be followed. `Follow.target` holds its slug or key."""

    THEME = "theme", _("Theme")
    ORGANISATION = "organisation", _("Company")
    PRACTICE = "practice", _("Practice")
    CONVERSATION = "conversation", _("Conversation")
    FILTER = "filter", _("Saved search")


class Follow(models.Model):
    """Somebody wants to be told about something."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="follows")
    kind = models.CharField(_("kind"), max_length=15, choices=Followed)
    target = models.CharField(_("target"), max_length=80)
    since = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        ordering = ("kind", "pk")
        verbose_name = _("follow")
        verbose_name_plural = _("follows")
        constraints = (models.UniqueConstraint(name="follow_once", fields=("user", "kind", "target")),)
        indexes = (models.Index(name="follow_target", fields=["kind", "target"]),)

    def __str__(self) -> str:
        return f"{self.kind}:{self.target}"


class Announcement(models.Model):
    """Something new that followers are told about, once: one row whatever their number.

    `key` names what is announced (`toolbox.practice:12`), `kind` what it is. A row that is withdrawn
    before the digest is told to nobody; `told_at` is when a first letter said it, and its `author` is
    not told. `translations` gives title and url in other languages. A `quiet` one is shown in the
    space only: it was published before it could be followed. Nothing is news after `expires_at`.
    """

    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=15)
    language = models.CharField(max_length=5, default="fr")
    title = models.CharField(max_length=255)
    summary = models.CharField(max_length=300, blank=True)
    url = models.CharField(max_length=500)
    translations = models.JSONField(default=dict, blank=True)
    author = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    told_at = models.DateTimeField(null=True, blank=True)
    quiet = models.BooleanField(default=False)
    expires_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return self.title


class AnnouncementTopic(models.Model):
    """What an announcement is about: whoever follows one of its topics hears of it."""

    announcement = models.ForeignKey(Announcement, on_delete=models.CASCADE, related_name="topics")
    kind = models.CharField(max_length=15, choices=Followed)
    target = models.CharField(max_length=80)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                name="announcement_topic_once", fields=("announcement", "kind", "target")
            ),
        )
        indexes = (models.Index(name="announcement_topic_target", fields=["kind", "target"]),)

    def __str__(self) -> str:
        return f"{self.kind}:{self.target}"


class Notification(models.Model):
    """One thing told to one person, in her language, once: `key` names what happened.

    `told_at` is when mail said it, or when it was decided that mail would not.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(_("kind"), max_length=15, choices=Kind)
    key = models.CharField(max_length=120)
    text = models.CharField(_("text"), max_length=300)
    url = models.CharField(max_length=500)
    actor = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(_("at"), default=timezone.now)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        constraints = (models.UniqueConstraint(name="notification_once", fields=("user", "key")),)
        indexes = (
            models.Index(name="notification_inbox", fields=["user", "-created_at"]),
            models.Index(name="notification_untold", fields=["user"], condition=models.Q(told_at=None)),
        )

    def __str__(self) -> str:
        return self.text


class NotificationRhythm(models.Model):
    """How often somebody wants mail of one kind; without a row, that kind's own default."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="rhythms")
    kind = models.CharField(_("kind"), max_length=15, choices=Kind)
    rhythm = models.CharField(_("rhythm"), max_length=10, choices=Rhythm)

    class Meta:
        constraints = (models.UniqueConstraint(name="notification_rhythm_once", fields=("user", "kind")),)

    def __str__(self) -> str:
        return f"{self.kind}: {self.rhythm}"


class DigestState(models.Model):
    """How far somebody has been told: the last announcement looked at, the last days of sending."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="digest_state")
    announcements_up_to = models.BigIntegerField(default=0)
    last_daily_on = models.DateField(null=True, blank=True)
    last_weekly_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.user_id}"
