"""Writing to the association: stored first, then mailed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel

from common.blocks import BodyBlock
from common.fields import BlockField
from common.pages import BasePage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


class ContactMessage(models.Model):
    """A message left on the site, and whether somebody took care of it."""

    class Subject(models.TextChoices):
        """What it is about."""

        PRACTICE = "practice", _("Share a practice")
        EVENT = "event", _("Come to an event")
        CHARTER = "charter", _("Sign the charter")
        ACCESSIBILITY = "accessibility", _("Report an accessibility problem")
        PRIVACY = "privacy", _("Ask about my data")
        OTHER = "other", _("Something else")

    subject = models.CharField(_("subject"), max_length=20, choices=Subject)
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"))
    organisation = models.CharField(_("company"), max_length=150, blank=True)
    message = models.TextField(_("message"), max_length=5000)
    language = models.CharField(_("language"), max_length=5, default="fr")
    suspicious = models.BooleanField(_("looks like a robot’s"), default=False)
    created_at = models.DateTimeField(_("received at"), default=timezone.now, db_index=True)
    handled_at = models.DateTimeField(_("handled at"), null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = _("message received")
        verbose_name_plural = _("messages received")

    def __str__(self) -> str:
        return f"{self.name}, {self.get_subject_display()}"


class ContactPage(BasePage):
    """The contact form and what surrounds it."""

    template = "home/contact_page.html"
    max_count_per_parent = 1
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []

    body = BlockField(BodyBlock(), verbose_name=_("body"), blank=True)

    content_panels: ClassVar[Sequence[Any]] = [
        HelpPanel(
            content=_(
                "<p>The form stands by itself below the text. Say who answers and how soon; messages arrive in "
                "“Messages received” and by e-mail.</p>"
            )
        ),
        *BasePage.content_panels,
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("contact page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home.contact import blank_context  # noqa: PLC0415 (it reads these models)

        return {**super().get_context(request, *args, **kwargs), **blank_context(self, request)}

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        from home.contact import serve_contact  # noqa: PLC0415 (it reads these models)

        return serve_contact(self, request)
