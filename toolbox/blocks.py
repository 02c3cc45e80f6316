"""Blocks of a good practice: its results, and the steps to do it too."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

WORDS = ["bold", "italic", "ol", "ul", "link"]


class KeyResultBlock(blocks.StructBlock):
    """A result that the company declares."""

    value = blocks.CharBlock(label=_("Figure"), max_length=20)
    label = blocks.CharBlock(label=_("What it is"), max_length=120)

    class Meta:
        icon = "order"
        label = _("Result")
        preview_template = "wagtailcore/previews/key_result.html"
        preview_value = {"value": "14", "label": "binômes formés en dix-huit mois"}


class StepBlock(blocks.StructBlock):
    """One step for those who want to do it too."""

    title = blocks.CharBlock(label=_("Step"), max_length=120)
    duration = blocks.CharBlock(label=_("How long"), max_length=60, required=False)
    text = blocks.RichTextBlock(label=_("What to do"), features=WORDS)

    class Meta:
        icon = "list-ol"
        label = _("Step")
        preview_template = "wagtailcore/previews/step.html"
        preview_value = {
            "title": "Repérer les départs",
            "duration": "Une demi-journée",
            "text": "<p>Deux ans devant soi, métier par métier.</p>",
        }
