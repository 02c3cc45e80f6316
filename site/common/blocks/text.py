"""Words: headings, paragraphs, quotations, tables."""

from __future__ import annotations

from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock as WagtailTableBlock


class HeadingValue(blocks.StructValue):
    """A heading's value."""

    @property
    def anchor(self) -> str:
        """The fragment that leads to it."""
        return slugify(self["text"])[:60]


class HeadingBlock(blocks.StructBlock):
    """A heading of the page's second or third level; the title is the first."""

    text = blocks.CharBlock(label=_("Text"), max_length=120)
    level = blocks.ChoiceBlock(
        label=_("Level"), choices=[("2", _("Section")), ("3", _("Sub-section"))], default="2"
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "blocks/heading.html"
        value_class = HeadingValue
        description = _("Announces a section. Screen readers jump from one to the next.")
        preview_value = {"text": "Ce qui change dans l’entreprise", "level": "2"}


class TextBlock(blocks.RichTextBlock):
    """Paragraphs and lists."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"features": ["bold", "italic", "ol", "ul", "link", "document-link"], **kwargs})

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "blocks/text.html"
        description = _("Paragraphs, lists and links.")
        preview_value = (
            "<p>Chaque départ est annoncé un an à l’avance : assez pour former un binôme, "
            "assez peu pour que cela reste concret.</p>"
        )


class QuoteBlock(blocks.StructBlock):
    """Somebody's words."""

    text = blocks.TextBlock(
        label=_("Words quoted"), help_text=_("Without quotation marks: the page adds them.")
    )
    attribution = blocks.CharBlock(
        label=_("Who says it"), required=False, help_text=_("A role and a company rather than a name.")
    )

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "blocks/quote.html"
        description = _("One strong sentence, and who says it.")
        preview_value = {
            "text": "On ne m’avait jamais demandé d’écrire ce que je sais faire.",
            "attribution": "Régleur, quarante ans de métier",
        }


class TableBlock(WagtailTableBlock):
    """Figures or facts side by side."""

    class Meta:
        icon = "table"
        label = _("Table")
        template = "blocks/table.html"
        description = _("A simple table. Give it a caption and header cells: both are read aloud.")
        preview_value = {
            "table_caption": "Budget de l’association, en milliers d’euros",
            "first_row_is_table_header": True,
            "first_col_is_header": True,
            "table_header_choice": "both",
            "data": [["", "2017", "2018"], ["Produits", "873", "711"], ["Charges", "850", "660"]],
        }
