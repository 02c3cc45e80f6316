"""Events as calendars."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone
from icalendar import Calendar
from wagtail.models import Locale, PageViewRestriction

from common.facts import write_facts
from tests.factories.pages import EventPageFactory, NewsPageFactory
from tests.factories.shared import CommuneFactory

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from tests.factories.site import Tree


@pytest.fixture
def workshop(tree: Tree) -> Any:
    """A workshop on a summer morning and a link that only the registered may have."""
    starts = timezone.make_aware(dt.datetime(2031, 7, 8, 9, 30))
    return EventPageFactory(
        parent=tree.events,
        title="Tutorat : mode d’emploi",
        slug="tutorat",
        summary="Trois heures pour bâtir un parcours.",
        starts_at=starts,
        ends_at=starts + dt.timedelta(hours=3),
        place="Maison de l’emploi",
        address="12, rue de la Gare",
        commune=CommuneFactory(),
        online=True,
        online_link="https://visio.example/secret",
    )


def events_of(body: bytes) -> list[Any]:
    return list(Calendar.from_ical(body).walk("VEVENT"))


def test_an_event_is_a_file_for_ones_calendar(client: Client, workshop: Any) -> None:
    response = client.get("/evenements/tutorat/evenement.ics")
    assert (response["Content-Type"], response["Content-Disposition"], response["Content-Language"]) == (
        "text/calendar; charset=utf-8; method=PUBLISH",
        'attachment; filename="tutorat.ics"',
        "fr",
    )
    (event,) = events_of(response.content)
    assert {name: str(event[name]) for name in ("UID", "SUMMARY", "LOCATION", "URL", "STATUS")} == {
        "UID": f"{workshop.translation_key}@localhost",
        "SUMMARY": "Tutorat : mode d’emploi",
        "LOCATION": "Maison de l’emploi, 12, rue de la Gare, Lille",
        "URL": "http://localhost:8000/evenements/tutorat/",
        "STATUS": "CONFIRMED",
    }


def test_its_times_are_those_of_paris_and_the_zone_is_declared_in_two_rules(
    client: Client, workshop: Any
) -> None:
    text = client.get("/evenements/tutorat/evenement.ics").content.decode()
    assert "DTSTART;TZID=Europe/Paris:20310708T093000\r\n" in text
    assert "DTEND;TZID=Europe/Paris:20310708T123000\r\n" in text
    (zone,) = Calendar.from_ical(text).walk("VTIMEZONE")
    assert [(rule.name, str(rule["TZNAME"])) for rule in zone.subcomponents] == [
        ("DAYLIGHT", "CEST"),
        ("STANDARD", "CET"),
    ]
    (event,) = events_of(text.encode())
    assert event["DTSTART"].dt.utcoffset() == dt.timedelta(hours=2)


def test_the_link_to_join_is_nowhere_in_it(client: Client, workshop: Any) -> None:
    for address in ("/evenements/tutorat/evenement.ics", "/evenements/calendrier.ics"):
        assert b"visio.example" not in client.get(address).content


def test_a_cancelled_event_stays_and_says_so(client: Client, workshop: Any) -> None:
    workshop.cancelled_at = timezone.now()
    workshop.save()
    write_facts(workshop)
    (event,) = events_of(client.get("/evenements/calendrier.ics").content)
    assert str(event["STATUS"]) == "CANCELLED"


def test_each_publication_makes_a_later_sequence(client: Client, workshop: Any) -> None:
    def sequence() -> int:
        return int(events_of(client.get("/evenements/tutorat/evenement.ics").content)[0]["SEQUENCE"])

    assert sequence() == 0
    workshop.last_published_at = workshop.first_published_at + dt.timedelta(minutes=90)
    workshop.save()
    assert sequence() == 90


def test_an_event_is_the_same_one_in_every_language(client: Client, workshop: Any) -> None:
    english, _created = Locale.objects.get_or_create(language_code="en")
    copy = workshop.copy_for_translation(english, copy_parents=True)
    copy.title, copy.live, copy.facts = "Mentoring, step by step", True, workshop.facts
    copy.last_published_at = workshop.first_published_at + dt.timedelta(minutes=30)
    copy.save()
    for parent in copy.get_ancestors().filter(depth__gt=1):
        parent.live = True
        parent.save()
    versions = [
        events_of(client.get(f"{prefix}/evenements/tutorat/evenement.ics").content)[0]
        for prefix in ("", "/en")
    ]
    assert [str(event["SUMMARY"]) for event in versions] == [
        "Tutorat : mode d’emploi",
        "Mentoring, step by step",
    ]
    same = [{str(event["UID"]), str(event["SEQUENCE"])} for event in versions]
    assert same[0] == same[1]


def test_the_agenda_holds_what_comes_and_the_last_six_months(client: Client, tree: Tree) -> None:
    now = timezone.now()
    for days in (-400, -170, -1, 5):
        starts = now + dt.timedelta(days=days)
        EventPageFactory(
            parent=tree.events,
            title=f"à {days} jours",
            starts_at=starts,
            ends_at=starts + dt.timedelta(hours=2),
        )
    response = client.get("/evenements/calendrier.ics")
    assert [str(event["SUMMARY"]) for event in events_of(response.content)] == [
        "à -170 jours",
        "à -1 jours",
        "à 5 jours",
    ]
    whole = Calendar.from_ical(response.content)
    assert (str(whole["METHOD"]), str(whole["X-WR-CALNAME"])[:10]) == ("PUBLISH", "Atout’âge ")


@pytest.mark.parametrize("count", [1, 3])
def test_the_agenda_costs_as_many_queries_whatever_it_holds(
    client: Client, tree: Tree, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    EventPageFactory.create_batch(count, parent=tree.events, commune=CommuneFactory())
    client.get("/evenements/calendrier.ics")
    with django_assert_num_queries(3):
        client.get("/evenements/calendrier.ics")


def test_only_events_have_a_calendar(client: Client, tree: Tree) -> None:
    NewsPageFactory(parent=tree.news, slug="une-nouvelle")
    for address in (
        "/actualites/une-nouvelle/evenement.ics",
        "/actualites/calendrier.ics",
        "/evenements/inconnu/evenement.ics",
    ):
        assert client.get(address).status_code == 404


def test_a_page_for_some_has_no_calendar(client: Client, workshop: Any) -> None:
    PageViewRestriction.objects.create(page=workshop, restriction_type=PageViewRestriction.LOGIN)
    assert client.get("/evenements/tutorat/evenement.ics").status_code == 404
