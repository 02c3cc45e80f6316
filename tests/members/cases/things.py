"""A kind of thing to moderate that these tests make up, and those who decide on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from members.cases import kinds
from members.cases.kinds import CaseKind, Choice, Pending, StaleError
from members.cases.opening import open_case
from members.models import Case, Organisation, User
from members.roles import Role
from tests.members.admin.team import staff

CHOICES = (
    Choice("accept", "Accept", "a", tone="good"),
    Choice("refuse", "Refuse", "r", tone="bad", reasons=("Too short.",), needs_reason=True),
)


@dataclass
class Things:
    """What waits, and all that was done."""

    waits: dict[str, Pending] = field(default_factory=dict)
    done: list[str] = field(default_factory=list)
    broken: bool = False
    gone: bool = False

    def waiting(self) -> list[Pending]:
        return list(self.waits.values())

    def context(self, _case: Case, _request: Any) -> dict[str, Any]:
        self.check()
        return {
            "facts": [("Thing", "a thing to look at")],
            "organisation": Organisation(pk=1),
            "unproved": [],
        }

    def check(self) -> None:
        if self.gone:
            raise StaleError("It has gone.")

    def decide(self, case: Case) -> None:
        self.check()
        self.done.append(f"decide {case.decision}")

    def undo(self, case: Case) -> None:
        self.done.append(f"undo {case.decision}")

    def apply(self, case: Case) -> str:
        self.check()
        if self.broken:
            raise RuntimeError("the mail server is down")
        self.done.append(f"apply {case.decision}: {case.reason}")
        return "published"


@contextmanager
def things(permission: str = "members.change_messagereport") -> Iterator[Things]:
    """The only kind that the site knows meanwhile."""
    made = Things()
    before = dict(kinds._kinds)
    kinds._kinds.clear()
    kinds.register_case_kind(
        CaseKind(
            key="thing",
            label="Thing",
            icon="help",
            permission=permission,
            template="members/cases/company.html",
            choices=lambda _case: CHOICES,
            context=made.context,
            waiting=made.waiting,
            decide=made.decide,
            undo=made.undo,
            apply=made.apply,
        )
    )
    yield made
    kinds._kinds.clear()
    kinds._kinds.update(before)


def pending(target: str = "1", hours: int = 1, **fields: Any) -> Pending:
    """Something that waits."""
    since = timezone.now() - dt.timedelta(hours=hours)
    return Pending(target=target, title=fields.pop("title", f"Thing {target}"), since=since, **fields)


def waits(target: str = "1", hours: int = 1, **fields: Any) -> Case:
    """Its case."""
    return open_case("thing", pending(target, hours, **fields))


def moderator(name: str = "Alix") -> User:
    """Somebody who may decide on things."""
    return staff(Role.MODERATOR, first_name=name, last_name="Exemple")


def passes(case: Case, minutes: int = 11) -> None:
    """Time goes by: what was decided is due."""
    ago = timezone.now() - dt.timedelta(minutes=minutes)
    Case.objects.filter(pk=case.pk, due_at__isnull=False).update(due_at=ago)


def state_of(case: Case) -> str:
    """As the database has it."""
    return Case.objects.get(pk=case.pk).state
