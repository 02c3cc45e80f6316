"""Pages of every kind, live and with their facts. All of them stand under a `tree`."""

from __future__ import annotations

import datetime as dt
from typing import Any

import factory
import wagtail_factories
from django.utils import timezone

from charters.models import CharterPage, SignatoryIndexPage
from common.facts import FactsPage, write_facts
from events.models import EventIndexPage, EventPage
from home.models import (
    AccessibilityPage,
    ContactPage,
    HomePage,
    NewsIndexPage,
    NewsPage,
    SiteMapPage,
    StandardPage,
    VideoIndexPage,
    VideoPage,
)
from toolbox.models import KitPage, KitTool, PracticeIndexPage, PracticePage, ToolIndexPage, ToolPage

from .shared import OrganisationFactory, ThemeFactory


def long_ago() -> dt.datetime:
    return timezone.now() - dt.timedelta(days=30)


class LivePageFactory(wagtail_factories.PageFactory):
    """A page that was published a month ago."""

    class Meta:
        abstract = True
        skip_postgeneration_save = True

    title = factory.Sequence("Page {}".format)
    summary = factory.LazyAttribute(lambda o: f"Ce que l’on apprend dans « {o.title} ».")
    live = True
    first_published_at = factory.LazyFunction(long_ago)
    last_published_at = factory.SelfAttribute("first_published_at")

    @classmethod
    def _create(cls, model_class: type[Any], *args: Any, **kwargs: Any) -> Any:
        links = {name: kwargs.pop(name) for name in ("themes", "tools", "organisers") if name in kwargs}
        page = super()._create(model_class, *args, **kwargs)
        for name, rows in links.items():
            getattr(page, name).set(rows)
        if links:
            page.save()
        if isinstance(page, FactsPage) and page.live:
            write_facts(page)
        return page


class HomePageFactory(LivePageFactory):
    class Meta:
        model = HomePage

    title = "Atout’âge"
    slug = "accueil"
    hero_title = "L’expérience est un *atout*"
    hero_lead = "Des pratiques qui marchent, racontées par des entreprises d’ici."


class StandardPageFactory(LivePageFactory):
    class Meta:
        model = StandardPage


class ContactPageFactory(LivePageFactory):
    class Meta:
        model = ContactPage

    title = "Contact"


class SiteMapPageFactory(LivePageFactory):
    class Meta:
        model = SiteMapPage

    title = "Plan du site"


class AccessibilityPageFactory(LivePageFactory):
    class Meta:
        model = AccessibilityPage

    title = "Accessibilité"
    slug = "accessibilite"
    declared_on = factory.LazyFunction(timezone.localdate)
    commitment = "<p>Nous nous engageons.</p>"
    technologies = "HTML5, CSS, JavaScript"
    contact = "<p>Écrivez-nous.</p>"


class NewsIndexPageFactory(LivePageFactory):
    class Meta:
        model = NewsIndexPage

    title = "Actualités"


class NewsPageFactory(LivePageFactory):
    class Meta:
        model = NewsPage

    published_on = factory.LazyFunction(timezone.localdate)


class VideoIndexPageFactory(LivePageFactory):
    class Meta:
        model = VideoIndexPage

    title = "Vidéos"


class VideoPageFactory(LivePageFactory):
    class Meta:
        model = VideoPage

    lead_theme = factory.SubFactory(ThemeFactory)
    address = "https://video.example.org/film"
    duration = 180
    published_on = factory.LazyFunction(timezone.localdate)


class PracticeIndexPageFactory(LivePageFactory):
    class Meta:
        model = PracticeIndexPage

    title = "Bonnes pratiques"


class PracticePageFactory(LivePageFactory):
    class Meta:
        model = PracticePage

    title = factory.Sequence("Pratique {}".format)
    lead_theme = factory.SubFactory(ThemeFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    sector = "industrie"
    size = "10to49"
    effort = "medium"
    cost = "none"
    year = 2024
    context_text = "<p>Des départs à venir.</p>"
    actions_text = "<p>Des binômes.</p>"
    results_text = "<p>Le savoir est resté.</p>"
    keys_text = "<ul><li>Du temps.</li></ul>"
    pitfalls_text = "<ul><li>Choisir trop vite.</li></ul>"


class ToolIndexPageFactory(LivePageFactory):
    class Meta:
        model = ToolIndexPage

    title = "Boîte à outils"
    slug = "boite-a-outils"


class ToolPageFactory(LivePageFactory):
    class Meta:
        model = ToolPage

    title = factory.Sequence("Outil {}".format)
    lead_theme = factory.SubFactory(ThemeFactory)
    kind = "link"
    address = "https://outils.example.org/grille"


class KitPageFactory(LivePageFactory):
    """A kit of the tools given as `holds`, in order."""

    class Meta:
        model = KitPage

    title = factory.Sequence("Kit {}".format)

    @factory.post_generation
    def holds(self: Any, create: bool, extracted: Any, **_kwargs: Any) -> None:
        for place, tool in enumerate(extracted or []):
            KitTool.objects.create(page=self, tool=tool, sort_order=place, note=f"Étape {place + 1}")


class EventIndexPageFactory(LivePageFactory):
    class Meta:
        model = EventIndexPage

    title = "Événements"
    slug = "evenements"


class EventPageFactory(LivePageFactory):
    """An event in a week; `past=True` for one a week ago."""

    class Meta:
        model = EventPage

    class Params:
        past = False

    title = factory.Sequence("Atelier {}".format)
    lead_theme = factory.SubFactory(ThemeFactory)
    format = "workshop"
    starts_at = factory.LazyAttribute(lambda o: timezone.now() + dt.timedelta(days=-7 if o.past else 7))
    ends_at = factory.LazyAttribute(lambda o: o.starts_at + dt.timedelta(hours=3))
    place = "Maison de l’emploi"
    capacity = 20


class CharterPageFactory(LivePageFactory):
    class Meta:
        model = CharterPage

    title = "Charte"


class SignatoryIndexPageFactory(LivePageFactory):
    class Meta:
        model = SignatoryIndexPage

    title = "Signataires"
