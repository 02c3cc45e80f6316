"""Blocks that arrange: cards, calls to action, accordions, timelines."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class LinkValue(blocks.StructValue):
    """A value with a `page` or an `address`."""

    @property
    def href(self) -> str:
        """Where it leads, empty when nowhere."""
        from common.addresses import path_of  # noqa: PLC0415 (models are not ready when blocks are)

        page = self.get("page")
        return path_of(page) if page else str(self.get("address") or "")


class LinkBlock(blocks.StructBlock):
    """A page of the site, or an address."""

    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    address = blocks.CharBlock(
        label=_("Address"),
        required=False,
        help_text=_("Only when it is not a page of this site: https://… or /path/."),
    )

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        address = cleaned.get("address") or ""
        if address and not address.startswith(("https://", "http://", "/", "mailto:", "#")):
            raise blocks.StructBlockValidationError(
                {"address": ValidationError(_("An address begins with https:// or /."))}
            )
        return cleaned

    class Meta:
        value_class = LinkValue


class CardBlock(LinkBlock):
    """One card: a title, a sentence, a way to go on."""

    title = blocks.CharBlock(label=_("Title"), max_length=80)
    text = blocks.TextBlock(label=_("Text"), required=False)

    class Meta:
        icon = "form"
        value_class = LinkValue


class CardsBlock(blocks.StructBlock):
    """Two to six cards side by side."""

    cards = blocks.ListBlock(CardBlock(), label=_("Cards"), min_num=2, max_num=6)

    class Meta:
        icon = "grip"
        label = _("Cards")
        template = "blocks/cards.html"
        description = _("Two to six ways to go on.")
        preview_value = {
            "cards": [
                {
                    "title": "Lire une pratique",
                    "text": "Ce que font vos voisins.",
                    "address": "/bonnes-pratiques/",
                },
                {"title": "Prendre un outil", "text": "Prêt à servir.", "address": "/boite-a-outils/"},
            ]
        }


class CallToActionBlock(LinkBlock):
    """The one thing to do next."""

    title = blocks.CharBlock(label=_("Title"), max_length=100)
    text = blocks.TextBlock(label=_("Text"), required=False)
    label = blocks.CharBlock(label=_("Button"), max_length=40)

    class Meta:
        icon = "pick"
        label = _("Call to action")
        template = "blocks/call_to_action.html"
        value_class = LinkValue
        description = _("A band with one button. One a page is enough.")
        preview_value = {
            "title": "Votre entreprise fait déjà quelque chose ?",
            "text": "Racontez-le : quelqu’un, à dix kilomètres, cherche exactement cela.",
            "label": "Nous écrire",
            "address": "/contact/",
        }


class QuestionBlock(blocks.StructBlock):
    """A question and its answer."""

    title = blocks.CharBlock(label=_("Question"), max_length=150)
    text = blocks.RichTextBlock(label=_("Answer"), features=["bold", "italic", "ol", "ul", "link"])


class AccordionBlock(blocks.StructBlock):
    """Questions that open one by one."""

    items = blocks.ListBlock(QuestionBlock(), label=_("Questions"), min_num=1)

    class Meta:
        icon = "list-ul"
        label = _("Accordion")
        template = "blocks/accordion.html"
        description = _("Questions and answers; works without JavaScript.")
        preview_value = {
            "items": [{"title": "Faut-il payer ?", "text": "<p>Non. Les ateliers sont gratuits.</p>"}]
        }


class MomentBlock(blocks.StructBlock):
    """A moment of a timeline."""

    when = blocks.CharBlock(label=_("When"), max_length=40)
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), required=False, features=["bold", "italic", "link"])


class TimelineBlock(blocks.StructBlock):
    """What happened, in order."""

    items = blocks.ListBlock(MomentBlock(), label=_("Moments"), min_num=2)

    class Meta:
        icon = "time"
        label = _("Timeline")
        template = "blocks/timeline.html"
        description = _("Dates and what happened, in order.")
        preview_value = {
            "items": [
                {"when": "2018", "title": "Douze ateliers RH", "text": "<p>127 participants.</p>"},
                {"when": "28 septembre 2021", "title": "Lancement du site", "text": ""},
            ]
        }
