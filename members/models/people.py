"""People known without an account: guests of an event, past signatories, imported ones."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .accounts import User
from .organisations import Organisation


class Person(models.Model):
    """Somebody met or written to. Joined to an account when its address is verified."""

    class Origin(models.TextChoices):
        """How the association came to know this person."""

        STAFF = "staff", _("The association")
        GUEST = "guest", _("A guest of an event")
        IMPORT = "import", _("An import")

    first_name = models.CharField(_("first name"), max_length=150, blank=True)
    last_name = models.CharField(_("last name"), max_length=150, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    job_title = models.CharField(_("job"), max_length=120, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="people",
    )
    user = models.ForeignKey(
        User,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="people",
    )
    origin = models.CharField(_("recorded by"), max_length=10, choices=Origin, default=Origin.STAFF)
    created_at = models.DateTimeField(_("recorded at"), default=timezone.now, editable=False)

    class Meta:
        ordering = ("last_name", "first_name", "pk")
        verbose_name = _("person")
        verbose_name_plural = _("people")
        indexes = (models.Index(Lower("email"), name="person_email"),)

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or self.email or gettext("Somebody erased")
