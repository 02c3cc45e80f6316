"""Each file that was published stays, and the former ones can be taken."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from common.models import FileCheck
from tests.factories.site import Tree
from tests.harness.client import StrictClient
from toolbox.files.versions import former, keep_missing
from toolbox.models import Tool, ToolVersion

from . import tools

pytestmark = pytest.mark.django_db


def replace(page: Any, number: str, note: str = "", document: Any = None) -> Any:
    page.document, page.version, page.version_note = document or tools.document(), number, note
    return tools.publish(page)


def numbers(page: Any) -> list[str]:
    return [one.version.number for one in former(Tool.objects.get(pk=page.facts_id))]


def test_each_published_file_is_a_version(tree: Tree) -> None:
    page = tools.tool(tree, version="1.0")
    replace(page, "1.1", "La page 3 est plus claire.")
    replace(page, "2.0")
    found = ToolVersion.objects.order_by("published_at", "pk").values_list("number", "note")
    assert list(found) == [("1.0", ""), ("1.1", "La page 3 est plus claire."), ("2.0", "")]
    assert numbers(page) == ["1.1", "1.0"]


def test_publishing_again_with_the_same_file_makes_no_version(tree: Tree) -> None:
    page = tools.tool(tree, version="1.0")
    replace(page, "1.0 bis", "Une coquille.", document=page.document)
    assert list(ToolVersion.objects.values_list("number", "note")) == [("1.0 bis", "Une coquille.")]


def test_a_draft_makes_no_version(tree: Tree) -> None:
    page = tools.tool(tree, version="1.0")
    page.document, page.version = tools.document(), "2.0"
    page.save_revision(clean=False)
    assert ToolVersion.objects.count() == 1


def test_a_file_that_comes_back_is_the_latest_again(tree: Tree) -> None:
    page = tools.tool(tree, version="1.0")
    first = page.document
    replace(page, "2.0")
    replace(page, "1.0", document=first)
    assert numbers(page) == ["2.0"]


def test_former_versions_are_listed_and_can_be_taken(client: StrictClient, tree: Tree) -> None:
    page = tools.tool(tree, version="1.0")
    first = page.document
    replace(page, "2.0")
    address = reverse("take_tool_version", args=[page.translation_key, 1])
    assert address in client.get(page.path_on_site).content.decode()
    assert client.get(address)["Location"] == first.url
    assert client.get(reverse("take_tool_version", args=[page.translation_key, 9])).status_code == 404


def test_a_former_version_that_was_refused_is_not_listed(tree: Tree) -> None:
    page = tools.tool(tree, version="1.0")
    FileCheck.objects.filter(document=page.document).update(verdict=FileCheck.Verdict.REFUSED)
    replace(page, "2.0")
    assert numbers(page) == []


def test_tools_of_before_get_their_first_version(tree: Tree) -> None:
    page = tools.tool(tree, version="1.0")
    ToolVersion.objects.all().delete()
    assert [keep_missing(), keep_missing()] == [1, 0]
    assert ToolVersion.objects.get().published_at == page.facts.published_at


def test_a_file_that_waits_or_was_refused_cannot_be_taken(client: StrictClient, tree: Tree) -> None:
    page = tools.tool(tree)
    address = reverse("take_tool", args=[page.translation_key])
    for verdict in (FileCheck.Verdict.PENDING, FileCheck.Verdict.REFUSED):
        FileCheck.objects.filter(document=page.document).update(
            verdict=verdict, checked_at="2026-01-01T00:00Z"
        )
        page.save()
        assert client.get(address).status_code == 404
        assert client.get(page.document.url).status_code == 404
        assert address not in client.get(page.path_on_site).content.decode()


def test_macros_are_said_beside_the_button(client: StrictClient, tree: Tree) -> None:
    page = tools.tool(tree)
    FileCheck.objects.filter(document=page.document).update(verdict="warned", findings=["macros"])
    page.save()
    html = client.get(page.path_on_site).content.decode()
    assert 'class="take-warning"' in html
    assert reverse("take_tool", args=[page.translation_key]) in html


def test_the_licence_is_said_in_words_with_its_text(client: StrictClient, tree: Tree) -> None:
    html = client.get(tools.tool(tree).path_on_site).content.decode()
    assert 'href="https://creativecommons.org/licenses/by/4.0/deed.fr"' in html


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_with_one_and_with_three_former_versions(
    client: StrictClient, tree: Tree, count: int, django_assert_max_num_queries: Any
) -> None:
    page = tools.tool(tree, version="1.0")
    for number in range(count):
        replace(page, f"2.{number}")
    client.get(tree.home.path_on_site)
    with django_assert_max_num_queries(32):
        client.get(page.path_on_site)
