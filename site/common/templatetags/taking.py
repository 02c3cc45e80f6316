"""What may be taken of the list that a page shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import template
from django.urls import reverse
from django.utils.http import urlencode

from common.listing import encode, selection
from common.open_data.datasets import dataset_at
from common.open_data.exports import EXCEL_CSV, OPEN_CSV, WORKBOOK

if TYPE_CHECKING:
    from django.template.context import Context

register = template.Library()


@dataclass(frozen=True)
class Taking:
    """Addresses of a list's files and of the page that embeds it, under the filters chosen."""

    excel: str
    workbook: str
    machines: str
    embed: str
    api: str


@register.simple_tag(takes_context=True)
def taking(context: Context) -> Taking | None:
    """What may be taken of the list on the page; None where there is no list to take."""
    page, request, listing = (context.get(name) for name in ("page", "request", "listing"))
    dataset = dataset_at(page) if page and request and listing else None
    if dataset is None or request is None or listing is None:
        return None
    query = encode(selection(request.GET, dataset.filters))
    after = f"?{query}" if query else ""
    chosen = "&".join(filter(None, [urlencode({"liste": dataset.slug}), query]))
    embed, api = reverse("embed"), reverse("api")
    return Taking(
        excel=f"{listing.path}{EXCEL_CSV}{after}",
        workbook=f"{listing.path}{WORKBOOK}{after}",
        machines=f"{listing.path}{OPEN_CSV}{after}",
        embed=f"{embed}?{chosen}",
        api=f"{api}#{dataset.name}",
    )
