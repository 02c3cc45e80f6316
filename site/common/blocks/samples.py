"""What the previews of blocks show when a block needs something of the site's own: the latest there is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wagtail.models import Page


def pictures(count: int) -> list[Any]:
    """The latest pictures that have renditions."""
    from common.models import Image  # noqa: PLC0415 (models are not ready when blocks are)

    return list(Image.objects.filter(renditions__isnull=False).distinct().order_by("-pk")[:count])


def documents(count: int) -> list[Any]:
    """The latest documents."""
    from common.models import Document  # noqa: PLC0415 (models are not ready when blocks are)

    return list(Document.objects.order_by("-pk")[:count])


def page(model: type[Page]) -> Page | None:
    """The latest page of that type on line."""
    latest: Page | None = model._default_manager.filter(live=True).order_by("-first_published_at").first()
    return latest
