"""Every address × every role: the files of `expected/` are the promise; this finds what is kept of it.

After a change that was meant: `make access ARGS=--rewrite-access`, then read the difference.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.urls import Resolver404, resolve

from tests.access.addresses import Address, every_address
from tests.access.scene import inhabit

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.access.scene import Scene
    from tests.factories.site import Tree

EXPECTED = Path(__file__).with_name("expected")
PARTS: dict[str, Callable[[str], bool]] = {
    "admin_pages": lambda pattern: bool(
        re.match("admin/(pages|api|bulk|choose|workflows|localize)", pattern)
    ),
    "admin_rows": lambda pattern: pattern.startswith("admin/"),
    "members": lambda pattern: bool(re.match("compte|espace|membres", pattern)),
    "site": lambda _pattern: True,
}
# Wagtail's own: an empty form without what its pages put in them (counts of blocks, a parent) is an error
# there, for those who may send it; and its workflow forms trip over our strict templates, here only.
THEIRS = frozenset(
    {
        "POST /admin/pages/add/<slug:content_type_app_name>/<slug:content_type_model_name>/<int:parent_page_id>/",
        "POST /admin/pages/<int:page_id>/edit/",
        "POST /admin/pages/<int:page_id>/copy/",
        "POST /admin/choose-external-link/",
        *(
            f"{method} /admin/workflows/{what}/"
            for method in ("GET", "POST")
            for what in ("add", "edit/<int:pk>")
        ),
    }
)
HEAD = """\
# Asked for by each role, with GET and POST (an empty form). Written by `make access ARGS=--rewrite-access`.
# 200 shown · 30x→where led · 403 refused · 404 nothing there for this role · 405 not with this method
# The member is a stranger to the rows that addresses name; the manager is not. Staff come twice: without
# their second factor in this session, and with it.

"""


def part_of(address: Address) -> str:
    """The file that an address is promised in."""
    return next(name for name, holds in PARTS.items() if holds(address.pattern))


def outcome(response: Any) -> str:
    """What happened, and where one is led."""
    if response.status_code not in {301, 302, 303, 307, 308}:
        return str(response.status_code)
    path = urlsplit(response["Location"]).path
    try:
        name = resolve(path).view_name
    except Resolver404:
        name = path
    return f"{response.status_code}→{name if name != 'wagtail_serve' else path}"


def ask(scene: Scene, address: Address, method: str) -> list[str]:
    """What each role is answered. Whatever is written is undone."""
    found = []
    for client in scene.clients.values():
        with transaction.atomic():
            found.append(outcome(getattr(client, method)(address.path)))
            transaction.set_rollback(True)
    return found


def described(scene: Scene, address: Address, method: str) -> str:
    """One line an answer: roles with the same one stand together."""
    answers: dict[str, list[str]] = {}
    for role, answer in zip(scene.clients, ask(scene, address, method), strict=True):
        answers.setdefault(answer, []).append(role)
    lines = [
        f"    {answer}: {', '.join(roles) if len(answers) > 1 else 'everybody'}"
        for answer, roles in answers.items()
    ]
    return "\n".join([f"{method.upper()} /{address.pattern}", *lines])


# Nobody reads, hence closes, the files that some addresses answer.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.access
@pytest.mark.filterwarnings("ignore::django.core.paginator.UnorderedObjectListWarning")
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("part", PARTS)
def test_every_address_answers_each_role_as_promised(
    tree: Tree, request: pytest.FixtureRequest, part: str, method: str
) -> None:
    scene = inhabit(tree)
    addresses = every_address(scene.known, scene.by_room)
    found = [described(scene, one, method) for one in addresses if part_of(one) == part]
    file = EXPECTED / f"{part}_{method}.txt"
    if request.config.getoption("--rewrite-access"):
        file.write_text(HEAD + "\n\n".join(found) + "\n")
    failing = {entry.partition("\n")[0] for entry in found if re.search(r"^ +500", entry, re.MULTILINE)}
    assert failing - THEIRS == set()
    assert found == file.read_text().removeprefix(HEAD).strip().split("\n\n")
