"""What is found follows what is published, moved, renamed and deleted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import TestCase
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Locale, Page, PageViewRestriction

from charters.models import CharterVersion, Signature
from common.vocabulary import Sector
from events.models import EventPage
from home.models import NewsPage, StandardPage, VideoPage
from members.models import Organisation
from search.backends import backend
from search.backends.base import Filters
from search.indexing import index_rows, rebuild
from search.models import Entry
from search.query import parse
from tests.factories.pages import (
    EventPageFactory,
    NewsPageFactory,
    PracticePageFactory,
    StandardPageFactory,
    ToolPageFactory,
    VideoPageFactory,
)
from tests.factories.shared import OrganisationFactory, ThemeFactory
from tests.factories.site import Tree
from toolbox.models import PracticePage


@contextmanager
def committed() -> Iterator[None]:
    """What waits for the commit happens at the end of the block."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        yield


def publish(page: Page) -> None:
    with committed():
        page.save_revision().publish()


def found(text: str, language: str = "fr") -> list[tuple[str, str]]:
    """Type and title of what is found."""
    ids = backend().search(parse(text, language), Filters(language)).ids
    entries = Entry.objects.in_bulk(ids)
    return [(entries[pk].kind, entries[pk].title) for pk in ids]


@pytest.fixture
def practice(tree: Tree) -> PracticePage:
    """A published practice about tutoring, of a company that is not found by itself."""
    page = PracticePageFactory(
        parent=tree.practices,
        organisation=OrganisationFactory(confirmed_at=None),
        title="Un tutorat croisé",
        summary="",
        live=False,
        lead_theme=ThemeFactory(slug="transmission"),
    )
    publish(page)
    return PracticePage.objects.get(pk=page.pk)


@pytest.fixture
def translate(tree: Tree) -> Callable[[Page, str], Page]:
    """Make and publish the English version of a page, under another title."""
    english = Locale.objects.create(language_code="en")
    tree.home.copy_for_translation(english).save_revision().publish()

    def make(page: Page, title: str) -> Page:
        translation = page.copy_for_translation(english, copy_parents=True)
        for above in translation.get_ancestors().filter(live=False):
            above.specific.save_revision().publish()
        translation.title = title
        publish(translation)
        return translation

    return make


def test_a_page_is_found_as_soon_as_it_is_published(practice: PracticePage) -> None:
    assert found("tutorat") == [("practice", "Un tutorat croisé")]


def test_a_new_title_is_found_and_the_old_one_is_not(practice: PracticePage) -> None:
    practice.title = "Un mentorat inversé"
    publish(practice)
    assert found("mentorat") == [("practice", "Un mentorat inversé")]
    assert found("tutorat") == []
    assert Entry.objects.count() == 1


def test_a_draft_of_a_published_page_changes_nothing(practice: PracticePage) -> None:
    practice.title = "Un mentorat inversé"
    with committed():
        practice.save_revision()
    assert found("mentorat") == []
    assert found("tutorat") == [("practice", "Un tutorat croisé")]


def test_a_draft_is_never_found(tree: Tree) -> None:
    with committed():
        page = PracticePageFactory(parent=tree.practices, title="Brouillon", live=False)
        page.save_revision()
    rebuild()
    assert found("brouillon") == []


def test_an_unpublished_page_is_no_longer_found(practice: PracticePage) -> None:
    with committed():
        practice.unpublish()
    assert found("tutorat") == []


def test_a_deleted_page_is_no_longer_found(practice: PracticePage) -> None:
    with committed():
        Page.objects.get(pk=practice.pk).delete()
    assert found("tutorat") == []


def test_pages_deleted_with_their_parent_are_no_longer_found(practice: PracticePage, tree: Tree) -> None:
    with committed():
        tree.practices.delete()
    assert found("tutorat") == []


def test_a_private_page_is_not_found_until_it_is_public_again(practice: PracticePage, tree: Tree) -> None:
    with committed():
        restriction = PageViewRestriction.objects.create(page=tree.practices, restriction_type="login")
    assert found("tutorat") == []
    with committed():
        restriction.delete()
    assert found("tutorat") == [("practice", "Un tutorat croisé")]


def test_a_private_page_may_be_deleted(practice: PracticePage) -> None:
    with committed():
        PageViewRestriction.objects.create(page=practice, restriction_type="login")
    with committed():
        Page.objects.get(pk=practice.pk).delete()
    assert Entry.objects.count() == 0


def test_a_new_address_above_is_the_address_found(practice: PracticePage, tree: Tree) -> None:
    tree.practices.slug = "pratiques"
    publish(tree.practices)
    assert Entry.objects.get().url == f"/pratiques/{practice.slug}/"


