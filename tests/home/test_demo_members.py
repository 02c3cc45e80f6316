"""Members of the demonstration: accounts, companies, and what happened between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from members.models import ContactRequest, JoinRequest, Membership, Organisation, Step, User
from tests.home.commands import load, remove

if TYPE_CHECKING:
    from pathlib import Path

MEMBERS = """\
- {email: Manager@example.org, first_name: Camille, organisation: %s, company_role: manager,
   confirmed: true, themes: [transmission], visibility: {name: everyone}}
- {email: other@example.org, first_name: Sacha, themes: [aidants]}
"""
RELATIONS = """\
- {key: asks, waiting: true, email: other@example.org, organisation: %s}
- {key: talk, between: [other@example.org, manager@example.org], subject: Bonjour, messages: [Un, Deux]}
- {organisation: %s, kind: contact, days_ago: 3, text: Un appel}
"""


@pytest.fixture
def company(demo: Path) -> Organisation:
    company = Organisation.objects.order_by("pk").first()
    assert company is not None
    (demo / "members.yaml").write_text(MEMBERS % company.slug)
    (demo / "relations.yaml").write_text(RELATIONS % (company.slug, company.slug))
    return company


def test_members_belong_ask_talk_and_are_followed_up(
    demo: Path, company: Organisation, settings: object
) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    load(demo)
    manager = User.objects.get(email="manager@example.org")
    assert (manager.public_name, manager.profile.name_visibility) == ("Camille Exemple", "everyone")
    assert [place.user for place in Membership.objects.managers()] == [manager]
    assert [row.user.email for row in JoinRequest.objects.all()] == ["other@example.org"]
    assert [row.messages.count() for row in ContactRequest.objects.all()] == [2]
    assert [step.organisation for step in Step.objects.all()] == [company]


def test_loading_twice_writes_nothing_and_removing_leaves_nothing(
    demo: Path, company: Organisation, settings: object
) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    load(demo)
    assert "5 unchanged" in next(line for line in load(demo).splitlines() if line.startswith("members"))
    remove()
    assert (User.objects.count(), JoinRequest.objects.count(), Step.objects.count()) == (0, 0, 0)
