"""The home page, the banner and the settings of the site."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from common.fields import BlockField
from common.pages import BasePage
from home.blocks import HomeBlock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest


class HomePage(BasePage):
    """What this is and what one can do here, in five seconds; blocks that fill themselves."""

    kind_label = _("Home")
    layout = "wide"
    template = "home/home_page.html"

    hero_title = models.CharField(
        _("big title"), max_length=120, help_text=_("The word between *stars* is coloured.")
    )
    hero_lead = models.TextField(_("sentence below"), max_length=300)
    popular_searches = models.CharField(
        _("often searched"), max_length=200, blank=True, help_text=_("Separated by commas; three are enough.")
    )
    sections = BlockField(HomeBlock(), verbose_name=_("sections"))

    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]

    content_panels: ClassVar[Sequence[Any]] = [
        *BasePage.content_panels,
        HelpPanel(
            content=_(
                "<p>Sections fill themselves with what is published: choose them and put them in order. "
                "Somebody who lands here must know in five seconds what this is and what to do next.</p>"
            )
        ),
        MultiFieldPanel(
            [FieldPanel("hero_title"), FieldPanel("hero_lead"), FieldPanel("popular_searches")],
            heading=_("Top of the page"),
        ),
        FieldPanel("sections"),
    ]

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home.sections import hand  # noqa: PLC0415 (it reads these models)

        context = super().get_context(request, *args, **kwargs)
        context["hand"] = hand(self.locale_id)
        return context

    @property
    def searches(self) -> list[str]:
        """The searches proposed under the box."""
        return [words.strip() for words in self.popular_searches.split(",") if words.strip()]


class BannerQuerySet(models.QuerySet["Banner"]):
    """The vocabulary of banners."""

    def shown(self, now: dt.datetime) -> BannerQuerySet:
        """Those whose time it is."""
        return self.filter(starts_at__lte=now, ends_at__gt=now)


class Banner(models.Model):
    """A sentence across the top of every page, for a time."""

    text = models.CharField(_("text"), max_length=200)
    link = models.CharField(_("link"), max_length=200, blank=True)
    link_text = models.CharField(_("link text"), max_length=60, blank=True)
    language = models.CharField(_("language"), max_length=5, default="fr")
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))

    objects = BannerQuerySet.as_manager()

    panels: ClassVar[Sequence[Any]] = [
        HelpPanel(
            content=_(
                "<p>One sentence across the top of every page, for a few days. It goes away by itself: a banner "
                "that stays is no longer read.</p>"
            )
        ),
        FieldPanel("text"),
        FieldPanel("link_text", help_text=_("The words that lead there, for example “Register”.")),
        FieldPanel("link", help_text=_("An address of this site (/evenements/…) or another (https://…).")),
        FieldPanel(
            "language",
            widget=forms.Select(choices=settings.LANGUAGES),
            help_text=_("Shown on the pages of this language."),
        ),
        FieldPanel("starts_at"),
        FieldPanel("ends_at"),
    ]

    class Meta:
        ordering = ("-starts_at",)
        verbose_name = _("banner")
        verbose_name_plural = _("banners")
        constraints = (
            models.CheckConstraint(name="banner_ends_after_start", condition=Q(ends_at__gt=F("starts_at"))),
        )

    def __str__(self) -> str:
        return self.text


@register_setting(icon="cog")
class SiteSettings(BaseGenericSetting):
    """What the footer and the legal pages say about the association."""

    association_name = models.CharField(_("association"), max_length=150, default="Compétences et Emplois")
    postal_address = models.TextField(_("postal address"), blank=True)
    contact_email = models.EmailField(_("contact address"), blank=True)
    host_name = models.CharField(
        _("host of the site"),
        max_length=250,
        blank=True,
        help_text=_("Name and address; the legal notice must show it (LCEN, article 6)."),
    )
    footer_operation = models.ForeignKey(
        "common.Operation",
        verbose_name=_("funding shown in the footer"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    panels: ClassVar[Sequence[Any]] = [
        HelpPanel(
            content=_(
                "<p>What the footer and the legal notice say of the association. The law wants a postal address, "
                "a contact and the name of the host.</p>"
            )
        ),
        MultiFieldPanel(
            [FieldPanel("association_name"), FieldPanel("postal_address"), FieldPanel("contact_email")],
            heading=_("The association"),
        ),
        FieldPanel("host_name"),
        FieldPanel("footer_operation", help_text=_("Its publicity block stands at the foot of every page.")),
    ]

    class Meta:
        verbose_name = _("site settings")
