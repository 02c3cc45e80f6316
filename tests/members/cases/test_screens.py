"""The queue's screens: the list, an item, what is done to it."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from members.cases.deciding import carry_out_due, decide, take
from members.cases.holding import holder_of, take_over
from members.models import Case
from members.roles import Role
from tests.factories.shared import OrganisationFactory
from tests.harness.client import StrictClient
from tests.members.admin.team import account, queries_of, working
from tests.members.cases.things import Things, moderator, passes, state_of, waits

pytestmark = pytest.mark.django_db
LIST = "/admin/cases/"


@pytest.fixture
def client() -> StrictClient:
    return working(Role.MODERATOR)


def page_of(case: Case, act: str = "") -> str:
    return f"{LIST}one/{case.public_id}/{act}"


def titles(client: StrictClient, query: str = "") -> list[str]:
    return [row.case.title for row in client.get(f"{LIST}{query}").context["rows"]]


# ---------------------------------------------------------------- the list
def test_the_oldest_comes_first(client: StrictClient, thing: Things) -> None:
    waits("new", hours=1)
    waits("old", hours=90)
    assert titles(client) == ["Thing old", "Thing new"]


def test_what_one_may_not_decide_on_is_not_listed_nor_opened(thing: Things) -> None:
    case = waits()
    client = working(Role.FACILITATOR)
    assert titles(client) == []
    assert [client.get(page_of(case)).status_code, client.post(page_of(case, "undo/")).status_code] == [
        404,
        404,
    ]


def test_it_is_narrowed_by_kind_holder_company_and_author(client: StrictClient, thing: Things) -> None:
    camille = account(first_name="Camille", last_name="Exemple")
    take(waits("mine", 4), client.user)  # type: ignore[attr-defined]
    take(waits("theirs", 3), moderator())
    waits("hers", 2, author=camille)
    waits("its", 1, organisation=OrganisationFactory(name="Filature"))
    found = {
        query: titles(client, f"?{query}")
        for query in (
            "taken=mine",
            "taken=others",
            "taken=free",
            "author=camille+ex",
            "company=filat",
            "q=theirs",
            "kind=other",
        )
    }
    assert found == {
        "taken=mine": ["Thing mine"],
        "taken=others": ["Thing theirs"],
        "taken=free": ["Thing hers", "Thing its"],
        "author=camille+ex": ["Thing hers"],
        "company=filat": ["Thing its"],
        "q=theirs": ["Thing theirs"],
        "kind=other": ["Thing mine", "Thing theirs", "Thing hers", "Thing its"],
    }


def test_two_hundred_cost_as_many_queries_as_one(client: StrictClient, thing: Things) -> None:
    def one(number: int) -> None:
        case = waits(str(number), number, author=account(), organisation=OrganisationFactory())
        take(case, moderator())
        decide(waits(f"decided {number}"), moderator(), "accept")

    one(1)
    with_one = queries_of(client, LIST)
    for number in range(2, 5):
        one(number)
    for number in range(200):
        waits(f"many {number}")
    assert (len(titles(client)), queries_of(client, LIST)) == (50, with_one)


def test_the_page_of_one_costs_the_same_among_many(client: StrictClient, thing: Things) -> None:
    case = waits(hours=50)
    alone = queries_of(client, page_of(case))
    for number in range(30):
        waits(f"many {number}", number)
    assert queries_of(client, page_of(case)) - alone in {0, 1}


# ---------------------------------------------------------------- one item
def test_opening_it_takes_it_and_others_may_only_read(client: StrictClient, thing: Things) -> None:
    case = waits()
    client.get(page_of(case))
    case.refresh_from_db()
    assert holder_of(case) == client.user  # type: ignore[attr-defined]
    html = working(Role.MODERATOR).get(page_of(case)).content.decode()
    assert ('name="choice"' in html, "take-over/" in html) == (False, True)


def test_a_browser_that_fetches_ahead_takes_nothing(client: StrictClient, thing: Things) -> None:
    case = waits()
    client.get(page_of(case), headers={"Sec-Purpose": "prefetch"})
    case.refresh_from_db()
    assert holder_of(case) is None


def test_the_next_opens_and_says_what_was_decided(client: StrictClient, thing: Things) -> None:
    first, second = waits("1", 3), waits("2", 2)
    client.get(page_of(first))
    answer = client.post(f"{page_of(first)}?q=Thing", {"choice": "accept"})
    address = urlsplit(answer["Location"])
    assert address.path == page_of(second)
    assert parse_qs(address.query) == {"q": ["Thing"], "decided": [first.public_id]}
    shown = client.get(answer["Location"])
    assert shown.context["just_decided"].case == first
    assert page_of(first, "undo/") in shown.content.decode()


def test_the_next_is_one_that_nobody_is_on_and_then_the_list(client: StrictClient, thing: Things) -> None:
    first, held, free = waits("1", 3), waits("2", 2), waits("3", 1)
    take(held, moderator())
    assert client.post(page_of(first), {"choice": "accept"})["Location"].startswith(page_of(free))
    assert client.post(page_of(free), {"choice": "accept"})["Location"] == LIST


def test_a_decision_without_its_reason_is_asked_for_it_with_a_model(
    client: StrictClient, thing: Things
) -> None:
    case = waits()
    page = client.post(page_of(case), {"choice": "refuse", "reason": ""})
    assert (page.context["reason"], page.context["choice_key"], state_of(case)) == (
        "Too short.",
        "refuse",
        "waiting",
    )
    begun = client.post(page_of(case), {"model": "refuse|0"})
    assert begun.context["reason"] == "Too short."


def test_decided_by_another_meanwhile_one_reads_what_and_keeps_what_one_wrote(
    client: StrictClient, thing: Things
) -> None:
    case = waits()
    client.get(page_of(case))
    other = moderator("Sacha")
    take_over(case, other)
    decide(case, other, "accept")
    page = client.post(page_of(case), {"choice": "refuse", "reason": "Mes mots"})
    html = page.content.decode()
    assert page.status_code == 409
    assert [words in html for words in ("Sacha Exemple decided already", "Mes mots")] == [True, True]


def test_what_was_written_comes_along_when_one_takes_over(client: StrictClient, thing: Things) -> None:
    case = waits()
    take(case, moderator("Sacha"))
    refused = client.post(page_of(case), {"choice": "refuse", "reason": "Mes mots"})
    assert (refused.status_code, "Sacha Exemple has been on this" in refused.content.decode()) == (409, True)
    client.post(page_of(case, "take-over/"), {"reason": "Mes mots"})
    page = client.get(page_of(case))
    assert (page.context["reason"], page.context["mine"]) == ("Mes mots", True)


def test_what_has_gone_is_said_and_the_next_opens(client: StrictClient, thing: Things) -> None:
    case, following = waits("1", 3), waits("2", 1)
    thing.gone = True
    answer = client.get(page_of(case))
    assert (answer["Location"], state_of(case)) == (page_of(following), "void")


def test_what_was_typed_is_never_run(client: StrictClient, thing: Things) -> None:
    case = waits(title="<script>alert(1)</script>")
    page = client.post(page_of(case), {"choice": "refuse|9", "reason": "</textarea><script>x"})
    assert "<script>alert" not in page.content.decode()
    assert "</textarea><script>x" not in page.content.decode()


# ---------------------------------------------------------------- steps
def test_a_decision_is_taken_back_from_the_list_until_it_is_carried_out(
    client: StrictClient, thing: Things
) -> None:
    case = decide(waits(), client.user, "accept")  # type: ignore[attr-defined]
    assert page_of(case, "undo/") in client.get(LIST).content.decode()
    assert client.post(page_of(case, "undo/"))["Location"] == page_of(case)
    assert state_of(case) == "waiting"
    decide(case, client.user, "accept")  # type: ignore[attr-defined]
    client.post(page_of(case, "now/"))
    assert state_of(case) == "closed"


def test_what_failed_is_shown_with_its_error_and_may_be_tried_again(
    client: StrictClient, thing: Things
) -> None:
    case = decide(waits(), client.user, "accept")  # type: ignore[attr-defined]
    passes(case)
    thing.broken = True
    for _time in range(3):
        carry_out_due()
    html = client.get(LIST).content.decode()
    assert ("the mail server is down" in html, "Try again" in html) == (True, True)
    assert "could not be carried out" in client.get("/admin/").content.decode()
    thing.broken = False
    client.post(page_of(case, "now/"))
    assert state_of(case) == "closed"


def test_the_open_page_keeps_it_and_the_left_page_frees_it(client: StrictClient, thing: Things) -> None:
    case = waits()
    page = client.get(page_of(case))
    until = client.post(page_of(case, "renew/")).json()["held_until"]
    assert until > page.context["held_until"]
    stale = {"leaving": "1", "held_until": page.context["held_until"]}
    assert client.post(page_of(case, "release/"), stale).status_code == 204
    case.refresh_from_db()
    assert holder_of(case) is not None
    client.post(page_of(case, "release/"), {"leaving": "1", "held_until": until})
    case.refresh_from_db()
    assert holder_of(case) is None


def test_an_open_page_is_told_when_it_lost_the_case(client: StrictClient, thing: Things) -> None:
    case = waits()
    client.get(page_of(case))
    take_over(case, moderator("Sacha"))
    lost = client.post(page_of(case, "renew/"))
    assert (lost.status_code, lost.json()["message"].split(" since")[0]) == (
        409,
        "Sacha Exemple has been on this",
    )


@pytest.mark.parametrize("act", ["take-over", "release", "renew", "undo", "now"])
def test_nothing_is_done_by_following_a_link(client: StrictClient, thing: Things, act: str) -> None:
    assert client.get(page_of(waits(), f"{act}/")).status_code == 405


def test_the_menu_says_how_many_wait(client: StrictClient, thing: Things) -> None:
    waits("1")
    waits("2")
    assert '"data-waits": "2"' in client.get("/admin/").content.decode()
