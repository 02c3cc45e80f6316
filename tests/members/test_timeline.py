"""The staff timeline of an organisation."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from django.utils.translation import get_language, override

from members.models import Step
from members.timeline import record
from tests.factories.shared import OrganisationFactory

pytestmark = pytest.mark.django_db


def test_the_same_source_writes_one_step_an_organisation() -> None:
    one, other = OrganisationFactory(), OrganisationFactory()
    first = record(one, Step.Kind.WORKSHOP, "Atelier", source="events.registration:1")
    again = record(one, Step.Kind.NOTE, "Autre chose", source="events.registration:1")
    record(other, Step.Kind.WORKSHOP, "Atelier", source="events.registration:1")
    assert (again.pk, again.text, Step.objects.count()) == (first.pk, "Atelier", 2)


def test_steps_without_a_source_are_each_written_today_unless_dated() -> None:
    organisation = OrganisationFactory()
    record(organisation, Step.Kind.NOTE, "Un")
    record(organisation, Step.Kind.NOTE, "Deux", on=dt.date(2024, 3, 1))
    assert list(Step.objects.order_by("pk").values_list("text", "on")) == [
        ("Un", timezone.localdate()),
        ("Deux", dt.date(2024, 3, 1)),
    ]


def test_a_step_is_written_in_the_language_of_staff() -> None:
    with override("nl"):
        assert record(OrganisationFactory(), Step.Kind.NOTE, lambda: get_language() or "").text == "fr"
