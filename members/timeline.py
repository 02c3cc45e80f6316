"""Writing to an organisation's timeline: every room may, and the same event is written once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from .models import Step

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from django.utils.functional import _StrPromise

    from .models import Organisation, Person, User

TEXT_LENGTH = 2000


def record(
    organisation: Organisation,
    kind: str,
    text: Callable[[], str] | str | _StrPromise,
    *,
    on: dt.date | None = None,
    author: User | None = None,
    person: Person | None = None,
    source: str = "",
) -> Step:
    """Write a step of a `Step.Kind`, today unless told otherwise.

    `source` names the row that caused it (`events.registration:12`): called again for the same one,
    this changes nothing and returns the step that is there. Staff read the timeline in French: a
    lazy or callable `text` is written in that language.
    """
    with override(settings.LANGUAGE_CODE):
        words = str(text() if callable(text) else text)[:TEXT_LENGTH]
    values = {
        "kind": kind,
        "text": words,
        "on": on or timezone.localdate(),
        "author": author,
        "person": person,
    }
    if not source:
        return Step.objects.create(organisation=organisation, **values)
    step, _created = Step.objects.get_or_create(organisation=organisation, source=source, defaults=values)
    return step
