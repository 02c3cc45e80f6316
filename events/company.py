"""What the page of a company shows of it here: the events that it holds or held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from common.registries import CompanySection, register_company_section
from members.companies.versions import pages_of

from .listing import event_cards
from .models import Event

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from members.models import Organisation

    from .models import EventPage

MOST = 6


def organised(organisation: Organisation) -> Sequence[EventPage]:
    """The latest events of a company, coming ones first, in French where they are not translated."""
    rows = Event.objects.live().filter(organisers=organisation, cancelled_at=None)
    return pages_of(list(rows.order_by("-starts_at", "-pk")[:MOST]), event_cards)


def organising() -> QuerySet[Any]:
    """Keys of the organisations that hold a published event."""
    live = Event.organisers.through.objects.filter(event__live=True, event__cancelled_at=None)
    return live.order_by().values("organisation")


def register() -> None:
    """Put events on the pages of companies."""
    register_company_section(
        CompanySection(
            "events.organised",
            _("Events organised"),
            "events/company_events.html",
            organised,
            organising,
            order=30,
        )
    )
