"""Kits: which of their tools a reader may take, and the archive that holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from toolbox.models import KitPage


def shown_kit(page: KitPage, user: Any) -> list[Any]:
    """The tools of a kit, in order."""
    return list(page.kit_tools.select_related("tool"))
