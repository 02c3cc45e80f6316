"""Key figures: counted by the platform, or quoted with a source and a date. Never typed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from common.generation import per_generation
from common.registries import CountedFigure, figures


@per_generation
def counted(key: str, year: int | None) -> CountedFigure:
    """A registered figure, counted once a generation."""
    return figures.count(key, year)


class CountedValue(blocks.StructValue):
    """A figure that the platform counts."""

    @cached_property
    def counted(self) -> CountedFigure | None:
        """The count now, None when its room no longer registers it."""
        try:
            return counted(self["figure"], self.get("year"))
        except KeyError:
            return None


class CountedFigureBlock(blocks.StructBlock):
    """A count registered by the room that owns the rows."""

    figure = blocks.ChoiceBlock(label=_("What is counted"), choices=figures.choices)
    year = blocks.IntegerBlock(
        label=_("Year"), required=False, min_value=2008, max_value=2100, help_text=_("Empty: all years.")
    )

    def get_preview_value(self) -> Any:
        key = next((key for key, _definition in figures.choices()), "")
        return self.normalize({"figure": key, "year": None})

    class Meta:
        icon = "order"
        label = _("Counted by the platform")
        template = "blocks/figure_counted.html"
        value_class = CountedValue


class QuotedFigureBlock(blocks.StructBlock):
    """A figure that somebody published."""

    value = blocks.CharBlock(label=_("Figure"), max_length=20)
    label = blocks.CharBlock(label=_("What it is"), max_length=120)
    source = blocks.CharBlock(label=_("Source"), max_length=120)
    date = blocks.DateBlock(label=_("Date of the figure"))
    address = blocks.URLBlock(label=_("Address of the source"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Quoted")
        template = "blocks/figure_quoted.html"
        preview_value = {
            "value": "110",
            "label": "structures participantes",
            "source": "Bilan d’activité 2021",
            "date": dt.date(2021, 12, 31),
        }


class FigureStreamBlock(blocks.StreamBlock):
    """Counted and quoted figures."""

    counted = CountedFigureBlock()
    quoted = QuotedFigureBlock()


class FiguresBlock(blocks.StructBlock):
    """Two to six key figures."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=80)
    items = FigureStreamBlock(label=_("Figures"), min_num=1, max_num=6)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if not cleaned["items"]:
            raise ValidationError(_("Choose at least one figure."))
        return cleaned

    class Meta:
        icon = "order"
        label = _("Key figures")
        template = "blocks/figures.html"
        description = _("What the platform counts, or a published figure with its source and date.")
        preview_value = {
            "title": "L’année en chiffres",
            "items": [
                {
                    "type": "quoted",
                    "value": {
                        "value": "110",
                        "label": "structures participantes",
                        "source": "Bilan d’activité 2021",
                        "date": "2021-12-31",
                    },
                }
            ],
        }
