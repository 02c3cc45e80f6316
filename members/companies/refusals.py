"""Why something is not done. Each refusal is a sentence that can be shown to who asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from members.models import Organisation


class Refusal(Exception):  # noqa: N818 (it reads as what it is)
    """Something is not done; `str()` says why, to who asked."""

    sentence: str | _StrPromise = ""

    def __init__(self, sentence: str | _StrPromise = "") -> None:
        super().__init__(sentence or self.sentence)


class AlreadyKnown(Refusal):
    """An organisation has this SIRET already: `organisation` is the one to join."""

    def __init__(self, organisation: Organisation) -> None:
        super().__init__(_("%(name)s is known already: ask to join it.") % {"name": organisation.name})
        self.organisation = organisation


class AlreadyMine(Refusal):
    """The person is part of the organisation already."""


class AlreadyDecided(Refusal):
    """Somebody else answered first, or what was asked is no longer."""


class LastManager(Refusal):
    """Colleagues would be left without anybody to decide."""


class TooMany(Refusal):
    """A limit per hour or per day is reached."""


class NotAllowed(Refusal):
    """The person may not do this for this organisation."""
