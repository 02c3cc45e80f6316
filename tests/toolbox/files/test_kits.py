"""Kits: several tools in one archive, each reader her own."""

from __future__ import annotations

import io
import threading
import zipfile
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from common.models import FileCheck
from common.uploads.inspection import inspect
from tests.common.uploads import samples
from tests.factories.site import Tree
from tests.harness.client import StrictClient
from tests.home.admin_session import sign_in
from toolbox.files import archives, kits
from toolbox.files.kits import file_name, shown_kit
from toolbox.files.sources import describe_kit
from toolbox.models import Download, KitArchive, KitPage

from . import tools

pytestmark = pytest.mark.django_db
State = KitArchive.State


def address(page: Any) -> str:
    return reverse("take_kit", args=[page.translation_key])


def content_of(response: Any) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(tools.read(response)))


def archive_of(page: Any, audience: str = "public") -> KitArchive:
    return KitArchive.objects.get(kit=page.translation_key, audience=audience)


def opened(archive: KitArchive) -> zipfile.ZipFile:
    with archive.file.open("rb") as file:
        return zipfile.ZipFile(io.BytesIO(file.read()))


def mixed(tree: Tree) -> tuple[Any, ...]:
    """A kit of a public tool, a link, a members' tool and a signatories' tool, and those tools."""
    pages = (
        tools.tool(tree, "Le carnet d’été"),
        tools.tool(tree, "Ailleurs", document=None, address="https://outils.example.org/x"),
        tools.tool(tree, "Pour les membres", audience="members"),
        tools.tool(tree, "Pour les signataires", audience="signatories"),
    )
    return tools.kit(tree, *pages), *pages


# ---------------------------------------------------------------- what is in it
def test_the_archive_holds_the_tools_in_order_and_a_text_about_them(tree: Tree) -> None:
    page = mixed(tree)[0]
    archive = opened(archive_of(page))
    assert archive.namelist() == ["LISEZMOI.txt", "01-Le-carnet-d-été.pdf"]
    text = archive.read("LISEZMOI.txt").decode("utf-8-sig")
    for words in ("Le carnet d’été", "Ailleurs", "https://outils.example.org/x", "CC BY 4.0", "Étape 1"):
        assert words in text
    assert "Pour les membres" not in text


def test_there_is_an_archive_for_each_audience_that_may_see_part_of_it(tree: Tree) -> None:
    page = mixed(tree)[0]
    held = {
        row.audience: len(opened(row).namelist())
        for row in KitArchive.objects.filter(kit=page.translation_key)
    }
    assert held == {"public": 2, "members": 3, "signatories": 4}


def test_each_reader_takes_what_is_hers(client: StrictClient, tree: Tree) -> None:
    page = mixed(tree)[0]
    found = [len(content_of(client.get(address(page))).namelist())]
    for user in (tools.member(), tools.signatory()):
        client.force_login(user)
        found.append(len(content_of(client.get(address(page))).namelist()))
    assert found == [2, 3, 4]


def test_an_archive_is_kept_by_no_cache_and_named_after_its_kit(client: StrictClient, tree: Tree) -> None:
    page = mixed(tree)[0]
    response = client.get(address(page))
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Disposition"] == f"attachment; filename*=UTF-8''{page.slug}.zip"
    tools.read(response)
    assert client.get(archive_of(page).file.url).status_code == 404


def test_nothing_of_a_kit_for_members_is_for_a_guest(client: StrictClient, tree: Tree) -> None:
    page = tools.kit(tree, *(tools.tool(tree, title, audience="members") for title in "ab"))
    assert client.get(address(page))["Location"].startswith(reverse("account_login"))
    assert address(page) not in client.get(page.path_on_site).content.decode()


def test_taking_a_kit_counts_each_of_its_files(client: StrictClient, tree: Tree) -> None:
    page = mixed(tree)[0]
    for _ in range(2):
        tools.read(client.get(address(page), headers={"User-Agent": tools.BROWSER}))
    tools.read(client.get(address(page), headers={"User-Agent": "curl/8"}))
    assert list(Download.objects.values_list("way", "count")) == [("kit", 1)]


