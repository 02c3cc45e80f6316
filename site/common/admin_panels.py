"""Panels that several rooms use in their forms."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.admin.widgets.slug import SlugInput


class NamePanel(TitleFieldPanel):
    """A name from which the slug is made, once: an address does not change because a name does."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"classname": "", "placeholder": False, **kwargs})

    class BoundPanel(TitleFieldPanel.BoundPanel):
        """The panel of one form."""

        def get_should_apply(self) -> bool:
            return self.instance is None or self.instance.pk is None


def slug_panel() -> FieldPanel:
    """The slug, below a `NamePanel`."""
    return FieldPanel("slug", widget=SlugInput, help_text=_("Made from the name; stands in addresses."))
