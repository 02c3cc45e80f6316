"""Several comments decided at once, from the list."""

from __future__ import annotations

import pytest

from members.cases import kinds
from members.cases.holding import take
from members.models import Case
from members.roles import Role
from tests.harness.client import StrictClient
from tests.members.admin.team import working
from tests.members.cases.things import Things, moderator, waits

pytestmark = pytest.mark.django_db
LIST = "/admin/cases/"


@pytest.fixture
def client() -> StrictClient:
    return working(Role.MODERATOR)


def allow() -> None:
    object.__setattr__(kinds._kinds["thing"], "together", True)


def states() -> list[str]:
    return list(Case.objects.order_by("target").values_list("state", flat=True))


def test_what_is_ticked_is_decided_but_for_what_a_colleague_is_on(
    client: StrictClient, thing: Things
) -> None:
    allow()
    cases = [waits(target) for target in "1234"]
    take(cases[1], moderator("Sacha"))
    ticked = {"case": [case.public_id for case in cases[:3]], "choice": "refuse", "reason": "Too short."}
    page = client.post(f"{LIST}several/?kind=thing", ticked, follow=True)
    assert states() == ["decided", "waiting", "decided", "waiting"]
    said = [str(message) for message in page.context["messages"]]
    assert [words in " ".join(said) for words in ("2 decisions taken", "Sacha Exemple has been on this")] == [
        True,
        True,
    ]


def test_a_decision_that_hurts_has_its_reason_here_too(client: StrictClient, thing: Things) -> None:
    allow()
    client.post(f"{LIST}several/", {"case": [waits().public_id], "choice": "refuse"})
    assert states() == ["waiting"]


def test_it_is_offered_for_one_kind_at_a_time_and_only_where_that_makes_sense(
    client: StrictClient, thing: Things
) -> None:
    waits()
    shown = ['name="case"' in client.get(f"{LIST}?kind=thing").content.decode()]
    client.post(f"{LIST}several/", {"case": [Case.objects.get().public_id], "choice": "accept"})
    allow()
    shown += [
        'name="case"' in client.get(address).content.decode() for address in (LIST, f"{LIST}?kind=thing")
    ]
    assert (shown, states()) == ([False, False, True], ["waiting"])


def test_what_one_may_not_decide_on_is_left_alone(thing: Things) -> None:
    allow()
    case = waits()
    working(Role.FACILITATOR).post(f"{LIST}several/", {"case": [case.public_id], "choice": "accept"})
    assert states() == ["waiting"]
