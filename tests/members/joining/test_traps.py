"""Robots meet two traps; people never notice them, and nobody is refused."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from tests.factories.site import Tree
from tests.members.joining.steps import letters, sign_up, type_code, visible


@pytest.fixture(autouse=True)
def _site(tree: Tree) -> None:
    """Pages have a header and a footer."""


@pytest.mark.parametrize(
    "trapped",
    [{"seconds": -30}, {"started": ""}, {"started": "1:forged"}, {"comment": "Great site!"}],
    ids=["fast", "without a mark", "forged mark", "hidden field"],
)
def test_what_looks_like_a_robot_is_asked_for_one_more_gesture_and_loses_nothing(
    client: Client, trapped: dict[str, Any]
) -> None:
    assert sign_up(client, **trapped)["Location"] == "/compte/signup/gesture/"
    assert (letters(), client.get("/compte/signup/gesture/").status_code) == ([], 200)
    assert client.post("/compte/signup/gesture/")["Location"] == "/compte/confirm-email/"
    assert type_code(client)["Location"] == "/espace/"


def test_a_robot_that_stops_there_makes_us_write_to_nobody(client: Client) -> None:
    sign_up(client, comment="spam")
    client.get("/compte/confirm-email/")
    type_code(client, "0000-0000")
    assert (letters(), visible()) == ([], [])


def test_the_gesture_is_asked_for_once(client: Client) -> None:
    sign_up(client, seconds=-30)
    client.post("/compte/signup/gesture/")
    assert client.get("/compte/signup/gesture/")["Location"] == "/compte/signup/"


def test_the_gesture_is_nothing_to_somebody_who_does_not_sign_up(client: Client) -> None:
    assert client.post("/compte/signup/gesture/")["Location"] == "/compte/signup/"


def test_the_hidden_field_is_invisible_to_everybody_but_robots(client: Client) -> None:
    html = client.get("/compte/signup/").content.decode()
    trap = html.split('<div class="trap" aria-hidden="true">')[1].split("</div>")[0]
    field = re.search(r"<input[^>]*>", trap)
    assert field is not None
    assert ('tabindex="-1"' in field[0], 'autocomplete="off"' in field[0], 'name="comment"' in field[0]) == (
        True,
        True,
        True,
    )
