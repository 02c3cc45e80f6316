"""The exchanges on a page, as visitors and members see them."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.test import TestCase
from django.utils import timezone

from common import generation
from members.companies.departure import leave
from members.conversation.moderating import Moderation
from members.conversation.writing import delete
from members.models import Comment, Follow, Intent, Membership, Notification
from members.people.blocking import block
from members.privacy.anonymising import anonymise
from tests.harness.client import StrictClient
from tests.members.companies.people import belonging, company
from tests.members.people.members import member, profile_of, queries

from .talk import about, moderated, moderator, practice, said, waiting

pytestmark = pytest.mark.django_db
HOSTILE = '<script>alert(1)</script> <img src=x onerror=y> https://a.example/"onclick=1 javascript:alert(2)'


def section(client: StrictClient, page: Any, query: str = "", **headers: Any) -> str:
    """The exchanges of a page, as one browser gets them."""
    body = client.get(page.path_on_site + query, **headers).content.decode()
    return body[body.index('id="echanges"') : body.index("<footer")]


def texts(html: str) -> list[str]:
    """The words of the comments, in their order."""
    return re.findall(r'<div class="comment-text"[^>]*>(.*?)</div>', html, re.DOTALL)


def signed_in(user: Any) -> StrictClient:
    """A browser of a member."""
    client = StrictClient()
    client.force_login(user)
    return client


def write_path(page: Any, answered: Comment | None = None) -> str:
    """Where one writes about a page."""
    path = f"/espace/echanges/practice/{page.translation_key}/ecrire/"
    return f"{path}?reponse={answered.public_id}" if answered else path


# ---------------------------------------------------------------- what is remembered
def test_a_page_costs_two_more_queries_with_one_comment_or_thirty(tree: Any, client: StrictClient) -> None:
    silent, short, long = practice(tree), practice(tree), practice(tree)
    firm = company()
    anne = member()
    belonging(anne, firm)
    parent = said(anne, short, organisation=firm)
    for number in range(30):
        parent = said(member(f"Paul {number}"), long, f"Numéro {number}.", organisation=firm)
        said(anne, long, f"Réponse {number}.", parent=parent)
    counts = [queries(client, page.path_on_site) for page in (silent, short, long)]
    assert [count - counts[0] for count in counts] == [0, 1, 1]


def test_what_a_visitor_gets_holds_no_token_and_no_name_that_members_alone_may_read(
    tree: Any, client: StrictClient
) -> None:
    page, anne = practice(tree), member("Anne Martin")
    said(anne, page, "Bonjour.")
    response = client.get(page.path_on_site)
    html = response.content.decode()
    assert (len(response.cookies), "csrfmiddlewaretoken" in html, "Anne Martin" in html) == (0, False, False)
    assert texts(html) == ["<p>Bonjour.</p>"]


@pytest.mark.parametrize(
    ("seen_by", "visitor", "reader"),
    [("everyone", True, True), ("members", False, True), ("nobody", False, False)],
)
def test_names_and_companies_show_to_whom_the_profile_says(
    seen_by: str, visitor: bool, reader: bool, tree: Any, client: StrictClient
) -> None:
    page, anne, firm = practice(tree), member("Anne Martin"), company(name="Tissages Réunis")
    belonging(anne, firm)
    profile_of(anne, seen_by=seen_by)
    said(anne, page, organisation=firm)
    shown = [
        ("Anne Martin" in html, "Tissages Réunis" in html)
        for html in (section(client, page), section(signed_in(member("Paul Petit")), page))
    ]
    assert shown == [(visitor, visitor), (reader, reader)]


def test_whoever_leaves_a_company_no_longer_speaks_under_its_name(tree: Any, client: StrictClient) -> None:
    page, anne, firm = practice(tree), member("Anne Martin"), company(name="Tissages Réunis")
    belonging(anne, firm)
    profile_of(anne, seen_by="everyone")
    said(anne, page, organisation=firm)
    assert "Tissages Réunis" in section(client, page)
    leave(Membership.objects.get(user=anne))
    assert ("Tissages Réunis" in section(client, page), "Anne Martin" in section(client, page)) == (
        False,
        True,
    )


def test_remembered_pages_follow_what_members_choose(tree: Any) -> None:
    page, anne = practice(tree), member("Anne Martin")
    profile = profile_of(anne, seen_by="everyone")
    said(anne, page)
    before = generation.current()
    anne.last_login = timezone.now()
    anne.save(update_fields=["last_login"])
    assert generation.current() == before
    profile.name_visibility = "nobody"
    profile.save()
    assert generation.current() != before


# ---------------------------------------------------------------- what is shown
def test_hostile_words_are_only_words(tree: Any, client: StrictClient) -> None:
    page = practice(tree)
    said(
        member(),
        page,
        HOSTILE,
    )
    said(member(), page, "{{ 7|add:7 }} {% now 'Y' %} http://b.example/?q=<b>")
    first, second = texts(section(client, page))
    assert first == (
        "<p>&lt;script&gt;alert(1)&lt;/script&gt; &lt;img src=x onerror=y&gt; "
        '<a href="https://a.example/" rel="nofollow noopener ugc">https://a.example/</a>&quot;onclick=1 '
        "javascript:alert(2)</p>"
    )
    assert second == (
        "<p>{{ 7|add:7 }} {% now &#x27;Y&#x27; %} "
        '<a href="http://b.example/?q=" rel="nofollow noopener ugc">http://b.example/?q=</a>&lt;b&gt;</p>'
    )


def test_the_author_and_the_team_are_named_in_words(tree: Any, client: StrictClient) -> None:
    anne = member("Anne Martin")
    page = practice(tree, anne)
    said(anne, page)
    said(moderator(), page, by_staff=True)
    marks = re.findall(r'badge-strong">([^<]+)<', section(client, page))
    assert len(marks) == 2


def test_a_deleted_comment_leaves_its_place_while_it_has_answers(tree: Any, client: StrictClient) -> None:
    page, anne = practice(tree), member("Anne Martin")
    answered, alone = said(anne, page, "Répondu."), said(anne, page, "Seul.")
    paul = member("Paul Petit")
    answer = said(paul, page, "Réponse.", parent=answered)
    delete(answered, anne)
    delete(alone, anne)
    html = section(client, page)
    assert (texts(html), html.count("comment-gone")) == (["<p>Réponse.</p>"], 1)
    delete(answer, paul)
    assert section(client, page).count("comment") == section(client, practice(tree)).count("comment")


def test_a_member_who_has_gone_is_a_former_member(tree: Any, client: StrictClient) -> None:
    page, anne = practice(tree), member("Anne Martin")
    profile_of(anne, seen_by="everyone")
    comment = said(anne, page)
    anonymise(anne, True, "asked")
    html = section(client, page)
    assert ("Anne" in html, texts(html)) == (False, [f"<p>{comment.text}</p>"])


def test_what_waits_is_seen_by_its_author_alone(tree: Any, client: StrictClient) -> None:
    page, anne = practice(tree), member("Anne Martin")
    comment = waiting(anne, page)
    seen = [texts(section(each, page)) for each in (client, signed_in(member("Paul Petit")), signed_in(anne))]
    assert seen == [[], [], [f"<p>{comment.text}</p>"]]


def test_words_of_somebody_one_blocked_are_folded(tree: Any) -> None:
    page, anne, paul = practice(tree), member("Anne Martin"), member("Paul Petit")
    said(paul, page)
    block(anne, paul)
    folded = ["comment-folded" in section(signed_in(user), page) for user in (anne, paul)]
    assert folded == [True, False]


def test_a_page_where_nobody_spoke_asks_what_its_author_asks(tree: Any, client: StrictClient) -> None:
    asked = practice(tree, question="Et chez vous, combien d’heures par semaine ?")
    html = section(client, asked)
    assert ("combien d’heures par semaine" in html, "echanges-list" in html) == (True, False)
    said(member(), asked)
    assert "combien d’heures par semaine" not in section(client, asked)


def test_earlier_exchanges_stand_behind_a_link_and_the_permalink_finds_them(
    tree: Any, client: StrictClient
) -> None:
    page, anne = practice(tree), member("Anne Martin")
    rows = [said(anne, page, f"Numéro {number}.") for number in range(65)]
    pages = [
        texts(section(client, page, query)) for query in ("", "?echanges=2", "?echanges=3", "?echanges=9")
    ]
    assert [len(each) for each in pages] == [30, 30, 5, 30]
    assert (pages[0][0], pages[0][-1], pages[2][0]) == (
        "<p>Numéro 35.</p>",
        "<p>Numéro 64.</p>",
        "<p>Numéro 0.</p>",
    )
    places = [client.get(f"/espace/echanges/{rows[n].public_id}/")["Location"] for n in (0, 64)]
    assert places == [
        f"{page.path_on_site}?echanges=3#echange-{rows[0].public_id}",
        f"{page.path_on_site}#echange-{rows[64].public_id}",
    ]


@pytest.mark.parametrize(
    "query", ["?echanges=", "?echanges=x", "?echanges=-1", "?echanges=²", "?echanges=%00"]
)
def test_a_page_of_exchanges_that_is_no_number_is_the_latest(
    query: str, tree: Any, client: StrictClient
) -> None:
    page = practice(tree)
    said(member(), page)
    assert len(texts(section(client, page, query))) == 1


def test_what_one_reads_is_not_told_by_mail(tree: Any) -> None:
    author, anne = member("Paul Petit"), member("Anne Martin")
    page = practice(tree, author)
    moderated(Moderation.AFTER)
    signed_in(anne).post(write_path(page), {"text": "Bonjour.", "sort": "comment"})
    assert Notification.objects.filter(user=author, read_at=None).count() == 1
    section(signed_in(author), page)
    assert Notification.objects.filter(user=author, read_at=None).count() == 0


# ---------------------------------------------------------------- writing, from the page
def test_a_member_writes_and_comes_back_to_her_words(tree: Any) -> None:
    moderated(Moderation.AFTER)
    page, anne = practice(tree), member("Anne Martin")
    client = signed_in(anne)
    response = client.post(write_path(page), {"text": "Bonjour.", "sort": "question"})
    comment = Comment.objects.get()
    assert response["Location"] == f"{page.path_on_site}#echange-{comment.public_id}"
    assert texts(section(client, page)) == ["<p>Bonjour.</p>"]


def test_with_htmx_the_exchanges_come_back_alone(tree: Any) -> None:
    moderated(Moderation.AFTER)
    page, anne = practice(tree), member("Anne Martin")
    first = said(member("Paul Petit"), page)
    client = signed_in(anne)
    html = client.post(
        write_path(page, first), {"text": "Oui."}, headers={"HX-Request": "true"}
    ).content.decode()
    comment = Comment.objects.get(text="Oui.")
    assert (html.count("<html"), f'data-sent="{comment.public_id}"' in html, len(texts(html))) == (0, True, 2)
    html = client.post(
        write_path(page, first), {"text": " "}, headers={"HX-Request": "true"}
    ).content.decode()
    assert (html.count("<html"), 'id="errors"' in html) == (0, True)


def test_what_is_refused_is_given_back(tree: Any) -> None:
    moderated(Moderation.AFTER)
    page, anne = practice(tree), member("Anne Martin")
    gone = said(anne, page)
    client = signed_in(member("Paul Petit"))
    delete(gone, anne)
    html = client.post(write_path(page, gone), {"text": "Des mots précieux."}).content.decode()
    assert ("Des mots précieux." in html, Comment.objects.filter(text="Des mots précieux.").exists()) == (
        True,
        False,
    )
    long = client.post(write_path(page), {"text": "é" * 3001, "sort": "comment"}).content.decode()
    assert "é" * 3001 in long


def test_nul_is_refused_wherever_it_is_typed(tree: Any) -> None:
    page, client = practice(tree), signed_in(member())
    statuses = [
        client.post(write_path(page), {"text": "a\0b", "sort": "comment"}).status_code,
        client.get(write_path(page) + "?reponse=%00").status_code,
        client.get("/espace/echanges/practice/not-a-key/ecrire/").status_code,
        client.get(f"/espace/echanges/recipe/{page.translation_key}/ecrire/").status_code,
    ]
    assert (statuses, Comment.objects.count()) == ([200, 200, 404, 404], 0)


def test_words_typed_before_having_an_account_are_written_after(tree: Any, client: StrictClient) -> None:
    moderated(Moderation.AFTER)
    page, anne = practice(tree), member("Anne Martin")
    response = client.post(write_path(page), {"text": "Mes mots.", "sort": "question"})
    assert (urlsplit(response["Location"]).path, Intent.objects.count()) == ("/compte/login/", 1)
    client.post("/compte/login/", {"login": anne.email, "password": "un mot de passe assez long"})
    assert list(Comment.objects.values_list("text", "sort", "author")) == [("Mes mots.", "question", anne.pk)]


def test_who_may_still_change_it_finds_the_way_and_later_her_words(tree: Any) -> None:
    moderated(Moderation.AFTER)
    page, anne = practice(tree), member("Anne Martin")
    client = signed_in(anne)
    client.post(write_path(page), {"text": "Bonjour.", "sort": "comment"})
    comment = Comment.objects.get()
    path = f"/espace/echanges/{comment.public_id}/modifier/"
    assert path in section(client, page)
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=31)):
        client.force_login(anne)
        assert path not in section(client, page)
        html = client.post(path, {"text": "Mieux dit.", "sort": "comment", "seen": ""}).content.decode()
    comment.refresh_from_db()
    assert ("Mieux dit." in html, comment.text) == (True, "Bonjour.")


def test_the_acts_of_others_are_not_found(tree: Any) -> None:
    comment = said(member("Anne Martin"), practice(tree))
    client = signed_in(member("Paul Petit"))
    paths = [f"/espace/echanges/{comment.public_id}/{act}/" for act in ("modifier", "supprimer")]
    assert [client.post(path).status_code for path in paths] == [404, 404]


def test_the_conversation_is_followed_and_listed_in_the_space(tree: Any) -> None:
    page, anne = practice(tree, title="Quatorze binômes"), member("Anne Martin")
    said(member(), page)
    client = signed_in(anne)
    client.post("/espace/suivre/", {"change": f"follow:conversation:practice:{page.translation_key}"})
    assert Follow.objects.filter(user=anne, kind="conversation").count() == 1
    assert "Quatorze binômes" in client.get("/espace/suivis/").content.decode()


def test_ones_own_page_takes_as_many_queries_with_one_comment_and_with_ten(tree: Any) -> None:
    few, many = member("Anne Martin"), member("Paul Petit")
    said(few, practice(tree))
    for _number in range(10):
        said(many, practice(tree))
    assert queries(signed_in(few), "/espace/echanges/") == queries(signed_in(many), "/espace/echanges/")


def test_a_member_sees_the_exchanges_in_as_many_queries_whatever_their_number(tree: Any) -> None:
    short, long = practice(tree), practice(tree)
    said(member(), short)
    for number in range(20):
        said(member(f"Paul {number}"), long, f"Numéro {number}.")
    anne = member("Anne Martin")
    counts = {queries(signed_in(anne), page.path_on_site) for page in (short, long)}
    assert len(counts) == 1


def test_what_is_off_line_cannot_be_commented(tree: Any) -> None:
    page = practice(tree)
    topic = about(page)
    page.unpublish()
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert signed_in(member()).get(write_path(page)).status_code == 404
    assert topic.target == f"practice:{page.translation_key}"
