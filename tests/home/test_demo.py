from __future__ import annotations

import datetime as dt
import shutil
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import validate_totp_code
from django.apps import apps
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image as Pixels
from wagtail.models import Locale, Page, Site

from charters.models import Cohort, Engagement, Label, Signature
from common.addresses import path_of
from common.models import Commune, Document, GoneAddress, Image, Rendition, Theme
from common.pages import menu_pages
from events.models import Event, EventPage
from home.content.loading import Loading
from home.content.reading import ContentError
from home.demo.accounts import current_code, secret_of
from home.demo.events import coming
from home.installation.reference import seed_reference_data, sort_name
from home.installation.tree import build
from home.models import AccessibilityPage, HomePage, LoadedRow, NewsPage, StandardPage, Video, VideoPage
from members.models import Organisation, User
from toolbox.models import Practice, PracticePage, ToolPage

HERE = Path(__file__).parent
MONDAY = dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC)
WRITES = ("INSERT", "UPDATE", "DELETE")
# Traces, search and background work: what is counted around the content, not the content.
AROUND = {"wagtailsearch", "contenttypes", "django_tasks_database", "sessions", "auth", "search"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the small demonstration beside this file, with its pictures."""
    copy = shutil.copytree(HERE / "demo", tmp_path / "demo")
    (copy / "images").mkdir()
    for name in ("images/atelier.png", "videos/files/un-film.png"):
        Pixels.new("RGB", (1600, 900), "#2340b8").save(copy / name)
    return copy


def load(folder: Path) -> str:
    said = StringIO()
    call_command("load_demo", folder=folder, stdout=said)
    return said.getvalue()


def remove(*, edited_too: bool = False) -> str:
    said = StringIO()
    call_command("remove_demo", edited_too=edited_too, stdout=said)
    return said.getvalue()


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def rows() -> Counter[str]:
    """How many rows each table of ours and of Wagtail holds."""
    models = [model for model in apps.get_models() if model._meta.app_label not in AROUND]
    return Counter({model._meta.label: model._default_manager.count() for model in models})


def writes(queries: CaptureQueriesContext) -> list[str]:
    return [query["sql"] for query in queries if query["sql"].startswith(WRITES)]


# ---------------------------------------------------------------- the installation
@pytest.mark.django_db
def test_an_installation_has_its_pages_menus_and_reference_rows(settings) -> None:
    settings.PUBLIC_URL = "https://atout-age.example.org"
    call_command("setup_site", stdout=StringIO())
    site = Site.objects.get()
    assert (site.hostname, site.port) == ("atout-age.example.org", 443)
    assert [path_of(page) for page in Page.objects.filter(depth__gt=1).order_by("path")] == [
        "/",
        "/bonnes-pratiques/",
        "/boite-a-outils/",
        "/evenements/",
        "/charte/",
        "/charte/signataires/",
        "/videos/",
        "/actualites/",
        "/contact/",
        "/accessibilite/",
        "/mentions-legales/",
        "/donnees-personnelles/",
        "/plan-du-site/",
    ]
    assert {menu: [path for _title, path in links] for menu, links in menu_pages("fr").items()} == {
        "header": [
            "/bonnes-pratiques/",
            "/boite-a-outils/",
            "/evenements/",
            "/charte/",
            "/videos/",
            "/actualites/",
        ],
        "footer-association": ["/contact/"],
        "footer-legal": ["/accessibilite/", "/mentions-legales/", "/donnees-personnelles/", "/plan-du-site/"],
    }
    assert set(Locale.objects.values_list("language_code", flat=True)) == {"fr", "en", "nl"}
    assert (Commune.objects.count(), Theme.objects.count()) == (124, 13)
    assert dict(Counter(Engagement.objects.values_list("version__code", flat=True))) == {"2019": 7, "2021": 9}
    assert AccessibilityPage.objects.get().conformity == "none"


@pytest.mark.django_db
def test_setting_up_again_writes_nothing() -> None:
    call_command("setup_site", stdout=StringIO())
    with CaptureQueriesContext(connection) as queries:
        call_command("setup_site", stdout=StringIO())
    assert writes(queries) == []


@pytest.mark.django_db
def test_a_page_that_people_edited_is_not_set_up_again() -> None:
    call_command("setup_site", stdout=StringIO())
    page = StandardPage.objects.get(slug="mentions-legales")
    page.title = "Nos mentions"
    page.save_revision().publish()
    LoadedRow.objects.filter(key="pages/mentions-legales").update(digest="another text")
    notes = build().ledger.notes
    page.refresh_from_db()
    assert page.title == "Nos mentions"
    assert [note.partition(": ")[2] for note in notes] == [
        "edited on the site since it was loaded; left as it is"
    ]


@pytest.mark.django_db
def test_each_role_enters_the_admin_and_facilitators_publish_events_only() -> None:
    call_command("setup_site", stdout=StringIO())
    user = User.objects.create_user("animation@example.org")
    user.groups.set(Locale.objects.none() or [])
    from django.contrib.auth.models import Group  # noqa: PLC0415

    user.groups.set([Group.objects.get(name="Animation")])
    may_publish = [
        path_of(page)
        for page in Page.objects.filter(depth=3).order_by("path")
        if page.permissions_for_user(user).can_publish()
    ]
    assert user.has_perm("wagtailadmin.access_admin")
    assert may_publish == ["/evenements/"]
    names = ["Administration", "Animation", "Modération", "Rédaction"]
    assert list(Group.objects.order_by("name").values_list("name", flat=True)) == names


@pytest.mark.django_db
def test_communes_are_written_again_only_when_their_figures_change() -> None:
    seed_reference_data()
    Commune.objects.filter(insee_code="59350").update(population=1)
    with CaptureQueriesContext(connection) as queries:
        seed_reference_data()
    assert len(writes(queries)) == 1
    assert Commune.objects.get(insee_code="59350").population > 200_000


@pytest.mark.parametrize(
    ("name", "ordered"), [("Élincourt", "elincourt"), ("Annœullin", "annoeullin"), ("Villeneuve-d’Ascq", "villeneuve d ascq")]
)
def test_communes_are_ordered_without_accents_or_punctuation(name: str, ordered: str) -> None:
    assert sort_name(name) == ordered


# ---------------------------------------------------------------- loading
@pytest.mark.django_db
def test_every_kind_of_content_is_loaded(folder: Path) -> None:
    load(folder)
    practice = PracticePage.objects.get()
    assert practice.facts is not None
    assert practice.example
    assert [theme.slug for theme in (practice.lead_theme, *practice.themes.all())] == [
        "transmission",
        "fin-de-carriere",
    ]
    assert practice.context_text == "<p>Des <b>départs</b> à venir.</p>"
    assert practice.actions_text == "<h3>Choisir</h3>\n<ul>\n<li>Des binômes</li>\n<li>Du temps</li>\n</ul>"
    assert [(step.value["title"], step.value["duration"]) for step in practice.steps] == [
        ("Repérer", "1 semaine"),
        ("Former", "6 mois"),
    ]
    assert list(Practice.objects.get().tools.all()) == [ToolPage.objects.get(slug="grille").facts]
    assert practice.first_published_at == practice.last_published_at == dt.datetime(2024, 3, 12, 8, tzinfo=dt.UTC)
    document = Document.objects.get()
    assert (document.title, document.file_size, len(document.file_hash)) == ("La grille", 20, 40)
    past = EventPage.objects.get(slug="2021-03-16-atelier")
    assert (past.starts_at, past.ends_at) == (
        dt.datetime(2021, 3, 16, 8, tzinfo=dt.UTC),
        dt.datetime(2021, 3, 16, 11, tzinfo=dt.UTC),
    )
    assert {organiser.slug for organiser in Event.objects.upcoming().get().organisers.all()} == {"asso", "atelier"}
    assert path_of(StandardPage.objects.get(slug="gouvernance")) == "/association/gouvernance/"
    home = HomePage.objects.get()
    assert [block.block_type for block in home.sections] == ["practices", "charter", "figures"]
    assert [page.pk for page in home.sections[0].value["chosen"]] == [practice.pk]


@pytest.mark.django_db
def test_films_and_pictures_come_with_their_files(folder: Path) -> None:
    load(folder)
    film = Video.objects.get()
    with film.file.open() as stored:
        assert stored.read() == b"not really a film\n"
    assert film.captions.name.startswith("private/films/")
    assert VideoPage.objects.get().poster.title == "un film"
    news = NewsPage.objects.get()
    assert [block.block_type for block in news.body] == ["text", "picture", "video"]
    assert news.body[1].value["image"].contextual_alt_text == "Deux personnes devant une machine"
    widths = Rendition.objects.filter(image=news.picture).order_by("width").values_list("width", flat=True)
    assert list(widths) == [480, 960, 1440]


@pytest.mark.django_db
def test_signatures_have_their_cohort_co_signers_and_labels(folder: Path) -> None:
    load(folder)
    labelled = Signature.objects.get(organisation__slug="atelier")
    assert (labelled.state, labelled.cohort.code, labelled.version.code) == ("labelled", "2019", "2019")
    assert sorted(label.valid_until.year for label in labelled.labels.all()) == [2024, 2127]
    unknown_day = Signature.objects.get(organisation__slug="asso")
    assert (unknown_day.state, unknown_day.signed_on) == ("signed", None)
    assert [row.slug for row in Cohort.objects.get(code="2021").cosigners.all()] == ["asso"]


@pytest.mark.django_db
def test_loading_again_writes_nothing(folder: Path) -> None:
    load(folder)
    with CaptureQueriesContext(connection) as queries:
        load(folder)
    assert writes(queries) == []


@pytest.mark.django_db
def test_a_changed_file_updates_its_page_which_keeps_one_revision(folder: Path) -> None:
    load(folder)
    before = PracticePage.objects.get()
    rewrite(folder / "practices" / "un-binome.md", "Un binôme avant", "Deux binômes avant")
    load(folder)
    after = PracticePage.objects.get()
    assert (after.pk, after.title) == (before.pk, "Deux binômes avant chaque départ")
    assert after.revisions.count() == 1
    assert after.get_latest_revision_as_object().title == after.title


@pytest.mark.django_db
def test_a_changed_file_behind_a_tool_replaces_the_stored_one(folder: Path) -> None:
    load(folder)
    before = Document.objects.get()
    (folder / "tools" / "files" / "grille.csv").write_text("autre chose\n")
    load(folder)
    after = Document.objects.get()
    assert (after.pk, after.file_size) == (before.pk, 12)
    assert after.file_hash != before.file_hash


@pytest.mark.django_db
def test_coming_events_move_with_the_day_of_loading_and_keep_one_revision(folder: Path) -> None:
    with time_machine.travel(MONDAY, tick=False):
        load(folder)
        announced = EventPage.objects.get(slug="le-club").first_published_at
        assert Event.objects.upcoming().get().starts_at == dt.datetime(2026, 3, 24, 11, 15, tzinfo=dt.UTC)
    with time_machine.travel(MONDAY + dt.timedelta(days=6), tick=False):
        assert "2 unchanged" in next(line for line in load(folder).splitlines() if line.startswith("events"))
    with time_machine.travel(MONDAY + dt.timedelta(weeks=5), tick=False):
        load(folder)
        event = Event.objects.upcoming().get()
    # 28 April: the clocks changed in between, the hour on them did not.
    assert event.starts_at == dt.datetime(2026, 4, 28, 10, 15, tzinfo=dt.UTC)
    page = EventPage.objects.get(slug="le-club")
    assert (page.starts_at, page.first_published_at) == (event.starts_at, announced)
    assert page.get_latest_revision_as_object().starts_at == event.starts_at
    assert page.revisions.count() == 1


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (dt.date(2026, 11, 22), dt.date(2026, 12, 8)),
        (dt.date(2026, 12, 7), dt.date(2027, 1, 5)),
        (dt.date(2026, 6, 29), dt.date(2026, 8, 25)),
    ],
)
def test_nobody_meets_at_the_end_of_the_year_nor_in_high_summer(
    folder: Path, today: dt.date, expected: dt.date
) -> None:
    source = next(
        source
        for source in Loading.pages(_reader(folder), "events")
        if "in" in source.meta
    )
    assert coming(source, today).date() == expected


@pytest.mark.django_db
def test_what_people_edited_is_left_alone(folder: Path) -> None:
    load(folder)
    page = PracticePage.objects.get()
    page.summary = "Corrigé par la rédaction."
    page.save_revision()
    Organisation.objects.filter(slug="atelier").update(name="L’Atelier du Nord")
    rewrite(folder / "practices" / "un-binome.md", "Quatorze binômes", "Quinze binômes")
    rewrite(folder / "organisations.yaml", "L’Atelier", "Un atelier")
    said = load(folder)
    assert PracticePage.objects.get().summary == "Quatorze binômes formés en dix-huit mois."
    assert Organisation.objects.get(slug="atelier").name == "L’Atelier du Nord"
    assert [line for line in said.splitlines() if "left as it is" in line] == [
        "demo/organisations.yaml: edited on the site since it was loaded; left as it is",
        "demo/practices/un-binome.md: edited on the site since it was loaded; left as it is",
    ]


@pytest.mark.django_db
def test_a_row_that_people_made_first_is_used_and_never_owned(folder: Path) -> None:
    own = Organisation.objects.create(slug="asso", name="Notre association")
    load(folder)
    assert [row.slug for row in EventPage.objects.get(slug="2021-03-16-atelier").organisers.all()] == ["asso"]
    remove()
    assert Organisation.objects.get() == own


@pytest.mark.django_db
def test_what_leaves_the_folder_leaves_the_site(folder: Path) -> None:
    load(folder)
    (folder / "news" / "une-nouvelle.md").unlink()
    load(folder)
    assert NewsPage.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("practices/un-binome.md", "[transmission,", "[transmision,", "4: no theme “transmision”"),
        ("practices/un-binome.md", "size: 10to49", "size: 12", "6: “size” is “12”; it must be one of: lt10,"),
        ("practices/un-binome.md", "## Résultats", "## Chiffres", "20: the section “## Résultats” is missing"),
        ("news/une-nouvelle.md", "```video\nvideo", "```film\nvideo", "17: “film” is no block; there are acc"),
        ("news/une-nouvelle.md", "caption: ", "caption: [", "14: this is not YAML: "),
        ("news/une-nouvelle.md", "Un paragraphe.", "# Trop haut", "9: headings of a page are ## or ###"),
        ("tools/grille.md", "grille.csv", "absente.csv", "6: no such file: files/absente.csv"),
        ("events/le-club.md", "tuesday", "mardi", "7: “in” gives weeks, a weekday in English"),
        ("pages/home.md", "toolbox.practices", "toolbox.things", "6: figures: "),
        ("organisations.yaml", '"59009"', '"75056"', "2: no commune “75056”"),
    ],
)
def test_an_error_names_the_file_and_the_line_and_the_rest_is_loaded(
    folder: Path, name: str, old: str, new: str, said: str
) -> None:
    rewrite(folder / name, old, new)
    with pytest.raises(CommandError) as raised:
        load(folder)
    first = str(raised.value).splitlines()[0]
    assert first[: len(f"demo/{name}:{said}")] == f"demo/{name}:{said}"
    assert StandardPage.objects.filter(slug="association").count() == 1


def test_a_page_without_front_matter_is_refused(folder: Path) -> None:
    (folder / "news" / "une-nouvelle.md").write_text("Bonjour.")
    reader = _reader(folder)
    assert list(Loading.pages(reader, "news")) == []
    assert [str(error).partition(": ")[0] for error in reader.ledger.errors] == ["demo/news/une-nouvelle.md:1"]


# ---------------------------------------------------------------- accounts
@pytest.mark.django_db
def test_accounts_exist_in_demonstrations_only(folder: Path, settings) -> None:
    load(folder)
    assert User.objects.count() == 0
    settings.DEMO = True
    load(folder)
    user = User.objects.get()
    assert user.check_password("un mot de passe public")
    assert [group.name for group in user.groups.all()] == ["Rédaction"]
    assert EmailAddress.objects.filter(user=user, verified=True, primary=True).count() == 1
    assert validate_totp_code(secret_of(user), current_code(user))
    settings.DEMO = False
    load(folder)
    assert User.objects.count() == 0


@pytest.mark.django_db
def test_a_second_factor_that_cannot_be_read_any_more_is_drawn_again(folder: Path, settings) -> None:
    settings.DEMO = True
    load(folder)
    user = User.objects.get()
    former = secret_of(user)
    settings.SECRET_KEY = "another"
    load(folder)
    assert secret_of(user) != former
    assert validate_totp_code(secret_of(user), current_code(user))


@pytest.mark.django_db
def test_codes_are_printed_for_demonstration_accounts_only(folder: Path, settings) -> None:
    settings.DEMO = True
    load(folder)
    said = StringIO()
    call_command("demo_code", "editor@example.org", stdout=said)
    assert said.getvalue().strip().isdecimal()
    User.objects.create_user("somebody@example.org")
    with pytest.raises(CommandError, match="no demonstration account"):
        call_command("demo_code", "somebody@example.org")


# ---------------------------------------------------------------- removal
@pytest.mark.django_db
def test_removal_leaves_what_setting_up_made_and_what_people_added(
    folder: Path, settings, django_capture_on_commit_callbacks
) -> None:
    settings.DEMO = True
    with django_capture_on_commit_callbacks(execute=True):
        call_command("setup_site", stdout=StringIO())
        own = Organisation.objects.create(slug="nous", name="Nous")
        before, home = rows(), HomePage.objects.get().sections.raw_data[0]["value"]["title"]
        load(folder)
        files = [VideoPage.objects.get().file.name, Document.objects.get().file.name, Image.objects.first().file.name]
    assert all(default_storage.exists(name) for name in files)
    with django_capture_on_commit_callbacks(execute=True):
        remove()
    assert rows() - before == Counter()
    assert before - rows() == Counter()
    assert Organisation.objects.get() == own
    assert HomePage.objects.get().sections.raw_data[0]["value"]["title"] == home
    assert GoneAddress.objects.count() == 0
    assert [name for name in files if default_storage.exists(name)] == []


@pytest.mark.django_db
def test_removal_keeps_what_people_edited_unless_told_otherwise(folder: Path) -> None:
    load(folder)
    page = PracticePage.objects.get()
    page.summary = "Corrigé par la rédaction."
    page.save_revision().publish()
    said = remove()
    assert PracticePage.objects.get() == page
    assert Organisation.objects.get().slug == "atelier"
    assert "practices/un-binome stays: edited on the site since it was loaded" in said.splitlines()
    remove(edited_too=True)
    assert (PracticePage.objects.count(), Practice.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_removal_keeps_a_page_with_a_page_of_somebody_below_it(folder: Path) -> None:
    load(folder)
    parent = StandardPage.objects.get(slug="association")
    parent.add_child(instance=StandardPage(title="Notre équipe", slug="equipe"))
    said = remove()
    assert "pages/association stays: there are pages below it" in said.splitlines()
    assert StandardPage.objects.get(slug="equipe").get_parent().specific == parent


@pytest.mark.django_db
def test_loading_after_a_removal_brings_everything_back(folder: Path) -> None:
    load(folder)
    before = rows()
    remove()
    load(folder)
    assert rows() == before
    assert Label.objects.count() == 2


class _reader:
    """What of a `Loading` reads files, without a database."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.ledger = type("Ledger", (), {"errors": []})()