def test_the_archive_is_the_same_byte_for_byte(tree: Tree) -> None:
    page = mixed(tree)[0]
    row = archive_of(page)
    with row.file.open("rb") as file:
        first = file.read()
    KitArchive.objects.all().delete()
    with TestCase.captureOnCommitCallbacks(execute=True):
        archives.refresh(page.translation_key)
    with archive_of(page).file.open("rb") as file:
        assert file.read() == first


def test_our_own_archives_pass_our_own_checks(tree: Tree) -> None:
    row = archive_of(mixed(tree)[0])
    with row.file.open("rb") as file:
        found = inspect(samples.upload("kit.zip", file.read()), role="document", from_staff=True)
    assert found.verdict == "clean"


@given(st.integers(1, 99), st.text(max_size=120), st.text(max_size=12))
def test_no_title_makes_a_name_that_leads_elsewhere(number: int, title: str, extension: str) -> None:
    name = file_name(number, title, extension)
    assert not set(name) & set('/\\:*?"<>|\0\r\n')
    assert name.startswith(f"{number:02}-")
    assert ".." not in name
    assert len(name) < 110


# ---------------------------------------------------------------- when it is made anew
def test_a_new_file_makes_the_archives_anew_and_the_former_goes(tree: Tree) -> None:
    page, carnet, *_others = mixed(tree)
    former = archive_of(page)
    carnet.document = tools.document("carnet.docx", samples.office())
    tools.publish(carnet)
    row = archive_of(page)
    assert opened(row).namelist()[1] == "01-Le-carnet-d-été.docx"
    assert (row.state, default_storage.exists(str(former.file.name))) == (State.READY, False)


def test_publishing_without_a_change_makes_nothing(tree: Tree) -> None:
    page, carnet, *_others = mixed(tree)
    before = archive_of(page).made_at
    tools.publish(carnet)
    tools.publish(page)
    assert archive_of(page).made_at == before


def test_a_tool_that_is_closed_leaves_the_public_archive_at_once(client: StrictClient, tree: Tree) -> None:
    page, carnet, *_others = mixed(tree)
    former = archive_of(page)
    carnet.facts.audience = "members"
    carnet.facts.save()
    assert default_storage.exists(str(former.file.name))
    assert client.get(address(page)).status_code == 302
    with TestCase.captureOnCommitCallbacks(execute=True):
        archives.refresh_all()
    assert opened(archive_of(page)).namelist() == ["LISEZMOI.txt"]


def test_a_file_that_is_refused_leaves_the_archive(client: StrictClient, tree: Tree) -> None:
    page, carnet, *_others = mixed(tree)
    FileCheck.objects.filter(document=carnet.document).update(verdict=FileCheck.Verdict.REFUSED)
    assert client.get(address(page)).status_code == 302
    with TestCase.captureOnCommitCallbacks(execute=True):
        archives.refresh_all()
    assert opened(archive_of(page)).namelist() == ["LISEZMOI.txt"]


def test_an_audience_without_a_tool_loses_its_archive(tree: Tree) -> None:
    page, *_tools, closed = mixed(tree)
    name = archive_of(page, "signatories").file.name
    closed.unpublish()
    with TestCase.captureOnCommitCallbacks(execute=True):
        archives.refresh_all()
    assert not KitArchive.objects.filter(kit=page.translation_key, audience="signatories").exists()
    assert not default_storage.exists(str(name))


def test_a_kit_that_is_taken_off_line_leaves_no_archive(client: StrictClient, tree: Tree) -> None:
    page = mixed(tree)[0]
    names = [row.file.name for row in KitArchive.objects.all()]
    with TestCase.captureOnCommitCallbacks(execute=True):
        page.unpublish()
    assert KitArchive.objects.count() == 0
    assert not any(default_storage.exists(str(name)) for name in names)
    assert client.get(address(page)).status_code == 404


