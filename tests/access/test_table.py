"""Every address × every role: `expected.txt` is the promise, and this finds what is kept of it.

After a change that was meant: `make test ARGS="tests/access --rewrite-access"`, then read the difference.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.urls import Resolver404, resolve

from tests.access.addresses import Address, every_address
from tests.access.scene import inhabit

if TYPE_CHECKING:
    from tests.access.scene import Scene
    from tests.factories.site import Tree

EXPECTED = Path(__file__).with_name("expected.txt")
METHODS = ("get", "post")
HEAD = """\
# Every address, asked for with GET and POST (an empty form) by each role. Made by test_table.py.
# 200 shown · 30x→where led · 403 refused · 404 nothing there for this role · 405 not with this method
# The member is a stranger to the rows that addresses name; the manager is not. Staff come twice: without
# their second factor in this session, and with it.
"""


def outcome(response: Any) -> str:
    """What happened, and where one is led."""
    if response.status_code in {301, 302, 303, 307, 308}:
        path = urlsplit(response["Location"]).path
        try:
            name = resolve(path).view_name
        except Resolver404:
            name = path
        return f"{response.status_code}→{name if name != 'wagtail_serve' else path}"
    return str(response.status_code)


def ask(scene: Scene, address: Address, method: str) -> list[str]:
    """What each role is answered. Whatever is written is undone."""
    found = []
    for client in scene.clients.values():
        with transaction.atomic():
            found.append(outcome(getattr(client, method)(address.path)))
            transaction.set_rollback(True)
    return found


def described(scene: Scene, address: Address, method: str) -> str:
    """One line: roles with the same answer stand together."""
    answers: dict[str, list[str]] = {}
    for role, answer in zip(scene.clients, ask(scene, address, method), strict=True):
        answers.setdefault(answer, []).append(role)
    if len(answers) == 1:
        return f"{method.upper():<4} {address.pattern}\n    {next(iter(answers))}: everybody"
    lines = [f"    {answer}: {', '.join(roles)}" for answer, roles in answers.items()]
    return "\n".join([f"{method.upper():<4} {address.pattern}", *lines])


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_every_address_answers_each_role_as_promised(tree: Tree, request: pytest.FixtureRequest) -> None:
    scene = inhabit(tree)
    addresses = every_address(scene.known, scene.by_room)
    found = (
        HEAD
        + "\n\n".join(described(scene, address, method) for address in addresses for method in METHODS)
        + "\n"
    )
    if request.config.getoption("--rewrite-access"):
        EXPECTED.write_text(found)
    assert found.split("\n\n") == EXPECTED.read_text().split("\n\n")
