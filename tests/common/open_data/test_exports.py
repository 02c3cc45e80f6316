"""Lists as files: what a spreadsheet and a program each want, and nothing that runs."""

from __future__ import annotations

import csv
import io
import tracemalloc
from collections.abc import Iterator, Sequence
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries
from wagtail.models import PageViewRestriction

from charters.models import CharterVersion, Signature
from common.listing import Choice
from common.open_data import exports
from common.open_data.datasets import Asked, Dataset
from common.open_data.fields import Field, Kind
from common.open_data.neutral import harmless
from common.open_data.writing import excel_csv, for_machines, for_people, open_csv, workbook
from tests.factories.pages import EventPageFactory, PracticePageFactory
from tests.factories.shared import CommuneFactory, OrganisationFactory, ThemeFactory
from tests.factories.site import Tree

pytestmark = pytest.mark.django_db

CONTENT = {"export.csv": "text/csv; charset=utf-8", "export-excel.csv": "text/csv; charset=utf-8"}


@pytest.fixture(autouse=True)
def _no_limit_reached() -> Iterator[None]:
    exports.limit.forget()
    yield
    exports.limit.forget()


def taken(client: Client, path: str) -> str:
    response: Any = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == CONTENT[path.split("?", maxsplit=1)[0].rpartition("/")[2]]
    return b"".join(response.streaming_content).decode()


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_file_for_machines_has_codes_and_iso_dates(client: Client, tree: Tree) -> None:
    page = PracticePageFactory(parent=tree.practices, title='Un "guillemet",\nune ligne', slug="un")
    text = taken(client, "/bonnes-pratiques/export.csv")
    assert text.startswith("id,slug,title,summary,url,language,theme,theme_label,")
    (row,) = rows_of(text)
    assert row["title"] == 'Un "guillemet",\nune ligne'
    assert (row["size"], row["size_label"], row["example"]) == ("10to49", "10 à 49\u00a0salariés", "false")
    assert row["published_at"] == timezone.localtime(page.first_published_at).isoformat(timespec="seconds")
    assert text.count("\r\n") == 2


def test_the_file_for_excel_is_french(client: Client, tree: Tree) -> None:
    company = OrganisationFactory(slug="tissage", commune=CommuneFactory())
    version = CharterVersion.objects.create(code="2021", adopted_on="2021-01-01")
    Signature.objects.create(organisation=company, version=version, state="signed", signed_on="2021-09-28")
    text = taken(client, f"{tree.signatories.path_on_site}export-excel.csv")
    assert text.startswith("\ufeff")
    head, line = text.removeprefix("\ufeff").rstrip("\r\n").split("\r\n")
    told = dict(zip(head.split(";"), line.split(";"), strict=True))
    assert (told["Latitude"], told["Commune"]) == ("50,63297", "Lille")


def test_values_are_written_for_their_readers() -> None:
    moment = timezone.datetime(2026, 3, 9, 8, 5)  # type: ignore[attr-defined]
    assert [for_people(value) for value in (moment, moment.date(), 1.5, 3, "-2")] == [
        "09/03/2026 08:05",
        "09/03/2026",
        "1,5",
        "3",
        "'-2",
    ]
    assert [for_machines(value) for value in (None, True, 1.5, ["a", "b"], "=1")] == [
        "",
        "true",
        "1.5",
        "a|b",
        "=1",
    ]


@pytest.mark.parametrize("text", ["=1+1", "+33", "-1", "@x", "\tx", "\rx"])
def test_what_would_run_is_text(text: str) -> None:
    assert harmless(text) == f"'{text}"


def test_the_filters_of_the_list_are_those_of_the_file(client: Client, tree: Tree) -> None:
    theme, other = ThemeFactory(slug="aidants"), ThemeFactory(slug="engagement")
    PracticePageFactory(parent=tree.practices, slug="un", lead_theme=theme, themes=[other])
    PracticePageFactory(parent=tree.practices, slug="deux", sector="commerce")
    query = "theme=aidants&theme=engagement&sector=industrie&page=3&theme=inconnu"
    assert [row["slug"] for row in rows_of(taken(client, f"/bonnes-pratiques/export.csv?{query}"))] == ["un"]
    response = client.get(f"/bonnes-pratiques/export.csv?{query}")
    assert response["Content-Disposition"] == (
        'attachment; filename="bonnes-pratiques_sector-industrie_theme-aidants-engagement_'
        f'{timezone.localdate():%Y-%m-%d}.csv"'
    )
    assert response["X-Robots-Tag"] == "noindex"