def test_a_failure_is_shown_and_said_to_editors(
    client: StrictClient, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: Any) -> None:
        raise OSError("no space left")

    pages = [tools.tool(tree, title) for title in "ab"]
    monkeypatch.setattr(archives, "write", fail)
    page = tools.kit(tree, *pages)
    row = archive_of(page)
    assert (row.state, row.error) == (State.FAILED, "OSError: no space left")
    html = client.get(page.path_on_site).content.decode()
    assert address(page) not in html
    sign_in(client)
    assert "archive failed" in client.get(reverse("admin_kits:index")).content.decode()


def test_a_failed_archive_is_tried_again(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tools.kit(tree, *(tools.tool(tree, title) for title in "ab"))
    KitArchive.objects.update(state=State.FAILED, fingerprint="")
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert archives.refresh_all() == 1
    assert archive_of(page).state == State.READY


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_leave_one_file(tree: Tree) -> None:
    page = tools.kit(tree, *(tools.tool(tree, title) for title in "ab"))
    KitArchive.objects.update(state=State.WANTED, fingerprint="")
    gate = threading.Barrier(2)

    def make() -> None:
        gate.wait()
        try:
            archives.make_archive.func(str(page.translation_key), "public")
        finally:
            connection.close()

    threads = [threading.Thread(target=make) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    row = archive_of(page)
    _folders, names = default_storage.listdir("private/kits")
    assert row.state == State.READY
    assert f"private/kits/{str(row.file.name).rpartition('/')[2]}" == row.file.name
    assert row.file.name.rpartition("/")[2] in names


# ---------------------------------------------------------------- where it is shown
def test_the_page_shows_the_tools_in_order_and_those_that_are_not_hers(
    client: StrictClient, tree: Tree
) -> None:
    page = mixed(tree)[0]
    shown = shown_kit(page, tools.member())
    assert [(one.page.title, bool(one.locked)) for one in shown.tools] == [
        ("Le carnet d’été", False),
        ("Ailleurs", False),
        ("Pour les membres", False),
        ("Pour les signataires", True),
    ]
    assert (shown.files, shown.links, shown.plan and shown.plan.left_out) == (2, 1, 1)
    html = client.get(page.path_on_site).content.decode()
    assert address(page) in html


def test_a_kit_is_listed_on_the_pages_of_its_tools(client: StrictClient, tree: Tree) -> None:
    page, carnet, *_others = mixed(tree)
    assert f'href="{page.path_on_site}"' in client.get(carnet.path_on_site).content.decode()


def test_the_search_finds_a_kit_by_its_tools(tree: Tree) -> None:
    found = describe_kit(KitPage.objects.get(pk=mixed(tree)[0].pk))
    assert found is not None
    assert (found.kind, "Le carnet d’été" in found.body) == ("kit", True)


def test_the_page_of_a_kit_costs_the_same_with_two_tools_and_with_four(
    client: StrictClient, tree: Tree
) -> None:
    pages = [tools.tool(tree, title) for title in "abcd"]
    small, large = tools.kit(tree, *pages[:2], title="Petit"), tools.kit(tree, *pages, title="Grand")
    client.get(small.path_on_site)
    spent = []
    for page in (small, large):
        page.save()
        with CaptureQueriesContext(connection) as queries:
            client.get(page.path_on_site)
        spent.append(len(queries))
    assert spent[0] == spent[1]


def test_the_list_of_kits_costs_one_look_at_kits_and_one_at_tools(
    tree: Tree, django_assert_num_queries: Any
) -> None:
    pages = [tools.tool(tree, title) for title in "ab"]
    for title in ("Un", "Deux", "Trois"):
        tools.kit(tree, *pages, title=title)
    with django_assert_num_queries(2):
        assert [len(kit.kit_tools.all()) for kit in kits.all_kits(tree.home.locale_id)] == [2, 2, 2]