def test_a_moved_page_has_its_new_address(tree: Tree) -> None:
    parent = StandardPageFactory(parent=tree.home, title="L’association", slug="association")
    page = StandardPageFactory(parent=tree.home, title="Nos bilans", slug="bilans")
    publish(page)
    with committed():
        page.move(parent, pos="last-child")
    assert Entry.objects.get(title="Nos bilans").url == "/association/bilans/"


def test_each_language_finds_its_own_version(
    practice: PracticePage, translate: Callable[[Page, str], Page]
) -> None:
    translate(practice, "Cross tutoring")
    assert found("tutorat") == [("practice", "Un tutorat croisé")]
    assert found("tutoring") == []
    assert found("tutoring", "en") == [("practice", "Cross tutoring")]
    assert Entry.objects.get(language="en").url.startswith("/en/")


def test_a_mirror_of_the_french_page_is_not_found_in_english(
    practice: PracticePage, translate: Callable[[Page, str], Page]
) -> None:
    translation = translate(practice, "Cross tutoring")
    translation.alias_of = practice
    translation.save()
    rebuild()
    assert found("tutoring", "en") == []


def test_themes_changed_in_french_are_changed_in_every_language(
    practice: PracticePage, translate: Callable[[Page, str], Page]
) -> None:
    translate(practice, "Cross tutoring")
    practice.lead_theme = ThemeFactory(slug="aidants", names={"fr": "Aidants", "en": "Carers"})
    publish(practice)
    assert set(Entry.objects.values_list("language", "themes")) == {("fr", " aidants "), ("en", " aidants ")}
    assert found("carers", "en") == [("practice", "Cross tutoring")]


def test_a_theme_given_twice_is_one(tree: Tree) -> None:
    page = PracticePageFactory(
        parent=tree.practices,
        organisation=None,
        live=False,
        lead_theme=ThemeFactory(slug="transmission"),
        themes=[ThemeFactory(slug="aidants"), ThemeFactory(slug="transmission")],
    )
    publish(page)
    assert Entry.objects.get().theme_slugs == ["aidants", "transmission"]


def test_a_practice_is_found_by_its_company_whatever_its_name(practice: PracticePage) -> None:
    organisation = Organisation.objects.get(practicepage_set=practice)
    organisation.name = "Filatures du Ferrain"
    with committed():
        organisation.save()
    assert found("ferrain") == [("practice", "Un tutorat croisé")]


def test_a_practice_is_found_by_its_sector_and_commune(practice: PracticePage) -> None:
    assert found(f"lille {Sector.INDUSTRY.label}") == [("practice", "Un tutorat croisé")]


def test_an_event_is_found_by_its_place_and_format(tree: Tree) -> None:
    publish(EventPageFactory(parent=tree.events, title="Recruter", place="Maison de l’emploi", live=False))
    assert found("maison emploi") == [("event", "Recruter")]
    assert timezone.localdate(EventPage.objects.get().starts_at) == Entry.objects.get().date


def test_the_link_to_join_an_event_is_not_found(tree: Tree) -> None:
    publish(EventPageFactory(parent=tree.events, online_link="https://visio.example.org/x", live=False))
    entry = Entry.objects.get()
    assert "visio" not in f"{entry.body} {entry.summary} {entry.keywords}"


def test_a_tool_is_found_by_its_kind_and_its_words(tree: Tree) -> None:
    body = [
        ("heading", {"text": "Mode d’emploi", "level": "2"}),
        ("text", "<p>Cochez <b>chaque</b> ligne.</p>"),
    ]
    publish(ToolPageFactory(parent=tree.tools, title="Grille", kind="checklist", body=body, live=False))
    assert found('"cochez chaque ligne"') == [("tool", "Grille")]
    assert Entry.objects.get().body.startswith("Mode d’emploi Cochez chaque ligne.")


def test_a_video_is_found_by_what_is_said_in_it(tree: Tree) -> None:
    publish(
        VideoPageFactory(
            parent=tree.videos,
            title="Film",
            duration=180,
            transcript="On m’a dit :\n« prends ton temps ».",
            live=False,
        )
    )
    assert found('"prends ton temps"') == [("video", "Film")]
    assert VideoPage.objects.get().published_on == Entry.objects.get().date


def test_news_and_standard_pages_are_found_by_their_body(tree: Tree) -> None:
    body = [("quote", {"text": "Le compagnonnage, enfin.", "attribution": "Un tuteur"})]
    publish(NewsPageFactory(parent=tree.news, title="Nouvelle", body=body, live=False))
    publish(StandardPageFactory(parent=tree.home, title="L’histoire", body=body, live=False))
    assert set(found("compagnonnage tuteur")) == {("news", "Nouvelle"), ("page", "L’histoire")}
    assert NewsPage.objects.count() == StandardPage.objects.count() == 1


