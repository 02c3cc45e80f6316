"""Imports in the admin, from the page."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from members.roles import Role
from tests.factories.shared import ThemeFactory
from tests.factories.site import Tree
from tests.members.admin.team import working
from toolbox.models import ImportRun, PracticePage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _themes(db: None) -> None:
    for slug in ("transmission", "aidants", "intergenerationnel"):
        ThemeFactory(slug=slug)


CSV = (
    "slug;title;summary;body;theme\r\nbinomes;Des binômes;Une phrase.;Du texte.;transmission\r\n"
    "=cmd;;Une phrase.;Du texte.;transmission\r\n"
).encode("cp1252")


def table(content: bytes = CSV, name: str = "pratiques.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "text/csv")


def test_an_editor_tries_a_file_then_brings_it_in_for_good(tree: Tree) -> None:
    client = working(Role.EDITOR)
    tried = client.post(
        "/admin/imports/bring/", {"kind": "practice", "table": table(), "trial": "on"}, follow=True
    )
    run = ImportRun.objects.get()
    assert (run.trial, run.state, run.created, run.refused) == (True, "done", 1, 1)
    assert "« title » est vide" in tried.content.decode()
    assert not PracticePage.objects.filter(slug="binomes").exists()
    client.post(f"/admin/imports/run/{run.public_id}/go-on/", {"publish": "on"}, follow=True)
    assert PracticePage.objects.get(slug="binomes").live
    report = b"".join(client.get(f"/admin/imports/run/{run.public_id}/report.csv"))
    assert report.decode("utf-8-sig").splitlines()[1].startswith("2;")


@pytest.mark.parametrize("name", ["pratiques.exe", "pratiques.csv"])
def test_a_wrong_file_is_refused_where_it_was_chosen(tree: Tree, name: str) -> None:
    answer = working(Role.EDITOR).post(
        "/admin/imports/bring/", {"kind": "practice", "table": table(b"a;b\r\n1;2\r\n", name)}
    )
    assert answer.status_code == 200
    assert not ImportRun.objects.exists()
    assert "table" in answer.context["form"].errors


def test_templates_are_files_that_can_be_brought_in(tree: Tree) -> None:
    client = working(Role.EDITOR)
    for kind in ("practice", "tool"):
        for form in ("csv", "xlsx"):
            template = client.get(f"/admin/imports/template/{kind}.{form}").content
            client.post("/admin/imports/bring/", {"kind": kind, "table": table(template, f"m.{form}")})
            assert ImportRun.objects.first().refused == 0  # type: ignore[union-attr]
    assert client.get("/admin/imports/template/practice.exe").status_code == 404


def test_facilitators_bring_nothing_in(tree: Tree) -> None:
    assert working(Role.FACILITATOR).get("/admin/imports/bring/").status_code in (302, 403)
