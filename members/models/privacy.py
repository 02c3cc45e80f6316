"""What people agreed to, what they asked about their data, and what was answered (decision 14)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.models.translated import in_language, validate_translated

from .accounts import User
from .identifiers import new_public_id


class ConsentWording(models.Model):
    """The exact words that people agree to; a change of words is a new version."""

    class Purpose(models.TextChoices):
        """What is agreed to."""

        TERMS = "terms", _("Terms of use")
        DIGEST = "digest", _("News by e-mail")
        PHOTO = "photo", _("Publication of my photo")

    purpose = models.CharField(_("purpose"), max_length=10, choices=Purpose)
    version = models.CharField(_("version"), max_length=20)
    texts = models.JSONField(_("words"), validators=[validate_translated])
    since = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        ordering = ("purpose", "-since")
        verbose_name = _("wording of a consent")
        verbose_name_plural = _("wordings of consents")
        constraints = (models.UniqueConstraint(name="consent_wording_once", fields=("purpose", "version")),)

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.version}"

    @property
    def text(self) -> str:
        """The words, in the active language."""
        return in_language(self.texts)


class Consent(models.Model):
    """Somebody agreed, to which words, when; and when she took it back."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="consents")
    wording = models.ForeignKey(ConsentWording, on_delete=models.PROTECT, related_name="consents")
    language = models.CharField(_("language"), max_length=5)
    given_at = models.DateTimeField(_("given at"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        ordering = ("given_at", "pk")
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = (
            models.UniqueConstraint(
                name="consent_standing_once", fields=("user", "wording"), condition=Q(withdrawn_at=None)
            ),
        )

    def __str__(self) -> str:
        return f"{self.wording}"


class DataRequest(models.Model):
    """The register of requests about personal data, with the legal deadline (GDPR, article 12).

    Requests made from one's own space are answered at once and recorded too. `user` goes when the
    account goes; `subject` keeps a SHA-256 of the address, enough to recognise it.
    """

    class Kind(models.TextChoices):
        """The right that is used."""

        ACCESS = "access", _("Access and portability")
        RECTIFICATION = "rectification", _("Rectification")
        ERASURE = "erasure", _("Erasure")
        OBJECTION = "objection", _("Objection or limitation")

    class State(models.TextChoices):
        """Open until it is answered."""

        OPEN = "open", _("To be answered")
        ANSWERED = "answered", _("Answered")
        REFUSED = "refused", _("Refused, with the reason")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Channel(models.TextChoices):
        """How it came."""

        SPACE = "space", _("Own space")
        EMAIL = "email", _("E-mail")
        POST = "post", _("Post")
        OTHER = "other", _("Telephone or in person")

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    channel = models.CharField(_("received by"), max_length=10, choices=Channel, default=Channel.SPACE)
    kind = models.CharField(_("right"), max_length=15, choices=Kind)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    user = models.ForeignKey(
        User,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="data_requests",
    )
    email = models.EmailField(_("address"), blank=True, help_text=_("Of somebody without an account."))
    subject = models.CharField(_("fingerprint of the address"), max_length=64, blank=True, editable=False)
    details = models.TextField(_("what is asked"), max_length=2000, blank=True)
    received_at = models.DateTimeField(_("received at"), default=timezone.now)
    due_on = models.DateField(_("to be answered by"))
    extended_at = models.DateTimeField(_("extended at"), null=True, blank=True)
    extension_reason = models.CharField(_("why it is extended"), max_length=500, blank=True)
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    handled_by = models.ForeignKey(
        User, verbose_name=_("handled by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("due_on", "pk")
        verbose_name = _("request about personal data")
        verbose_name_plural = _("requests about personal data")
        constraints = (
            models.CheckConstraint(
                name="data_request_answer_is_dated",
                condition=Q(state="open", answered_at=None)
                | (~Q(state="open") & Q(answered_at__isnull=False)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.received_at:%d/%m/%Y}"


class DataExport(models.Model):
    """A zip of everything about one person, made in the background, kept for seven days."""

    class State(models.TextChoices):
        """From asked to gone."""

        ASKED = "asked", _("Being prepared")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Could not be prepared")
        EXPIRED = "expired", _("Deleted")

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="data_exports")
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField(default=timezone.now)
    ready_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    file = models.CharField(max_length=120, blank=True, editable=False)
    size = models.PositiveBigIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("-asked_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                name="data_export_one_in_the_making", fields=("user",), condition=Q(state="asked")
            ),
            models.CheckConstraint(
                name="data_export_ready_has_file",
                condition=~Q(state="ready") | (~Q(file="") & Q(ready_at__isnull=False)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id}, {self.asked_at:%d/%m/%Y}"


class Erasure(models.Model):
    """Somebody asked that the account be erased; done by the periodic job, unless taken back before.

    `retained` is what had to be kept, as it was said in the last mail.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="erasures")
    request = models.OneToOneField(DataRequest, null=True, on_delete=models.SET_NULL, related_name="erasure")
    keep_contributions = models.BooleanField(default=True)
    asked_at = models.DateTimeField(default=timezone.now)
    execute_at = models.DateTimeField(db_index=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    retained = models.JSONField(default=list)

    class Meta:
        ordering = ("asked_at", "pk")
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        constraints = (
            models.UniqueConstraint(
                name="erasure_pending_once", fields=("user",), condition=Q(cancelled_at=None, done_at=None)
            ),
            models.CheckConstraint(
                name="erasure_done_or_cancelled", condition=Q(cancelled_at=None) | Q(done_at=None)
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id}, {self.asked_at:%d/%m/%Y}"
