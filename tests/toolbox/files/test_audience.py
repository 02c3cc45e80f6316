"""Who may take a tool, at whatever address it is asked for."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from charters.models import Signature
from common import files
from common.audiences import is_in_audience
from common.models import DocumentPreview
from members.models import Membership
from tests.factories.shared import UserFactory
from tests.factories.site import Tree
from tests.harness.client import StrictClient
from toolbox.files.audience import Audience, audience_of, may_open, tools_of
from toolbox.sources import describe_tool

from . import tools

pytestmark = pytest.mark.django_db
BODY = [("text", "<p>Le secret du métier.</p>")]


def address(page: Any) -> str:
    return reverse("take_tool", args=[page.translation_key])


# ---------------------------------------------------------------- who is in
def test_signatories_are_confirmed_current_members_of_a_company_whose_signature_stands(tree: Tree) -> None:
    gone = tools.signatory()
    Membership.objects.filter(user=gone).update(left_at="2024-01-01T00:00:00Z")
    people = [
        tools.signatory(),
        tools.signatory(state=Signature.State.LABELLED),
        tools.signatory(state=Signature.State.LAPSED),
        tools.signatory(state=Signature.State.SUBMITTED),
        tools.signatory(confirmed=False),
        gone,
        tools.member(),
        AnonymousUser(),
    ]
    found = [is_in_audience(person, "signatories") for person in people]
    assert found == [True, True, False, False, False, False, False, False]


def test_members_have_a_verified_address() -> None:
    people = [tools.member(), UserFactory(), AnonymousUser()]
    assert [is_in_audience(person, "members") for person in people] == [True, False, False]


@pytest.mark.parametrize(
    ("audience", "expected"),
    [
        ("public", [True, True, True, True]),
        ("members", [False, True, True, True]),
        ("signatories", [False, False, True, True]),
    ],
)
def test_audiences_are_nested_and_the_team_takes_everything(
    tree: Tree, audience: str, expected: list[bool]
) -> None:
    page = tools.tool(tree, audience=audience)
    people = [AnonymousUser(), tools.member(), tools.signatory(), UserFactory(admin=True)]
    assert [may_open(person, page.document) for person in people] == expected


def test_the_author_of_a_tool_takes_it_whatever_its_audience(tree: Tree) -> None:
    page, author = tools.tool(tree, audience="signatories"), tools.member()
    page.facts.author = author
    page.facts.save()
    assert may_open(author, page.document)


# ---------------------------------------------------------------- a document of several tools
def test_the_most_open_of_the_published_tools_wins(tree: Tree) -> None:
    shared = tools.document()
    tools.tool(tree, "Pour les signataires", document=shared, audience="signatories")
    assert audience_of(tools_of(shared)) == Audience.SIGNATORIES
    page = tools.tool(tree, "Pour les membres", document=shared, audience="members")
    assert audience_of(tools_of(shared)) == Audience.MEMBERS
    page.unpublish()
    assert audience_of(tools_of(shared)) == Audience.SIGNATORIES


def test_withdrawing_a_tool_does_not_open_its_file(tree: Tree) -> None:
    page = tools.tool(tree, audience="members")
    page.unpublish()
    assert not may_open(AnonymousUser(), page.document)


def test_a_former_version_is_for_those_of_its_tool(tree: Tree) -> None:
    page = tools.tool(tree, audience="members")
    former = page.document
    page.document = tools.document()
    tools.publish(page)
    assert audience_of(tools_of(former)) == Audience.MEMBERS


# ---------------------------------------------------------------- the addresses
def test_a_guest_who_knows_the_address_of_a_document_is_sent_to_sign_in(
    client: StrictClient, tree: Tree
) -> None:
    page = tools.tool(tree, audience="members")
    response = client.get(page.document.url)
    assert (response.status_code, response["Location"].split("?")[0]) == (302, reverse("account_login"))


def test_a_member_who_is_not_concerned_finds_nothing_there(client: StrictClient, tree: Tree) -> None:
    page = tools.tool(tree, audience="signatories")
    client.force_login(tools.member())
    assert client.get(page.document.url).status_code == 404


def test_a_restricted_file_is_kept_by_no_cache(client: StrictClient, tree: Tree) -> None:
    page = tools.tool(tree, audience="members", document=tools.document(title="Un guide à part"))
    client.force_login(tools.member())
    assert client.get(page.document.url)["Location"] == address(page)
    response = client.get(address(page))
    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")
    assert response["Content-Disposition"] == "attachment; filename*=UTF-8''Un-guide-%C3%A0-part.pdf"
    assert tools.read(response).startswith(b"%PDF-")


def test_a_former_version_that_is_restricted_leaves_by_its_own_address(
    client: StrictClient, tree: Tree
) -> None:
    page = tools.tool(tree, audience="members")
    former = page.document
    page.document = tools.document()
    tools.publish(page)
    client.force_login(tools.member())
    wanted = reverse("take_tool_version", args=[page.translation_key, 1])
    assert client.get(former.url)["Location"] == wanted
    response = client.get(wanted)
    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")
    tools.read(response)


def test_the_private_folder_of_documents_stays_closed(client: StrictClient, tree: Tree) -> None:
    page = tools.tool(tree)
    client.force_login(UserFactory(admin=True))
    assert client.get(page.document.file.url).status_code == 404


def test_the_counted_address_asks_the_same_question(client: StrictClient, tree: Tree) -> None:
    page = tools.tool(tree, audience="signatories")
    assert client.get(address(page))["Location"].startswith(reverse("account_login"))
    client.force_login(tools.member())
    assert client.get(address(page))["Location"] == page.path_on_site
    client.force_login(tools.signatory())
    response = client.get(address(page))
    assert response.status_code == 200
    tools.read(response)


def test_the_first_page_is_behind_the_same_guard(tree: Tree) -> None:
    page = tools.tool(tree, audience="members")
    DocumentPreview.objects.update_or_create(
        document=page.document, defaults={"file": "private/previews/a.webp", "width": 1, "height": 1}
    )
    people = [AnonymousUser(), tools.member()]
    seen = [files.guards["previews"](person, "private/previews/a.webp") for person in people]
    assert seen == [False, True]


# ---------------------------------------------------------------- what is read
@pytest.mark.parametrize("audience", ["members", "signatories"])
def test_a_guest_reads_the_sentence_and_not_how_to_use_it(
    client: StrictClient, tree: Tree, audience: str
) -> None:
    page = tools.tool(tree, audience=audience, body=BODY, summary="Une phrase pour tous.")
    html = client.get(page.path_on_site).content.decode()
    assert "Une phrase pour tous." in html
    assert "secret du métier" not in html
    assert address(page) not in html
    assert f"{reverse('account_login')}?next={page.path_on_site}" in html


def test_a_member_reads_it_all(client: StrictClient, tree: Tree) -> None:
    page = tools.tool(tree, audience="members", body=BODY)
    client.force_login(tools.member())
    html = client.get(page.path_on_site).content.decode()
    assert "secret du métier" in html
    assert address(page) in html


def test_the_search_keeps_the_sentence_and_not_how_to_use_it(tree: Tree) -> None:
    page = tools.tool(tree, audience="members", body=BODY, summary="Une phrase pour tous.")
    found = describe_tool(page)
    assert found is not None
    assert (found.summary, "secret" in found.body) == ("Une phrase pour tous.", False)
    public = describe_tool(tools.tool(tree, "Ouvert", body=BODY))
    assert public is not None
    assert "secret" in public.body
