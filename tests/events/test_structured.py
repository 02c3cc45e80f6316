"""An event as search engines read it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from events.structured import event_data
from tests.factories.pages import EventPageFactory
from tests.factories.shared import CommuneFactory, OrganisationFactory

if TYPE_CHECKING:
    from tests.factories.site import Tree

URL = "http://localhost:8000/evenements/atelier/"


def event(tree: Tree, **fields: Any) -> dict[str, Any]:
    starts = timezone.make_aware(dt.datetime(2031, 1, 14, 9, 30))
    page = EventPageFactory(
        parent=tree.events,
        title="Atelier",
        slug="atelier",
        summary="Trois heures.",
        starts_at=starts,
        ends_at=starts + dt.timedelta(hours=3),
        **fields,
    )
    return event_data(page, URL)


def test_times_carry_the_offset_of_paris(tree: Tree) -> None:
    data = event(tree)
    assert (data["startDate"], data["endDate"]) == ("2031-01-14T09:30:00+01:00", "2031-01-14T12:30:00+01:00")


def test_a_place_has_its_address(tree: Tree) -> None:
    commune = CommuneFactory(insee_code="59599", names={"fr": "Tourcoing"}, postal_codes=["59200"])
    data = event(tree, place="Maison de l’emploi", address="1, place de la Gare", commune=commune)
    assert data["location"] == [
        {
            "@type": "Place",
            "name": "Maison de l’emploi",
            "address": {
                "@type": "PostalAddress",
                "addressCountry": "FR",
                "streetAddress": "1, place de la Gare",
                "addressLocality": commune.name,
                "postalCode": commune.postal_codes[0],
            },
        }
    ]
    assert data["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"


@pytest.mark.parametrize(("place", "mode"), [("", "Online"), ("Maison de l’emploi", "Mixed")])
def test_online_the_page_stands_for_the_link(tree: Tree, place: str, mode: str) -> None:
    data = event(tree, place=place, online=True, online_link="https://visio.example/secret")
    assert data["location"][-1] == {"@type": "VirtualLocation", "url": URL}
    assert data["eventAttendanceMode"] == f"https://schema.org/{mode}EventAttendanceMode"
    assert "visio.example" not in str(data)


def test_a_cancelled_event_says_so(tree: Tree) -> None:
    data = event(tree, cancelled_at=timezone.now())
    assert data["eventStatus"] == "https://schema.org/EventCancelled"


def test_organisers_are_named_and_the_association_is_the_one_by_default(tree: Tree) -> None:
    assert event(tree)["organizer"] == [{"@id": "http://localhost:8000/#association"}]
    rows = [
        OrganisationFactory(name="Bêta", website="https://beta.example"),
        OrganisationFactory(name="Alpha"),
    ]
    page = EventPageFactory(parent=tree.events, organisers=rows)
    assert event_data(page, URL)["organizer"] == [
        {"@type": "Organization", "name": "Alpha"},
        {"@type": "Organization", "name": "Bêta", "url": "https://beta.example"},
    ]
