"""No room may forget what it knows of people: every model that points to one is somebody's business."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models

from common.registries import personal_data
from members.models import User
from members.privacy import reading
from tests.members.privacy.people import known, working

# Models with a key to an account, or a field for an address, that no section answers for, and why.
EXCUSED = {
    "members.OrganisationMerge": "who merged two companies: kept under “Former member”, exported as history",
    "members.DistinctPair": "who said that two companies differ: kept under “Former member”",
    "wagtailimages.Image": "Wagtail’s own model, replaced by common.Image; its table is empty",
    "wagtaildocs.Document": "Wagtail’s own model, replaced by common.Document; its table is empty",
    "wagtail_localize.StringTranslation": "who translated a sentence: kept under “Former member”",
    "wagtail_localize.SegmentOverride": "the same",
    "home.SiteSettings": "addresses of the association",
}


def points_to_people(field: models.Field[object, object]) -> bool:
    kinds = (models.EmailField, models.GenericIPAddressField)
    return isinstance(field, kinds) or getattr(field, "related_model", None) is User


def test_every_model_that_knows_people_is_in_a_section_or_excused() -> None:
    answered = {label for data in personal_data for label in data.models}
    known = {
        model._meta.label
        for model in apps.get_models(include_auto_created=True)
        if not model._meta.proxy and any(points_to_people(field) for field in model._meta.local_fields)
    }
    assert sorted(known - answered - EXCUSED.keys()) == []


def test_sections_name_models_that_exist_and_only_once() -> None:
    named = [label for data in personal_data for label in data.models]
    assert sorted({label for label in named if named.count(label) > 1}) == []
    assert [label for label in named if apps.get_model(label)._meta.label != label] == []


def test_each_section_has_a_key_of_its_own() -> None:
    keys = [data.key for data in personal_data]
    assert len(keys) == len(set(keys))


@pytest.mark.django_db
def test_every_key_of_the_copy_has_a_name_that_people_read() -> None:
    user = known()
    working(user)
    unnamed = {
        f"{data.key}.{key}"
        for data in personal_data
        for row in data.export(user)
        for key in row
        if key not in reading.labels_of(data)
    }
    assert sorted(unnamed) == []
