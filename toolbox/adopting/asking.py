"""Asking, a year after a practice or a tool was published or last read again, whether it still holds.

Its author first; after 60 days without an answer the managers of its company; then nobody: the page
says since when it was not read again, and the editors' list shows it. Each step is a daily job that
may run twice. No more than `A_DAY` letters begin a day, oldest things first, so that what was imported in one
day is not asked about in one day; nobody is asked about more than `A_PERSON` things a day.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from members.models import Membership
from members.privacy.months import add_months
from toolbox.models import Practice, Rereading, Tool
from toolbox.rules import owners

from .letters import question
from .tokens import hash_of, token_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from members.models import User

MONTHS = 12
A_DAY, A_PERSON = 50, 2
VALID = dt.timedelta(days=60)
REMINDED_AFTER = dt.timedelta(days=21)
YEAR = dt.timedelta(days=365)
# How many things are looked at to find those that may be asked about.
LOOKED_AT = 1000


def column_of(facts: Practice | Tool) -> str:
    """The column of `Rereading` that points to it."""
    return "practice" if isinstance(facts, Practice) else "tool"


def last_read(rows: QuerySet[Any]) -> QuerySet[Any]:
    """With `read_on`: the day each was last read again, or first published."""
    return rows.annotate(read_on=Coalesce(F("checked_on"), TruncDate("published_at")))


def unread(model: type[Practice | Tool], today: dt.date | None = None) -> QuerySet[Any]:
    """What is on line and was not read again for a year."""
    limit = add_months(today or timezone.localdate(), -MONTHS)
    return last_read(model._default_manager.filter(live=True)).filter(read_on__lte=limit)


def due(model: type[Practice | Tool], today: dt.date | None = None) -> QuerySet[Any]:
    """What may be asked about: not asked within the year, and somebody is there to ask. Oldest first."""
    column = "practice" if model is Practice else "tool"
    asked = Rereading.objects.filter(**{column: OuterRef("pk")}, sent_at__gt=timezone.now() - YEAR)
    managed = Membership.objects.managers().filter(organisation=OuterRef("organisation"))
    somebody = Q(author__is_active=True) | Exists(managed)
    return unread(model, today).filter(~Exists(asked), somebody).order_by("read_on", "pk")


def is_awake(user: User) -> bool:
    """Whether letters still reach somebody who reads them."""
    return user.is_active and user.anonymised_at is None and not user.dormancy_notices


def whom(facts: Practice | Tool) -> tuple[User | None, list[User]]:
    """Who is asked: the author alone, or (first None) the managers of the company; maybe nobody."""
    concerned = [user for user in owners(facts) if is_awake(user)]
    author = next((user for user in concerned if user.pk == facts.author_id), None)
    if author is not None:
        return author, [author]
    return None, concerned


# ---------------------------------------------------------------- the question
def ask(facts: Practice | Tool) -> Rereading | None:
    """Put the question; None when it was put already, or when nobody is left to answer."""
    with transaction.atomic():
        locked = type(facts)._default_manager.select_for_update(of=("self",))
        row = locked.select_related("author", "organisation").get(pk=facts.pk)
        column = column_of(row)
        earlier = Rereading.objects.filter(**{column: row})
        if earlier.filter(sent_at__gt=timezone.now() - YEAR).exists():
            return None
        reader, people = whom(row)
        if not people:
            return None
        earlier.filter(answered_at=None).delete()
        made = Rereading(**{column: row}, reader=reader)
        send(made, people)
        return made


def send(row: Rereading, people: list[User]) -> None:
    """Save a question that begins today, with a new link, and post it."""
    row.sent_at = timezone.now()
    row.expires_at = row.sent_at + VALID
    row.reminded_at = None
    token = token_for(row)
    row.token_hash = hash_of(token)
    row.save()
    for user in people:
        question(row, user, token, again=False)


def ask_due() -> int:
    """The daily job: put the questions of the day; return how many."""
    begun = Rereading.objects.filter(sent_at__date=timezone.localdate()).count()
    left, asked = A_DAY - begun, 0
    by_person: Counter[int] = Counter()
    for facts in candidates():
        if asked >= left:
            break
        people = [user.pk for user in whom(facts)[1]]
        if not people or any(by_person[pk] >= A_PERSON for pk in people):
            continue
        if ask(facts) is not None:
            asked += 1
            by_person.update(people)
    return asked


def candidates() -> Iterator[Practice | Tool]:
    """Practices and tools together, oldest first."""
    found = [
        row
        for model in (Practice, Tool)
        for row in due(model).select_related("author", "organisation")[:LOOKED_AT]
    ]
    yield from sorted(found, key=lambda row: row.read_on)


# ---------------------------------------------------------------- without an answer
def unanswered() -> QuerySet[Rereading]:
    """Questions that stand, with what they are about."""
    return Rereading.objects.filter(answered_at=None).select_related(
        "reader",
        *(f"{column}__{link}" for column in ("practice", "tool") for link in ("author", "organisation")),
    )


def subject(row: Rereading) -> Practice | Tool:
    """What a question is about: its constraint says that there is one."""
    return row.practice or row.tool  # type: ignore[return-value]


def held(row: Rereading) -> Rereading | None:
    """The row, locked, while it is still without an answer and its thing on line."""
    found = Rereading.objects.select_for_update(of=("self",)).filter(pk=row.pk, answered_at=None).first()
    return found if found is not None and subject(found).live else None


def remind_due() -> int:
    """The daily job: remind once, after 21 days; whoever went meanwhile is replaced. Return how many."""
    now = timezone.now()
    rows = unanswered().filter(reminded_at=None, sent_at__lte=now - REMINDED_AFTER, expires_at__gt=now)
    return sum(remind(row) for row in rows.order_by("sent_at", "pk")[:A_DAY])


def remind(row: Rereading) -> bool:
    """Send the same link again."""
    with transaction.atomic():
        found = held(row)
        if found is None or found.reminded_at is not None:
            return False
        reader, people = whom(subject(found))
        if found.reader_id is not None and (reader is None or reader.pk != found.reader_id):
            return hand_over(found)
        found.reminded_at = timezone.now()
        found.save(update_fields=["reminded_at"])
        token = token_for(found)
        for user in people if hash_of(token) == found.token_hash else []:
            question(found, user, token, again=True)
        return bool(people)


def hand_over_due() -> int:
    """The daily job: what its author left without an answer goes to the company. Return how much."""
    rows = unanswered().filter(expires_at__lte=timezone.now()).exclude(reader=None)
    done = 0
    for row in rows.order_by("expires_at", "pk")[:A_DAY]:
        with transaction.atomic():
            found = held(row)
            done += bool(found and found.reader_id and hand_over(found))
    return done


def hand_over(row: Rereading) -> bool:
    """Ask the managers instead, by another link; False when there are none (the editors see it)."""
    people = [
        user
        for user in owners(subject(row))
        if is_awake(user) and user.pk not in {row.reader_id, subject(row).author_id}
    ]
    if not people:
        return False
    row.reader = None
    send(row, people)
    return True
