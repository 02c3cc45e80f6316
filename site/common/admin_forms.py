"""The editor's form of a page with facts."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

OTHER_THEMES = 2


class FactsPageForm(WagtailAdminPageForm):
    """Three themes at most, the main one counted once."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if "themes" in cleaned:
            others = [theme for theme in cleaned["themes"] if theme != cleaned.get("lead_theme")]
            cleaned["themes"] = others
            if len(others) > OTHER_THEMES:
                self.add_error("themes", _("Two other themes at most: beyond that, none stands out."))
        return cleaned
