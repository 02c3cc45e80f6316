"""Four roles, made by migration; each sees its own menus and nothing else."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext

from home.installation.groups import give_event_pages, make_groups
from members.models import User
from members.roles import Role
from tests.factories.shared import UserFactory
from tests.factories.site import Tree
from tests.harness.client import StrictClient
from tests.home.admin_session import sign_in

PROPS = re.compile(r'<script id="wagtail-sidebar-props" type="application/json">(.*?)</script>', re.DOTALL)
FILES = ("Images", "Documents")
REPORTS = tuple(f"Reports / {name}" for name in ("Workflows", "Site history", "Aging pages", "Translations"))
LOCKING = ("Reports / Locked pages", *REPORTS)
SHARED = ("Kits", "Taken up / Adoptions", "Taken up / Still true?")
DOWNLOADS = "Reports / Downloads"
ROOMS = ("News", "Videos", "Events", "Good practices", "Toolbox")
COMPANIES = "Companies"
MENUS: dict[Role, tuple[str, ...]] = {
    Role.EDITOR: (
        "To moderate",
        "Pages",
        *ROOMS,
        *SHARED,
        "Imports",
        f"{COMPANIES} / Organisations",
        "Messages received",
        "Comments",
        "Banner",
        *FILES,
        DOWNLOADS,
        *REPORTS,
        "Settings / Redirects",
    ),
    Role.MODERATOR: (
        "To moderate",
        "Pages",
        *ROOMS,
        *SHARED,
        f"{COMPANIES} / Organisations",
        f"{COMPANIES} / Accounts",
        "Messages received",
        "Reported messages",
        "Comments",
        *FILES,
        DOWNLOADS,
        *LOCKING,
    ),
    Role.FACILITATOR: (
        "To moderate",
        "Pages",
        "Events",
        "Taken up / Adoptions",
        *(f"Charter / {name}" for name in ("Signatures", "Labels", "Cohorts")),
        f"{COMPANIES} / Organisations",
        f"{COMPANIES} / People",
        f"{COMPANIES} / Timeline",
        f"{COMPANIES} / Requests to join",
        f"{COMPANIES} / Accounts",
        f"{COMPANIES} / Possible duplicates",
        "Messages received",
        *FILES,
        DOWNLOADS,
        *REPORTS,
        "Settings / Series",
    ),
    Role.ADMINISTRATOR: (
        "To moderate",
        "Pages",
        *ROOMS,
        *SHARED,
        *(f"Charter / {name}" for name in ("Signatures", "Labels", "Cohorts")),
        *(f"Charter / {name}" for name in ("Versions of the charter", "Engagements")),
        "Imports",
        f"{COMPANIES} / Organisations",
        f"{COMPANIES} / People",
        f"{COMPANIES} / Timeline",
        f"{COMPANIES} / Requests to join",
        f"{COMPANIES} / Accounts",
        f"{COMPANIES} / Possible duplicates",
        f"{COMPANIES} / Requests about data",
        "Funding",
        "Messages received",
        "Reported messages",
        "Comments",
        "E-mails",
        "Banner",
        *FILES,
        DOWNLOADS,
        *LOCKING,
        *(f"Settings / {name}" for name in ("Themes", "Communes", "Series", "Workflows", "Workflow tasks")),
        *(
            f"Settings / {name}"
            for name in ("Team", "Groups", "Sites", "Locales", "Redirects", "Site settings")
        ),
        "Settings / Conversation settings",
    ),
}
# What keeps a role out of others' affairs: an exact list would only repeat the code that gives it.
MAY_NOT: dict[Role, tuple[str, ...]] = {
    Role.EDITOR: ("members.view_user", "members.view_membership", "members.view_step", "members.view_person"),
    Role.MODERATOR: ("members.change_user", "members.view_step", "members.change_membership"),
    Role.FACILITATOR: ("members.change_user", "members.view_messagereport", "home.change_banner"),
    Role.ADMINISTRATOR: (
        *("members.view_message", "members.view_contactrequest", "members.view_domaincode"),
        *("members.delete_user", "auth.delete_group", "wagtailcore.change_modellogentry"),
        *("common.add_outboxmessage", "common.delete_outboxmessage"),
    ),
}


def staff(role: Role) -> User:
    user: User = UserFactory()
    user.groups.add(Group.objects.get(name=role.group))
    return user


def labels(items: list[Any], above: str = "") -> list[str]:
    """The entries of a menu that lead somewhere; those below another one after its name."""
    found = []
    for item in items:
        about, *below = item["_args"]
        name = f"{above}{about['label']}"
        entries = below[0] if below and isinstance(below[0], list) else []
        found += labels(entries, f"{name} / ") if entries else [name]
    return found


def menu(client: StrictClient) -> list[str]:
    """The main menu, as the sidebar receives it."""
    props = PROPS.search(client.get("/admin/").content.decode())
    assert props is not None
    modules = json.loads(props[1])["modules"]
    main = next(module for module in modules if "MainMenu" in module["_type"])
    return labels(main["_args"][0])


@pytest.mark.django_db
def test_the_migrations_alone_make_the_four_groups() -> None:
    assert sorted(Group.objects.values_list("name", flat=True)) == [
        "Administration",
        "Animation",
        "Modération",
        "Rédaction",
    ]
    assert all(staff(role).has_perm("wagtailadmin.access_admin") for role in Role)


@pytest.mark.parametrize("role", Role)
def test_a_role_sees_its_own_menus_and_no_other(client: StrictClient, tree: Tree, role: Role) -> None:
    give_event_pages(tree.events)
    sign_in(client, staff(role))
    assert menu(client) == list(MENUS[role])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "permission"), [(role, name) for role, names in MAY_NOT.items() for name in names]
)
def test_a_role_stays_out_of_the_affairs_of_others(role: Role, permission: str) -> None:
    assert not staff(role).has_perm(permission)


@pytest.mark.django_db
def test_what_was_taken_from_a_group_is_given_back_and_what_was_added_stays() -> None:
    group = Group.objects.get(name=Role.EDITOR.group)
    before = set(group.permissions.values_list("codename", flat=True))
    group.permissions.remove(group.permissions.get(codename="change_banner"))
    group.permissions.add(
        *Group.objects.get(name=Role.FACILITATOR.group).permissions.filter(codename="add_step")
    )
    make_groups()
    assert set(group.permissions.values_list("codename", flat=True)) == {*before, "add_step"}


@pytest.mark.django_db
def test_giving_roles_again_writes_nothing() -> None:
    make_groups()
    with CaptureQueriesContext(connection) as queries:
        make_groups()
    assert [query["sql"] for query in queries if not query["sql"].startswith("SELECT")] == []
