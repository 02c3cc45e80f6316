"""Comments in the admin."""

from __future__ import annotations

from typing import Any

import pytest

from members.models import Comment
from members.roles import Role
from tests.members.admin.team import queries_of, working
from tests.members.people.members import member

from .talk import practice, said

pytestmark = pytest.mark.django_db
LIST = "/admin/comments/"


def test_the_list_costs_the_same_with_one_comment_and_with_ten(tree: Any) -> None:
    page, client = practice(tree), working(Role.MODERATOR)
    said(member(), page)
    before = queries_of(client, LIST)
    for number in range(9):
        said(member(f"Paul {number}"), page, f"Numéro {number}.")
    assert queries_of(client, LIST) == before


def test_a_moderator_searches_filters_and_hides_with_a_reason(tree: Any) -> None:
    page, client = practice(tree), working(Role.MODERATOR)
    comment = said(member("Anne Martin"), page, "Achetez nos formations.")
    said(member("Paul Petit"), page, "Bonjour.")
    for query in (
        "?q=formations",
        "?q=Martin",
        "?state=visible&q=formations",
        "?target_kind=practice&q=formations",
    ):
        html = client.get(LIST + query).content.decode()
        assert ("Achetez nos formations." in html, "Bonjour." in html) == (True, False)
    assert "Achetez" in client.get(f"{LIST}inspect/{comment.pk}/").content.decode()
    client.post(f"{LIST}{comment.pk}/hide/", {"reason": "Publicité."})
    comment.refresh_from_db()
    assert comment.state == Comment.State.HIDDEN
    assert client.post(f"{LIST}{comment.pk}/hide/", {"reason": "Encore."}).status_code == 404
    client.post(f"{LIST}{comment.pk}/show/", {"reason": "Une erreur."})
    comment.refresh_from_db()
    assert comment.state == Comment.State.VISIBLE


def test_only_those_who_moderate_open_it(tree: Any) -> None:
    comment = said(member(), practice(tree))
    client = working(Role.FACILITATOR)
    statuses = [
        client.get(path).status_code
        for path in (LIST, f"{LIST}inspect/{comment.pk}/", f"{LIST}{comment.pk}/hide/")
    ]
    assert 200 not in statuses


def test_an_administrator_chooses_when_words_are_read(tree: Any) -> None:
    client = working(Role.ADMINISTRATOR)
    html = client.get("/admin/settings/members/conversationsettings/", follow=True).content.decode()
    assert 'name="first_held"' in html
