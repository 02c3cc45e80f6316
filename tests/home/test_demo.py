"""The demonstration: loading it, loading it again, taking it away."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.core.management import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from charters.models import Cohort, Signature
from common.addresses import path_of
from common.models import Document, GoneAddress, Image, Rendition
from common.storage import MediaStorage
from events.models import Event, EventPage
from home.models import HomePage, NewsPage, StandardPage, Video, VideoPage
from members.models import Organisation
from tests.home.commands import load, remove, rewrite, rows, writes
from toolbox.models import Practice, PracticePage, ToolPage

if TYPE_CHECKING:
    from pathlib import Path

    from tests.home.conftest import Demonstration

MONDAY = dt.datetime(2126, 3, 4, 8, tzinfo=dt.UTC)


# ---------------------------------------------------------------- what is loaded
def test_a_practice_has_its_sections_its_facts_and_its_dates(demo: Path) -> None:
    page = PracticePage.objects.get()
    assert page.example
    assert [theme.slug for theme in (page.lead_theme, *page.themes.all())] == [
        "transmission",
        "fin-de-carriere",
    ]
    assert page.context_text == "<p>Des <b>départs</b> à venir.</p>"
    assert page.actions_text == "<h3>Choisir</h3>\n<ul>\n<li>Des binômes</li>\n<li>Du temps</li>\n</ul>"
    assert page.results_text == '<p>Le savoir est <a href="/bonnes-pratiques/">resté</a>.</p>'
    assert [(step.value["title"], step.value["duration"]) for step in page.steps] == [
        ("Repérer", "1 semaine"),
        ("Former", "6 mois"),
    ]
    morning = dt.datetime(2024, 3, 12, 8, tzinfo=dt.UTC)
    assert (page.first_published_at, page.last_published_at) == (morning, morning)
    assert Practice.objects.get().published_at == morning


def test_a_practice_knows_the_tools_that_help(demo: Path) -> None:
    assert list(Practice.objects.get().tools.all()) == [ToolPage.objects.get(slug="grille").facts]


def test_the_file_of_a_tool_is_stored_with_its_size_and_hash(demo: Path) -> None:
    document = Document.objects.get()
    assert (document.title, document.file_size, len(document.file_hash)) == ("La grille", 18, 40)
    assert document.file.name.startswith("private/documents/")


def test_an_event_is_at_its_hour_in_paris(demo: Path) -> None:
    page = EventPage.objects.get(slug="2021-03-16-atelier")
    assert page.starts_at == dt.datetime(2021, 3, 16, 8, tzinfo=dt.UTC)
    assert page.ends_at == dt.datetime(2021, 3, 16, 11, tzinfo=dt.UTC)


def test_a_coming_event_has_its_series_and_organisers(demo: Path) -> None:
    event = Event.objects.upcoming().get()
    assert {row.slug for row in event.organisers.all()} == {"asso", "atelier"}
    assert event.series is not None
    assert event.series.slug == "club"


def test_a_film_comes_with_captions_and_poster(demo: Path) -> None:
    film = Video.objects.get()
    with film.file.open() as stored:
        assert stored.read() == b"not really a film\n"
    assert str(film.captions).startswith("private/films/")
    assert str(VideoPage.objects.get().poster) == "un film"


def test_a_news_item_has_its_picture_and_its_blocks(demo: Path) -> None:
    page = NewsPage.objects.get()
    assert [block.block_type for block in page.body] == ["text", "picture", "video"]
    assert page.body[1].value["image"].contextual_alt_text == "Deux personnes devant une machine"


def test_pictures_are_cut_to_size_at_once(demo: Path) -> None:
    image = NewsPage.objects.get().picture
    renditions = Rendition.objects.filter(image=image).order_by("width")
    assert list(renditions.values_list("width", flat=True)) == [480, 960, 1440]


def test_pages_stand_where_their_folder_says(demo: Path) -> None:
    assert path_of(StandardPage.objects.get(slug="gouvernance")) == "/association/gouvernance/"


def test_the_home_page_shows_the_chosen_practices_first(demo: Path) -> None:
    home = HomePage.objects.get()
    assert [block.block_type for block in home.sections] == ["practices", "charter", "figures"]
    assert [page.pk for page in home.sections[0].value["chosen"]] == [PracticePage.objects.get().pk]


def test_a_label_that_was_renewed_is_two_labels(demo: Path) -> None:
    signature = Signature.objects.get(organisation__slug="atelier")
    assert (signature.state, signature.version.code) == ("labelled", "2019")
    assert sorted(label.valid_until.year for label in signature.labels.all()) == [2024, 2127]


def test_a_signature_may_have_a_cohort_and_no_day(demo: Path) -> None:
    signature = Signature.objects.get(organisation__slug="asso")
    assert (signature.state, signature.signed_on) == ("signed", None)
    assert [row.slug for row in Cohort.objects.get(code="2021").cosigners.all()] == ["asso"]


# ---------------------------------------------------------------- loading again
def test_loading_again_writes_nothing(demo: Path) -> None:
    with CaptureQueriesContext(connection) as queries:
        load(demo)
    assert writes(queries) == []


def test_a_changed_file_updates_its_page_which_keeps_one_revision(demo: Path) -> None:
    before = PracticePage.objects.get()
    rewrite(demo / "practices" / "un-binome.md", "Un binôme avant", "Deux binômes avant")
    load(demo)
    after = PracticePage.objects.get()
    assert (after.pk, after.title) == (before.pk, "Deux binômes avant chaque départ")
    assert after.get_latest_revision_as_object().title == after.title
    assert after.revisions.count() == 1


def test_a_changed_file_of_a_tool_replaces_the_stored_one(demo: Path) -> None:
    before = Document.objects.get()
    (demo / "tools" / "files" / "grille.csv").write_text("autre chose\n")
    load(demo)
    after = Document.objects.get()
    assert (after.pk, after.file_size) == (before.pk, 12)
    assert after.file_hash != before.file_hash


def test_a_changed_picture_is_cut_again(demo: Path) -> None:
    former = set(Rendition.objects.values_list("pk", flat=True))
    (demo / "images" / "atelier.png").write_bytes(
        (demo / "videos" / "files" / "un-film.png").read_bytes() + b" "
    )
    load(demo)
    assert len(former & set(Rendition.objects.values_list("pk", flat=True))) == 3
    assert Rendition.objects.count() == 6


def test_coming_events_move_with_the_day_of_loading(demo: Path) -> None:
    with time_machine.travel(MONDAY, tick=False):
        load(demo)
        assert Event.objects.upcoming().get().starts_at == dt.datetime(2126, 3, 26, 11, 15, tzinfo=dt.UTC)
    with time_machine.travel(MONDAY + dt.timedelta(weeks=5), tick=False):
        load(demo)
        # The clocks changed in between; the hour on them did not.
        assert Event.objects.upcoming().get().starts_at == dt.datetime(2126, 4, 30, 10, 15, tzinfo=dt.UTC)


def test_coming_events_stay_where_they_are_within_a_week(demo: Path) -> None:
    with time_machine.travel(MONDAY, tick=False):
        load(demo)
    with (
        time_machine.travel(MONDAY + dt.timedelta(days=6), tick=False),
        CaptureQueriesContext(connection) as queries,
    ):
        load(demo)
    assert writes(queries) == []


def test_an_event_that_moved_keeps_one_revision_and_its_announcement(demo: Path) -> None:
    announced = EventPage.objects.get(slug="le-club").first_published_at
    with time_machine.travel(MONDAY, tick=False):
        load(demo)
    page = EventPage.objects.get(slug="le-club")
    assert page.first_published_at == announced
    assert page.get_latest_revision_as_object().starts_at == page.starts_at
    assert page.revisions.count() == 1


def test_what_people_edited_is_left_alone(demo: Path) -> None:
    page = PracticePage.objects.get()
    page.summary = "Corrigé par la rédaction."
    page.save_revision()
    Organisation.objects.filter(slug="atelier").update(name="L’Atelier du Nord")
    rewrite(demo / "practices" / "un-binome.md", "Quatorze binômes", "Quinze binômes")
    rewrite(demo / "organisations.yaml", "L’Atelier", "Un atelier")
    said = load(demo)
    assert PracticePage.objects.get().summary == "Quatorze binômes formés en dix-huit mois."
    assert Organisation.objects.get(slug="atelier").name == "L’Atelier du Nord"
    assert [line for line in said.splitlines() if "left as it is" in line] == [
        "demo/organisations.yaml: edited on the site since it was loaded; left as it is",
        "demo/practices/un-binome.md: edited on the site since it was loaded; left as it is",
    ]


def test_what_people_deleted_stays_away(demo: Path) -> None:
    NewsPage.objects.get().delete()
    rewrite(demo / "news" / "une-nouvelle.md", "Un paragraphe.", "Un autre paragraphe.")
    load(demo)
    assert NewsPage.objects.count() == 0


def test_what_leaves_the_folder_leaves_the_site(demo: Path) -> None:
    (demo / "news" / "une-nouvelle.md").unlink()
    load(demo)
    assert NewsPage.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("practices/un-binome.md", "[transmission,", "[transmision,", "4: no theme “transmision”"),
        ("practices/un-binome.md", "size: 10to49", "size: 12", "6: “size” is “12”; it must be one of: lt10,"),
        (
            "practices/un-binome.md",
            "## Résultats",
            "## Chiffres",
            "19: the section “## Résultats” is missing",
        ),
        ("practices/un-binome.md", "1 semaine", "1 semaine" * 10, "44: step: duration: "),
        (
            "news/une-nouvelle.md",
            "```video\nvideo",
            "```film\nvideo",
            "17: “film” is no block; there are acc",
        ),
        ("news/une-nouvelle.md", "caption: ", "caption: [", "15: this is not YAML: "),
        ("news/une-nouvelle.md", "alt: ", "texte: ", "12: this “image” block lacks something: 'alt'"),
        ("news/une-nouvelle.md", "Un paragraphe.", "# Trop haut", "9: headings of a page are ## or ###"),
        ("tools/grille.md", "grille.csv", "absente.csv", "6: no such file: files/absente.csv"),
        ("events/le-club.md", "tuesday", "mardi", "7: “in” gives weeks, a weekday in English"),
        ("pages/home.md", "toolbox.practices", "toolbox.things", "6: figures: "),
        ("organisations.yaml", '"59009"', '"75056"', "2: no commune “75056”"),
    ],
)
def test_an_error_names_the_file_and_the_line_and_nothing_is_lost(
    demo: Path, name: str, old: str, new: str, said: str
) -> None:
    before = rows()
    rewrite(demo / name, old, new)
    with pytest.raises(CommandError) as raised:
        load(demo)
    wanted = f"demo/{name}:{said}"
    assert str(raised.value).splitlines()[0][: len(wanted)] == wanted
    assert rows() == before


# ---------------------------------------------------------------- taking it away
def test_removal_leaves_what_setting_up_made_and_what_people_added(loaded: Demonstration, demo: Path) -> None:
    own = Organisation.objects.create(slug="nous", name="Nous")
    remove()
    assert Organisation.objects.get() == own
    own.delete()
    after = rows()
    assert (after - loaded.before, loaded.before - after) == (Counter(), Counter())
    assert GoneAddress.objects.count() == 0


def test_removal_gives_the_home_page_its_first_words_back(demo: Path) -> None:
    remove()
    home = HomePage.objects.get()
    assert [block.block_type for block in home.sections] == [
        "practices",
        "events",
        "charter",
        "themes",
        "tools",
        "video",
        "news",
    ]
    assert home.revisions.count() == 1


def test_removal_takes_the_files_along(
    demo: Path, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    deleted: list[str] = []
    monkeypatch.setattr(MediaStorage, "delete", lambda _storage, name: deleted.append(name))
    page = VideoPage.objects.get()
    names = {page.file.name, page.captions.name, Document.objects.get().file.name}
    names |= {row.file.name for row in (*Image.objects.all(), *Rendition.objects.all())}
    with django_capture_on_commit_callbacks(execute=True):
        remove()
    assert set(deleted) == names


def test_removal_keeps_what_people_edited_unless_told_otherwise(demo: Path) -> None:
    page = PracticePage.objects.get()
    page.summary = "Corrigé par la rédaction."
    page.save_revision().publish()
    said = remove()
    assert PracticePage.objects.get() == page
    assert Organisation.objects.get().slug == "atelier"
    assert "practices/un-binome stays: edited on the site since it was loaded" in said.splitlines()
    remove(edited_too=True)
    assert (PracticePage.objects.count(), Practice.objects.count()) == (0, 0)


def test_removal_keeps_a_page_with_a_page_of_somebody_below_it(demo: Path) -> None:
    parent = StandardPage.objects.get(slug="association")
    parent.add_child(instance=StandardPage(title="Notre équipe", slug="equipe"))
    said = remove()
    assert "pages/association stays: there are pages below it" in said.splitlines()
    assert StandardPage.objects.get(slug="equipe").get_parent().specific == parent


def test_loading_after_a_removal_brings_everything_back(demo: Path) -> None:
    before = rows()
    remove()
    load(demo)
    assert rows() == before