def test_addresses_in_blocks_are_not_words(tree: Tree) -> None:
    link = {"title": "À suivre", "text": "Venez.", "label": "Oui", "page": None, "address": "/secret/chemin/"}
    page = StandardPageFactory(parent=tree.home, body=[("call_to_action", link)], live=False)
    publish(page)
    assert Entry.objects.get().body == "À suivre Venez. Oui"


@pytest.fixture
def signature(tree: Tree) -> Signature:
    """A company that signed the charter."""
    organisation = OrganisationFactory(name="Ateliers de la Lys", slug="ateliers-lys", sector="industrie")
    version = CharterVersion.objects.create(code="2019", adopted_on="2019-11-19")
    with committed():
        return Signature.objects.create(
            organisation=organisation, version=version, state="signed", signed_on="2019-11-19"
        )


def test_a_signatory_is_found_at_its_line_of_the_directory(signature: Signature) -> None:
    entry = Entry.objects.get()
    assert found("lys") == [("signatory", "Ateliers de la Lys")]
    assert entry.url == "/charte/signataires/?commune=59350&sector=industrie#ateliers-lys"
    assert (entry.date.isoformat() if entry.date else "") == "2019-11-19"


def test_a_signatory_is_found_in_every_language(signature: Signature) -> None:
    assert found("ateliers", "en") == found("ateliers", "nl") == [("signatory", "Ateliers de la Lys")]


@pytest.mark.parametrize("state", ["withdrawn", "draft", "refused"])
def test_who_no_longer_stands_by_the_charter_is_not_found(signature: Signature, state: str) -> None:
    signature.state = state
    with committed():
        signature.save()
    assert found("lys") == []


def test_two_signatures_are_one_company(signature: Signature) -> None:
    newer = CharterVersion.objects.create(code="2025", adopted_on="2025-01-01")
    with committed():
        Signature.objects.create(
            organisation=signature.organisation, version=newer, state="labelled", signed_on="2025-01-02"
        )
    assert found("lys") == [("signatory", "Ateliers de la Lys")]


def test_a_company_that_signed_nothing_is_not_found(tree: Tree) -> None:
    with committed():
        OrganisationFactory(name="Ateliers de la Lys")
    rebuild()
    assert found("lys") == []


def test_a_company_deleted_is_no_longer_found(signature: Signature) -> None:
    organisation = signature.organisation
    with committed():
        signature.delete()
        organisation.delete()
    assert found("lys") == []


def test_a_rebuild_finds_what_no_signal_told_and_forgets_the_rest(practice: PracticePage, tree: Tree) -> None:
    PracticePage.objects.filter(pk=practice.pk).update(title="Mentorat")
    Entry.objects.create(kind="practice", target="0", language="fr", url="/x/", title="Fantôme")
    Entry.objects.create(kind="unknown", target="1", language="fr", url="/x/", title="Fantôme")
    counts = rebuild()
    assert (counts["practice"], counts["tool"]) == (1, 0)
    assert found("mentorat") == [("practice", "Mentorat")]
    assert not Entry.objects.filter(title="Fantôme").exists()


def test_the_command_says_what_it_indexed(practice: PracticePage) -> None:
    out = StringIO()
    call_command("rebuild_search", stdout=out)
    assert "practice: 1\n" in out.getvalue()


def test_indexing_the_same_rows_twice_writes_them_once(practice: PracticePage) -> None:
    references: list[list[Any]] = [["toolbox.practicepage", practice.pk]] * 2
    index_rows.call(references)
    index_rows.call(references)
    assert Entry.objects.count() == 1


def test_indexing_a_row_that_is_gone_is_no_error(tree: Tree) -> None:
    index_rows.call([["toolbox.practicepage", 0], ["members.user", 1]])
    assert Entry.objects.count() == 0


def test_publishing_asks_for_one_indexing(practice: PracticePage, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[list[Any]]] = []
    monkeypatch.setattr("search.indexing.index_rows", FakeTask(asked))
    publish(practice)
    company = practice.organisation_id
    assert asked == [[["members.organisation", company], ["toolbox.practicepage", practice.pk]]]


class FakeTask:
    """A task that only remembers what it was asked."""

    def __init__(self, asked: list[list[list[Any]]]) -> None:
        self.enqueue = asked.append


@pytest.mark.parametrize("rows", [1, 3])
def test_rebuilding_practices_takes_the_same_number_of_queries(
    rows: int, tree: Tree, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(rows):
        PracticePageFactory(parent=tree.practices, themes=[ThemeFactory()])
    rebuild()
    with django_assert_num_queries(48 if connection.vendor == "sqlite" else 41):
        rebuild()
