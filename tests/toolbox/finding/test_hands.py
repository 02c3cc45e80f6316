"""What somebody keeps in hand: in her space, in her browser, on paper, at an address."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.factories.pages import PracticePageFactory, ToolPageFactory
from tests.factories.site import Tree
from tests.harness.client import StrictClient
from tests.members.companies.people import person
from toolbox.finding import hands
from toolbox.finding.keys import MOST, key_for, read_keys
from toolbox.finding.refusals import HandIsFull, NotOnLine
from toolbox.models import Hand, HandItem, Practice

pytestmark = pytest.mark.django_db
HAND = "/ma-main/"


def practice_key(page: Any) -> str:
    return key_for("practice", page.translation_key)


@pytest.fixture
def keys(tree: Tree) -> list[str]:
    """Two practices and a tool."""
    made = [practice_key(PracticePageFactory(parent=tree.practices, title=title)) for title in ("Un", "Deux")]
    return [*made, key_for("tool", ToolPageFactory(parent=tree.tools, title="Trois").translation_key)]


@pytest.fixture
def user() -> Any:
    return person("Camille Exemple")


@pytest.fixture
def hand(user: Any, keys: list[str]) -> list[str]:
    """All three are in her hand."""
    for key in keys:
        hands.keep(user, key)
    return keys


def offline(key: str) -> None:
    Practice.objects.filter(translation_key=key[1:]).update(live=False)


# ---------------------------------------------------------------- verbs
def test_a_card_is_kept_once_moved_and_written_beside(user: Any, hand: list[str]) -> None:
    assert hands.keep(user, hand[0]) is False
    assert hands.move(user, hand[2], -1) is True
    assert hands.move(user, hand[0], -1) is False
    assert hands.keys_of(user) == [hand[0], hand[2], hand[1]]
    hands.annotate(user, hand[1], "À lire")
    removed = hands.put_back(user, hand[1])
    assert removed == hands.Removed(hand[1], "À lire", 2)
    assert hands.put_back(user, hand[1]) is None
    hands.keep(user, hand[1], removed.note, 0)
    assert hands.keys_of(user) == [hand[1], hand[0], hand[2]]
    assert list(HandItem.objects.order_by("position").values_list("position", "note")) == [
        (0, "À lire"),
        (1, ""),
        (2, ""),
    ]


def test_a_hand_holds_sixty_cards_that_are_on_line(
    user: Any, keys: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(NotOnLine):
        hands.keep(user, "p" + "0" * 32)
    offline(keys[0])
    with pytest.raises(NotOnLine):
        hands.keep(user, keys[0])
    monkeypatch.setattr(hands, "MOST", 1)
    hands.keep(user, keys[1])
    with pytest.raises(HandIsFull):
        hands.keep(user, keys[2])


def test_the_hand_of_a_browser_joins_that_of_the_account(user: Any, keys: list[str]) -> None:
    hands.keep(user, keys[1], "La mienne")
    cards = [(keys[0], "Une note"), (keys[1], "Une autre"), ("rien", ""), ("p" + "0" * 32, "")]
    assert hands.merge(user, cards, "Mon dossier") == 1
    assert hands.merge(user, cards, "Autre titre") == 0
    found = {hands.key_of(item): item.note for item in hands.items_of(Hand.objects.get())}
    assert found == {keys[1]: "La mienne\nUne autre", keys[0]: "Une note"}
    assert Hand.objects.get().title == "Mon dossier"


def test_keys_of_an_address_are_read_each_once_and_no_more_than_a_hand_holds() -> None:
    many = [f"p{number:032x}" for number in range(MOST + 5)]
    assert read_keys(".".join([many[0], "x", "t1", *many])) == many[:MOST]


# ---------------------------------------------------------------- the page
def test_a_visitor_gets_a_page_that_holds_nothing_and_the_cards_she_names(
    client: StrictClient, keys: list[str]
) -> None:
    page = client.get(HAND)
    assert page.headers["Cache-Control"] == "private, no-store"
    assert "data-local-hand" in page.content.decode()
    offline(keys[0])
    drawn = client.get(f"{HAND}cartes/", {"c": ".".join([*keys, "p" + "f" * 32])}).context["cards"]
    assert [card.page.title if card.page else None for card in drawn] == [None, "Deux", "Trois", None]
    assert not client.cookies
    assert HandItem.objects.count() == 0


def test_a_member_keeps_orders_annotates_and_undoes_without_a_script(
    client: StrictClient, user: Any, keys: list[str]
) -> None:
    client.force_login(user)
    for key in keys:
        client.post(f"{HAND}garder/", {"carte": key, "next": "/bonnes-pratiques/"})
    client.post(f"{HAND}carte/{keys[0]}/", {"verbe": "descendre"})
    client.post(f"{HAND}carte/{keys[1]}/", {"verbe": "noter", "note": "À <b>lire</b>"})
    client.post(f"{HAND}carte/{keys[1]}/", {"verbe": "remettre"})
    removed = client.get(HAND).context["removed"]
    assert client.get(HAND).context["removed"] is None
    client.post(
        f"{HAND}reprendre/", {"carte": removed["key"], "note": removed["note"], "place": removed["position"]}
    )
    page = client.get(HAND)
    assert [card.key for card in page.context["cards"]] == [keys[1], keys[0], keys[2]]
    assert "À &lt;b&gt;lire&lt;/b&gt;</textarea>" in page.content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_of_a_hand_costs_the_same_whatever_it_holds(
    client: StrictClient,
    user: Any,
    keys: list[str],
    number: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for key in keys[:number]:
        hands.keep(user, key)
    client.force_login(user)
    client.get(HAND)
    with django_assert_max_num_queries(14):
        client.get(HAND)


def test_a_visitor_without_a_script_keeps_by_signing_in(
    client: StrictClient, user: Any, keys: list[str]
) -> None:
    from members.joining import intents  # noqa: PLC0415

    answer = client.post(f"{HAND}garder/", {"carte": keys[0], "next": "/bonnes-pratiques/"})
    assert answer.headers["Location"] == "/compte/login/?next=%2Fbonnes-pratiques%2F"
    intents.attach(client.session[intents.SESSION_KEY], user)
    assert [outcome.done for outcome in intents.complete_all(user)] == [True]
    assert hands.keys_of(user) == [keys[0]]


def test_a_script_learns_what_is_kept_and_hands_over_what_the_browser_held(
    client: StrictClient, user: Any, keys: list[str]
) -> None:
    assert client.get(f"{HAND}etat/").json() == {"account": False}
    client.force_login(user)
    told = {"cards": [{"key": key, "note": "n"} for key in keys], "title": "T", "words": 3}
    assert client.post(f"{HAND}reunir/", {"hand": json.dumps(told)}).json() == {"keys": keys}
    assert client.get(f"{HAND}etat/").json()["keys"] == keys
    assert client.post(f"{HAND}reunir/", {"hand": "[" * 5000}).status_code == 400


# ---------------------------------------------------------------- for others
def test_a_shared_hand_shows_what_is_public_and_what_she_chose_until_she_takes_it_back(
    client: StrictClient, user: Any, hand: list[str]
) -> None:
    hands.annotate(user, hand[1], "Entre nous")
    shared = hands.share(user, notes=False, name=False)
    offline(hand[0])
    path = reverse("shared_hand", args=[shared.share_id])
    answer = client.get(path)
    page = answer.content.decode()
    assert [card.page.title for card in answer.context["cards"]] == ["Deux", "Trois"]
    assert ("Entre nous" in page, "Camille" in page) == (False, False)
    assert (answer.headers["X-Robots-Tag"], answer.headers["Cache-Control"]) == ("noindex", "private")
    assert hands.share(user, notes=True, name=True).share_id == shared.share_id
    page = client.get(path).content.decode()
    assert ("Entre nous" in page, "Camille" in page) == (True, True)
    hands.stop_sharing(user)
    assert client.get(path).status_code == 404


def test_anybody_shares_cards_by_an_address_that_names_them(client: StrictClient, keys: list[str]) -> None:
    answer = client.get("/mains/", {"c": ".".join(keys)})
    assert [card.page.title for card in answer.context["cards"]] == ["Un", "Deux", "Trois"]
    assert client.get("/mains/").status_code == 404


def test_a_dossier_holds_the_practices_in_full_and_says_what_is_gone(
    client: StrictClient, user: Any, hand: list[str]
) -> None:
    hands.reword(user, "Pour la direction", "Trois pistes.")
    hands.annotate(user, hand[1], "Commencer par là")
    offline(hand[0])
    client.force_login(user)
    answer = client.get(f"{HAND}dossier/")
    page = answer.content.decode()
    assert (answer.context["gone"], len(answer.context["cards"])) == (1, 2)
    for words in ("Pour la direction", "Trois pistes.", "Commencer par là", "Des binômes."):
        assert words in page
    visitor = StrictClient().get(f"{HAND}dossier/", {"c": hand[1]}).content.decode()
    assert ("Des binômes." in visitor, "Commencer par là" in visitor) == (True, False)


def test_nobody_changes_a_hand_that_is_not_hers(client: StrictClient, user: Any, hand: list[str]) -> None:
    client.force_login(person())
    client.post(f"{HAND}carte/{hand[0]}/", {"verbe": "remettre"})
    client.post(f"{HAND}partager/", {"verbe": "partager"})
    assert hands.keys_of(user) == hand
    assert hands.hand_of(user).share_id is None
