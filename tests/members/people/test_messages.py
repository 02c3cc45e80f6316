"""The pages of messages: what is shown, to whom, and how often the database is asked."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from members.models import Block, ContactRequest, Membership, Message, MessageReport, Notification, User
from members.people import contact, panel
from members.people.blocking import block
from members.people.inbox import unread_count
from members.people.linking import linked
from tests.members.companies.people import company, manager_of

from .members import conversation, member, queries, unverify

pytestmark = pytest.mark.django_db
State = ContactRequest.State
ANSWER = {"text": "Avec plaisir."}


@pytest.fixture
def anne() -> User:
    return member("Anne Martin")


@pytest.fixture
def paul(client: Client) -> User:
    """Who is signed in."""
    user = member("Paul Petit")
    client.force_login(user)
    return user


def path_of(row: ContactRequest, what: str = "") -> str:
    return f"/espace/messages/{row.public_id}/{what}"


def subjects(client: Client, tab: str = "") -> list[str]:
    listing = client.get(f"/espace/messages/?tab={tab}").context["listing"]
    return [row.subject for row in listing.items]


# ---------------------------------------------------------------- the list
def test_tabs(client: Client, anne: User, paul: User) -> None:
    waits = contact.write(anne, paul, "Une question", "Bonjour")
    contact.write(paul, member("Lou Robert"), "Ma question", "Bonjour")
    done = contact.write(member("Ève Roux"), paul, "Terminée", "Bonjour")
    contact.decline(done, paul)
    assert subjects(client) == ["Terminée", "Ma question", "Une question"]
    assert (subjects(client, "waiting"), subjects(client, "closed")) == (["Une question"], ["Terminée"])
    assert subjects(client, "nonsense") == ["Terminée", "Ma question", "Une question"]
    contact.answer(waits, paul, "Oui")
    assert subjects(client, "waiting") == []


def test_what_is_unread(client: Client, anne: User, paul: User) -> None:
    row = conversation(anne, paul)
    assert (unread_count(paul), unread_count(anne)) == (1, 0)
    client.get(path_of(row))
    assert unread_count(paul) == 0
    contact.answer(row, paul, "Avec plaisir.")
    assert (unread_count(paul), unread_count(anne)) == (0, 1)


def test_an_answer_of_a_colleague_leaves_nothing_to_read(anne: User) -> None:
    atelier = company()
    alix, sacha = manager_of(atelier), manager_of(atelier, "Sacha Robert")
    row = conversation(anne, atelier)
    assert (unread_count(alix), unread_count(sacha)) == (1, 1)
    contact.answer(row, sacha, "Bonjour")
    assert (unread_count(alix), unread_count(anne)) == (0, 1)
    contact.answer(row, anne, "Merci")
    assert (unread_count(alix), unread_count(sacha)) == (1, 1)


def test_unread_is_one_query(
    anne: User, paul: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(3):
        conversation(member("Lou Robert"), paul)
    with django_assert_num_queries(1):
        assert unread_count(paul) == 3


def test_reading_a_conversation_reads_its_notification(client: Client, anne: User, paul: User) -> None:
    row = conversation(anne, paul)
    User.objects.filter(pk=paul.pk).update(language="nl")
    contact.answer(row, User.objects.get(pk=paul.pk), "Bonjour")
    contact.answer(row, anne, "Encore")
    client.get(path_of(row))
    assert list(Notification.objects.filter(user=paul, read_at=None).values_list("url", flat=True)) == []


def test_a_request_that_was_declined_is_said_kindly(client: Client, anne: User, paul: User) -> None:
    row = conversation(paul, anne)
    block(anne, paul)
    html = client.get(path_of(row)).content.decode() + client.get("/espace/messages/").content.decode()
    main = "".join(part.split("</main>")[0] for part in html.split("<main")[1:])
    assert 'name="text"' not in main
    assert ("Not followed up" in main or "Sans suite" in main, "Declined" in main) == (True, False)


def test_the_list_asks_as_much_whatever_its_size(client: Client, paul: User) -> None:
    atelier = company()
    Membership.objects.create(
        user=paul, organisation=atelier, role="manager", confirmed_at=timezone.now(), confirmation="call"
    )
    asked = []
    for number in range(3):
        conversation(member(f"Lou N{number}"), paul)
        conversation(member(f"Ève N{number}"), atelier)
        asked.append(queries(client, "/espace/messages/"))
    assert (asked[0] == asked[2], asked[2] <= 10) == (True, True)


# ---------------------------------------------------------------- one conversation
def test_the_newest_is_at_the_bottom(client: Client, anne: User, paul: User) -> None:
    row = conversation(anne, paul)
    contact.accept(row, paul)
    for number in range(60):
        Message.objects.create(
            request=row, author=anne, text=f"n{number}", sent_at=timezone.now() + dt.timedelta(seconds=number)
        )
    texts = [str(line.html) for line in client.get(path_of(row)).context["listing"].items]
    assert (len(texts), texts[0], texts[-1]) == (50, "n10", "n59")
    earlier = [str(line.html) for line in client.get(path_of(row) + "?page=2").context["listing"].items]
    assert (len(earlier), earlier[-1]) == (11, "n9")


def test_an_answer_is_sent_and_said(client: Client, anne: User, paul: User) -> None:
    row = conversation(anne, paul)
    response = client.post(path_of(row), ANSWER)
    message = Message.objects.get(author=paul)
    assert response["Location"] == f"{path_of(row)}?envoye=1#m-{message.public_id}"
    assert client.get(path_of(row) + "?envoye=1").context["sent"] is True


@pytest.mark.parametrize("text", ["", "   ", "x" * 5001])
def test_a_refused_answer_comes_back(client: Client, anne: User, paul: User, text: str) -> None:
    response = client.post(path_of(conversation(anne, paul)), {"text": text})
    assert (list(response.context["form"].errors), response.context["form"]["text"].value()) == (
        ["text"],
        text,
    )


def test_an_answer_that_comes_too_late_comes_back(client: Client, anne: User, paul: User) -> None:
    row = conversation(anne, paul)
    contact.decline(row, paul)
    response = client.post(path_of(row), ANSWER)
    assert (len(response.context["form"].non_field_errors()), Message.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("what", "state"),
    [
        ("accepter", State.ACCEPTED),
        ("decliner", State.BLOCKED),
        ("bloquer", State.BLOCKED),
        ("clore", State.PENDING),
    ],
)
def test_buttons(client: Client, anne: User, paul: User, what: str, state: str) -> None:
    row = conversation(anne, paul)
    assert client.get(path_of(row, f"{what}/")).status_code == 405
    response = client.post(path_of(row, f"{what}/"))
    row.refresh_from_db()
    assert (response["Location"], row.state) == (path_of(row), state)
    assert Block.objects.filter(blocker=paul, blocked=anne).exists() == (what == "bloquer")


def test_a_removed_message_says_so(client: Client, anne: User, paul: User) -> None:
    row = conversation(anne, paul, "Des mots que personne ne doit lire")
    Message.objects.update(removed_at=timezone.now())
    for path in (path_of(row), "/espace/messages/"):
        assert "personne ne doit lire" not in client.get(path).content.decode().split("<main")[1]


def test_a_former_member_keeps_no_name(client: Client, anne: User, paul: User) -> None:
    row = conversation(anne, paul)
    User.objects.filter(pk=anne.pk).update(
        first_name="", last_name="", job_title="", is_active=False, anonymised_at=timezone.now()
    )
    html = client.get(path_of(row)).content.decode()
    assert ("Anne" in html, anne.email in html) == (False, False)


def test_the_page_asks_as_much_whatever_its_length(client: Client, anne: User, paul: User) -> None:
    row = conversation(anne, paul)
    contact.accept(row, paul)
    asked = [queries(client, path_of(row))]
    for number in range(2):
        contact.answer(row, anne, f"Message {number}")
        asked.append(queries(client, path_of(row)))
    assert (asked[0] == asked[2], asked[2] <= 12) == (True, True)


# ---------------------------------------------------------------- writing first
def test_writing_to_a_member(client: Client, anne: User, paul: User) -> None:
    path = f"/espace/messages/ecrire/{anne.profile.public_id}/"
    assert client.get(path).status_code == 200
    response = client.post(path, {"subject": "Tutorat", "text": "Bonjour"})
    row = ContactRequest.objects.get()
    assert response["Location"] == path_of(row) + "?envoye=1"
    assert client.get(path)["Location"] == path_of(row)


def test_writing_to_a_company(client: Client, paul: User) -> None:
    atelier = company(slug="atelier")
    manager_of(atelier)
    response = client.post(
        "/espace/messages/ecrire/entreprise/atelier/", {"subject": "Visite", "text": "Bonjour"}
    )
    row = ContactRequest.objects.get()
    assert (response["Location"], row.organisation) == (path_of(row) + "?envoye=1", atelier)


@pytest.mark.parametrize("confirmed", [True, False])
def test_a_company_that_nobody_answers_for(client: Client, paul: User, confirmed: bool) -> None:
    company(slug="atelier", confirmed_at=timezone.now() if confirmed else None)
    response = client.get("/espace/messages/ecrire/entreprise/atelier/")
    assert response.status_code == (200 if confirmed else 404)
    if confirmed:
        assert 'name="text"' not in response.content.decode()


def test_who_is_blocked_reads_the_same_sentence_as_for_who_left(
    client: Client, anne: User, paul: User
) -> None:
    other = member("Lou Robert")
    block(anne, paul)
    blocked = client.get(f"/espace/messages/ecrire/{anne.profile.public_id}/").context["obstacle"]
    User.objects.filter(pk=other.pk).update(is_active=False)
    assert client.get(f"/espace/messages/ecrire/{other.profile.public_id}/").status_code == 404
    assert "bl" not in str(blocked).lower().replace("for the", "")


def test_a_name_that_is_hidden_cannot_be_written_to_by_its_page(
    client: Client, anne: User, paul: User
) -> None:
    anne.profile.name_visibility = "nobody"
    anne.profile.save()
    assert client.get(f"/espace/messages/ecrire/{anne.profile.public_id}/").status_code == 404


# ---------------------------------------------------------------- reporting
def test_a_message_is_reported_once(client: Client, anne: User, paul: User) -> None:
    row = conversation(anne, paul)
    path = f"/espace/messages/signaler/{row.messages.get().public_id}/"
    assert client.get(path).status_code == 200
    for _time in range(2):
        assert client.post(path, {"reason": "Démarchage"})["Location"] == path_of(row)
    assert list(MessageReport.objects.values_list("reason", "reporter")) == [("Démarchage", paul.pk)]
    assert [line.reported for line in client.get(path_of(row)).context["listing"].items] == [True]


# ---------------------------------------------------------------- strangers
def paths(row: ContactRequest) -> list[tuple[str, str]]:
    message = row.messages.first()
    assert message is not None
    return [
        ("get", path_of(row)),
        ("post", path_of(row)),
        ("post", path_of(row, "accepter/")),
        ("post", path_of(row, "decliner/")),
        ("post", path_of(row, "clore/")),
        ("post", path_of(row, "bloquer/")),
        ("get", f"/espace/messages/signaler/{message.public_id}/"),
        ("post", f"/espace/messages/signaler/{message.public_id}/"),
        ("post", f"/espace/messages/blocages/{row.sender.profile.public_id}/retirer/"),
    ]


@pytest.mark.parametrize("who", ["stranger", "staff", "colleague", "former"])
def test_nobody_else_reaches_a_conversation(client: Client, anne: User, who: str) -> None:
    atelier = company()
    alix, former = manager_of(atelier), manager_of(atelier, "Une Partie")
    Membership.objects.filter(user=former).update(left_at=timezone.now())
    colleague = member("Un Collègue")
    Membership.objects.create(
        user=colleague, organisation=atelier, role="member", confirmed_at=timezone.now(), confirmation="call"
    )
    row = conversation(anne, atelier)
    block(alix, member("Quelqu’un"))
    people: dict[str, Any] = {
        "stranger": member("Une Étrangère"),
        "staff": member("Une Animatrice", is_staff=True, is_superuser=True),
        "colleague": colleague,
        "former": former,
    }
    client.force_login(people[who])
    found = [
        getattr(client, method)(path, {**ANSWER, "reason": "x"}).status_code for method, path in paths(row)
    ]
    assert (found, Message.objects.count(), MessageReport.objects.count()) == ([404] * 9, 1, 0)
    assert subjects(client) == []


def test_one_does_not_report_oneself(client: Client, anne: User, paul: User) -> None:
    row = conversation(paul, anne)
    assert client.get(f"/espace/messages/signaler/{row.messages.get().public_id}/").status_code == 404


def test_a_visitor_signs_in_first(client: Client, anne: User) -> None:
    row = conversation(anne, member("Lou Robert"))
    everything = [*paths(row), ("get", "/espace/messages/"), ("get", "/espace/messages/blocages/")]
    everything += [("get", f"/espace/messages/ecrire/{anne.profile.public_id}/")]
    found = {getattr(client, method)(path)["Location"].split("?")[0] for method, path in everything}
    assert found == {"/compte/login/"}


def test_an_unverified_account_is_led_to_its_address(client: Client) -> None:
    new = member("Ève Neuve")
    unverify(new)
    client.force_login(new)
    assert client.get("/espace/messages/")["Location"] == "/compte/email/"


def test_forms_need_their_token(anne: User, paul: User) -> None:
    row = conversation(anne, paul)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(paul)
    assert {strict.post(path, ANSWER).status_code for method, path in paths(row) if method == "post"} == {403}


# ---------------------------------------------------------------- blocks, panel, links
def test_blocks_are_listed_and_taken_back(client: Client, anne: User, paul: User) -> None:
    block(paul, anne)
    assert [party.name for party, _since in client.get("/espace/messages/blocages/").context["rows"]] == [
        "Anne Martin"
    ]
    client.post(f"/espace/messages/blocages/{anne.profile.public_id}/retirer/")
    assert Block.objects.count() == 0


def test_the_space_shows_what_awaits(
    anne: User, paul: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(7):
        conversation(member(f"Lou N{number}"), paul)
    with django_assert_num_queries(2):
        rows, total = panel.rows(paul)
    assert (len(rows), total, panel.rows(anne)) == (5, 7, ((), 0))


LINK = '<a href="{0}" rel="nofollow noopener ugc">{0}</a>'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Voir https://a.example/b?c=d.", f"Voir {LINK.format('https://a.example/b?c=d')}."),
        ("(http://a.example/(b))", f"({LINK.format('http://a.example/(b)')})"),
        ("«https://a.example»", f"«{LINK.format('https://a.example')}»"),
        ("<b>https://a.example</b>", f"&lt;b&gt;{LINK.format('https://a.example')}&lt;/b&gt;"),
        ("javascript:alert(1) data:text/html,x", "javascript:alert(1) data:text/html,x"),
        ('https://a.example/"onclick=alert(1)', f"{LINK.format('https://a.example/')}&quot;onclick=alert(1)"),
        ("https://a.example/?a=1&b=2", LINK.format("https://a.example/?a=1&amp;b=2")),
        ("moi@example.org www.a.example", "moi@example.org www.a.example"),
        ("a\nb", "a\nb"),
        ("https://", "https://"),
    ],
)
def test_links_in_messages(text: str, html: str) -> None:
    assert str(linked(text)) == html


def test_links_take_time_in_proportion() -> None:
    assert len(linked("https://" + "(" * 4900)) > 4900
