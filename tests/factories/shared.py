"""Rows that every room refers to."""

from __future__ import annotations

import datetime as dt

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from common.models import Commune, Operation, Theme
from common.models.themes import Family
from members.models import Organisation, User


class ThemeFactory(DjangoModelFactory):
    class Meta:
        model = Theme
        django_get_or_create = ("slug",)

    slug = factory.Sequence("theme-{}".format)
    family = Family.PASS_ON
    position = factory.Sequence(lambda n: 1000 + n)
    names = factory.LazyAttribute(lambda o: {"fr": o.slug.capitalize(), "en": f"{o.slug} (en)"})
    descriptions = factory.LazyAttribute(lambda o: {"fr": f"Ce que l’on fait pour {o.slug}."})


class CommuneFactory(DjangoModelFactory):
    class Meta:
        model = Commune
        django_get_or_create = ("insee_code",)

    insee_code = "59350"
    names = factory.LazyFunction(lambda: {"fr": "Lille", "nl": "Rijsel"})
    postal_codes = factory.LazyFunction(lambda: ["59000", "59800"])
    population = 238_000
    epci_siren = "200093201"
    epci_name = "Métropole européenne de Lille"
    latitude = 50.63297
    longitude = 3.05858
    sort_name = "lille"


class OperationFactory(DjangoModelFactory):
    class Meta:
        model = Operation

    slug = factory.Sequence("operation-{}".format)
    title = "Une opération"
    starts = factory.LazyFunction(lambda: timezone.localdate() - dt.timedelta(days=100))
    ends = factory.LazyFunction(lambda: timezone.localdate() + dt.timedelta(days=100))
    keep_until = factory.LazyAttribute(lambda o: o.ends + dt.timedelta(days=1825))
    wording = "Cofinancé par l’Union européenne"


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    slug = factory.Sequence("entreprise-{}".format)
    name = factory.LazyAttribute(lambda o: o.slug.replace("-", " ").capitalize())
    sector = "industrie"
    headcount = "12"
    commune = factory.SubFactory(CommuneFactory)


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        admin = factory.Trait(is_staff=True, is_superuser=True)

    email = factory.Sequence("personne-{}@example.org".format)
    password = factory.django.Password("un mot de passe assez long")
