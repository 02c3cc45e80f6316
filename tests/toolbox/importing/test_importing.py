"""Practices brought in by file: what is understood, what is refused, what a second run changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from openpyxl import Workbook

from members.models import Announcement
from search.models import Entry
from tests.factories.pages import PracticePageFactory
from tests.factories.shared import OrganisationFactory, ThemeFactory
from tests.factories.site import Tree, build_tree
from toolbox.importing.lines import Line
from toolbox.importing.reading import open_table
from toolbox.importing.refusals import UnreadableFile
from toolbox.importing.running import bring, carry_out
from toolbox.importing.writing import Written
from toolbox.importing.writing import write as write_line
from toolbox.models import ImportLine, ImportRun, Practice, PracticePage

pytestmark = pytest.mark.django_db

HEADERS = ["slug", "title", "summary", "body", "theme", "organisation"]
LINE = ["binomes", "Des binômes", "Quatorze binômes.", "Un.\n\n- deux\n- trois", "transmission", ""]
Write = Callable[..., Path]


@pytest.fixture(autouse=True)
def _themes(db: None) -> None:
    for slug in ("transmission", "aidants", "intergenerationnel"):
        ThemeFactory(slug=slug)


@pytest.fixture
def file(tmp_path: Path) -> Write:
    def written(
        *lines: Sequence[str],
        headers: Sequence[str] = HEADERS,
        separator: str = ";",
        encoding: str = "utf-8-sig",
    ) -> Path:
        def row(cells: Sequence[str]) -> str:
            return separator.join(f'"{cell}"' for cell in cells)

        path = tmp_path / "pratiques.csv"
        path.write_text("\r\n".join(map(row, [headers, *lines])), encoding=encoding)
        return path

    return written


def run(path: Path, *, publish: bool = True, trial: bool = False) -> ImportRun:
    return carry_out(bring(path, path.name, "practice", None, publish=publish, trial=trial))


def outcomes(done: ImportRun) -> list[tuple[int, str, list[str]]]:
    return [(line.number, line.outcome, line.messages) for line in done.lines.all()]


def test_six_columns_suffice_for_a_practice_on_line(tree: Tree, file: Write) -> None:
    company = OrganisationFactory(name="Les Ateliers d’Halluin")
    done = run(file([*LINE[:-1], "les ateliers d’halluin"]))
    assert outcomes(done) == [(2, "created", [])]
    page = PracticePage.objects.get(slug="binomes")
    assert (page.live, page.organisation, page.lead_theme.slug) == (True, company, "transmission")
    assert page.actions_text == "<p>Un.</p><ul><li>deux</li><li>trois</li></ul>"
    assert page.revisions.count() == 1
    assert page.live_revision == page.latest_revision == page.revisions.get()
    assert Practice.objects.get(pages=page).live
    assert not Announcement.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_was_brought_in_is_found_at_once(file: Write) -> None:
    build_tree()
    for slug in ("transmission", "aidants"):
        ThemeFactory(slug=slug)
    run(file(LINE))
    assert Entry.objects.filter(kind="practice", title="Des binômes").count() == 1


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_separators_and_encodings_of_excel_are_recognised(
    tree: Tree, file: Write, separator: str, encoding: str
) -> None:
    table = open_table(file(LINE, separator=separator, encoding=encoding))
    assert (table.headers, [record.cells["title"] for record in table.records]) == (HEADERS, ["Des binômes"])


def test_french_headers_labels_and_dates_are_understood(tree: Tree, file: Write) -> None:
    headers = ["Slug", "Titre", "Résumé", "Contenu", "Thèmes", "Secteur", "Taille", "Date", "Année"]
    cells = ["a-b", "Un titre", "Une phrase.", "Du texte.", "Transmission | aidants"]
    done = run(file([*cells, "Manufacturing", "10to49", "31/12/2023", "2022"], headers=headers))
    assert outcomes(done) == [(2, "created", [])]
    page = PracticePage.objects.get(slug="a-b")
    assert (page.sector, page.size, page.year) == ("industrie", "10to49", 2022)
    assert [theme.slug for theme in page.themes.all()] == ["aidants"]
    assert page.first_published_at is not None
    assert page.first_published_at.date() == dt.date(2023, 12, 31)


def test_a_sheet_of_excel_reads_like_its_csv(tree: Tree, tmp_path: Path) -> None:
    book = Workbook()
    book.active.append([*HEADERS, "published", "year"])
    book.active.append([*LINE, dt.datetime(2024, 3, 1), 2023.0])
    path = tmp_path / "pratiques.xlsx"
    book.save(path)
    assert outcomes(run(path)) == [(2, "created", [])]
    assert PracticePage.objects.get(slug="binomes").year == 2023


def test_wrong_lines_are_explained_cell_by_cell_and_hold_back_no_other(tree: Tree, file: Write) -> None:
    wrong = ["Pas une adresse", "", "Une phrase.", "Du texte.", "jardinage", "Inconnue SA"]
    done = run(file(LINE, wrong, ["autre", *LINE[1:]], LINE))
    assert [outcome for _line, outcome, _messages in outcomes(done)] == [
        "created",
        "refused",
        "created",
        "refused",
    ]
    assert [text.split(":")[0] for text in outcomes(done)[1][2]] == [
        "slug",
        "“title” is empty",
        "theme",
        "organisation",
    ]
    assert outcomes(done)[3][2] == ["line 2 has the same slug"]
    assert (done.created, done.refused, done.done, done.state) == (2, 2, 4, "done")


def test_the_same_file_changes_nothing_and_a_changed_line_only_its_page(tree: Tree, file: Write) -> None:
    other = ["autre", "Autre", *LINE[2:]]
    run(file(LINE, other))
    again = run(file(LINE, other))
    assert (again.created, again.updated, again.unchanged) == (0, 0, 2)
    changed = run(file(LINE, ["autre", "Autre titre", *LINE[2:]]))
    assert (changed.updated, changed.unchanged) == (1, 1)
    page = PracticePage.objects.get(slug="autre")
    assert (page.title, page.revisions.count()) == ("Autre titre", 2)


def test_what_somebody_wrote_on_the_site_is_not_written_over(tree: Tree, file: Write) -> None:
    run(file(LINE))
    page = PracticePage.objects.get(slug="binomes")
    page.title = "Mes mots"
    page.save_revision().publish()
    PracticePage.objects.filter(pk=page.pk).update(
        latest_revision_created_at=page.latest_revision_created_at + dt.timedelta(hours=1)
    )
    refused = run(file([LINE[0], "Les mots du fichier", *LINE[2:]]))
    assert refused.refused == 1
    assert PracticePage.objects.get(slug="binomes").title == "Mes mots"
    own = file(["pratique-du-site", *LINE[1:]])
    PracticePageFactory(parent=tree.practices, title="Écrite ici", slug="pratique-du-site")
    assert run(own).refused == 1


def test_a_trial_says_the_same_and_writes_nothing(tree: Tree, file: Write) -> None:
    pages = PracticePage.objects.count()
    done = run(file(LINE, ["", *LINE[1:]]), trial=True)
    assert [outcome for _line, outcome, _messages in outcomes(done)] == ["created", "refused"]
    assert PracticePage.objects.count() == pages
    assert not Entry.objects.filter(title="Des binômes").exists()
    assert run(file(LINE)).created == 1


def test_a_run_whose_worker_died_goes_on_where_it_stood(
    tree: Tree, file: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("toolbox.importing.running.BATCH", 2)
    path = file(*[[f"p-{n}", *LINE[1:]] for n in range(5)])
    one = bring(path, "p.csv", "practice", None, publish=False, trial=False)

    def die(run: ImportRun) -> None:
        if run.done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        carry_out(one, die)
    assert ImportLine.objects.filter(run=one).count() == 2
    ImportRun.objects.update(beat_at=one.created_at - dt.timedelta(hours=1))
    one.refresh_from_db()
    carry_out(one)
    assert (one.state, one.created) == ("done", 5)
    assert [line.number for line in one.lines.all()] == [2, 3, 4, 5, 6]


def test_a_line_that_fails_half_way_leaves_nothing_behind(
    tree: Tree, file: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails_on_the_first(line: Line, *args: Any, **kwargs: Any) -> Written:
        written = write_line(line, *args, **kwargs)
        if line.number == 2:
            raise IntegrityError
        return written

    monkeypatch.setattr("toolbox.importing.running.write", fails_on_the_first)
    done = run(file(LINE, ["autre", *LINE[1:]]))
    assert (done.refused, done.created) == (1, 1)
    assert not PracticePage.objects.filter(slug="binomes").exists()
    tree.practices.refresh_from_db()
    assert tree.practices.numchild == tree.practices.get_children().count()


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script><p>Bonjour</p>",
        '<p onclick="x()">Bonjour</p><iframe src="https://example.org"></iframe>',
        '<p>Bonjour <a href="javascript:alert(1)">ici</a></p>',
    ],
)
def test_nothing_that_runs_comes_in(tree: Tree, tmp_path: Path, hostile: str) -> None:
    book = Workbook()
    book.active.append(HEADERS)
    book.active.append([*LINE[:3], hostile, *LINE[4:]])
    path = tmp_path / "p.xlsx"
    book.save(path)
    run(path)
    text = PracticePage.objects.get(slug="binomes").actions_text
    assert "Bonjour" in text
    assert not any(word in text for word in ("script", "onclick", "iframe"))


def test_files_that_are_no_tables_are_refused_with_what_to_do(tree: Tree, tmp_path: Path) -> None:
    contents = {
        "vide.csv": b"",
        "ancien.xlsx": b"\xd0\xcf\x11\xe0 whatever",
        "faux.xlsx": b"PK\x03\x04 broken",
        "image.csv": b"\x89PNG\r\n\x1a\n\x00\x00",
        "sans-titre.csv": b"slug;summary;body;theme\na;b;c;transmission\n",
        "guillemet.csv": b'slug;title;summary;body;theme\na;"b;c;d;e\n',
    }
    for name, raw in contents.items():
        path = tmp_path / name
        path.write_bytes(raw)
        with pytest.raises(UnreadableFile) as refused:
            bring(path, name, "practice", None, publish=False, trial=False)
        assert str(refused.value)
    assert not ImportRun.objects.exists()


def test_the_command_reports_and_fails_when_a_line_is_refused(
    tree: Tree, file: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("import_practices", file(LINE), "--publish")
    assert "1 lines: 1 created, 0 updated, 0 unchanged, 0 refused" in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("import_practices", file(LINE, ["x", "", *LINE[2:]]))