def test_the_agenda_is_taken_as_it_is_shown(client: Client, tree: Tree) -> None:
    EventPageFactory(parent=tree.events, slug="bientot", online_link="https://visio.example.org/x")
    EventPageFactory(parent=tree.events, slug="passe", past=True)
    coming = taken(client, "/evenements/export.csv")
    assert [row["slug"] for row in rows_of(coming)] == ["bientot"]
    assert "visio.example.org" not in coming
    assert [row["slug"] for row in rows_of(taken(client, "/evenements/export.csv?when=past"))] == ["passe"]


def test_the_workbook_has_no_formula_and_keeps_its_header(client: Client, tree: Tree) -> None:
    company = OrganisationFactory(commune=CommuneFactory(), name="=HYPERLINK(1)")
    PracticePageFactory(parent=tree.practices, title="=1+1\x0b", organisation=company)
    response: Any = client.get("/bonnes-pratiques/export.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    told = dict(zip(*(list(row) for row in sheet.iter_rows()), strict=True))
    by_header = {head.value: cell for head, cell in told.items()}
    assert sheet.freeze_panes == "A2"
    assert by_header["Titre"].value == "'=1+1"
    assert {cell.data_type for cell in told.values()} == {"s", "n", "d"}
    codes = [cell for cell in told.values() if cell.value == "59350"]
    assert [(cell.data_type, cell.number_format) for cell in codes] == [("s", "@")]


def test_a_list_without_dataset_or_that_is_private_has_no_file(client: Client, tree: Tree) -> None:
    assert client.get("/actualites/export.csv").status_code == 404
    assert client.get("/nulle-part/export.csv").status_code == 404
    PageViewRestriction.objects.create(page=tree.practices, restriction_type=PageViewRestriction.LOGIN)
    assert client.get("/bonnes-pratiques/export.csv").status_code == 404


def test_many_files_at_once_are_too_many(client: Client, tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports.limit, "most", 1)
    assert client.head("/bonnes-pratiques/export.xlsx").status_code == 200
    refused = client.get("/bonnes-pratiques/export.csv")
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0


def test_three_rows_cost_what_one_costs(
    client: Client, tree: Tree, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    counts = []
    for number in (1, 2):
        for _one in range(number):
            PracticePageFactory(parent=tree.practices, themes=[ThemeFactory()])
        taken(client, "/bonnes-pratiques/export.csv")
        with django_assert_max_num_queries(4) as captured:
            taken(client, "/bonnes-pratiques/export.csv?page=2")
        counts.append(len(captured))
    assert counts[0] == counts[1]


class Counted(Dataset):
    """Ten thousand rows out of nothing, of which so many were read."""

    def chunks(self, asked: Asked) -> Iterator[Sequence[int]]:
        for begin in range(0, 10_000, 100):
            self.__dict__["read_so_far"] = begin
            yield range(begin, begin + 100)


def long_dataset() -> Counted:
    return Counted(
        name="long",
        label="Longue",
        description="",
        filters=(),
        fields=[
            Field("number", "Numéro", Kind.NUMBER, lambda row: row),
            Field("words", "Mots", Kind.TEXT, lambda row: f"mot {row} " * 40),
            Field("kind", "Genre", Kind.CHOICE, lambda _row: "a", choices=lambda: [Choice("a", "A")]),
        ],
    )


@pytest.mark.parametrize("write", [excel_csv, open_csv])
def test_a_long_file_leaves_row_by_row(write: Any) -> None:
    dataset = long_dataset()
    pieces = write(dataset, Asked("fr"))
    for _piece in range(2):
        next(pieces)
    assert dataset.__dict__["read_so_far"] == 0


@pytest.mark.parametrize("write", [open_csv, workbook])
def test_a_long_file_is_never_all_in_memory(write: Any) -> None:
    tracemalloc.start()
    made = write(long_dataset(), Asked("fr"))
    size = made.seek(0, 2) if write is workbook else sum(len(piece) for piece in made)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    made.close()
    assert size > 100_000
    assert peak < 3_000_000


def test_the_language_is_not_left_behind_between_two_pieces() -> None:
    translation.activate("fr")
    pieces = excel_csv(long_dataset(), Asked("en"))
    next(pieces)
    next(pieces)
    assert translation.get_language() == "fr"
