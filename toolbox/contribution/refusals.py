"""Why something is not done; each is a sentence that is shown to who asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.utils.functional import _StrPromise

    from toolbox.models import Contribution

    from .checking import Problem


class Refusal(Exception):  # noqa: N818 (it reads as what it is)
    """Something is not done; `str()` says why."""

    def __init__(self, sentence: str | _StrPromise) -> None:
        super().__init__(sentence)


class NotAllowed(Refusal):
    """This person may not do it."""


class NotNow(Refusal):
    """The contribution stands where this cannot be done: sent, decided, discarded, or in somebody's hands."""


class TooMany(Refusal):
    """A limit is reached."""


class Standing(Refusal):
    """The page has a contribution already: `contribution` is the one."""

    def __init__(self, contribution: Contribution, sentence: str | _StrPromise) -> None:
        super().__init__(sentence)
        self.contribution = contribution


class Overwriting(Refusal):
    """Other words were saved meanwhile: `theirs` holds what stands, by key, where it differs."""

    def __init__(self, contribution: Contribution, theirs: Mapping[str, Any]) -> None:
        super().__init__(_("These words were changed meanwhile, in another window or on another device."))
        self.contribution = contribution
        self.theirs = theirs


class Incomplete(Refusal):
    """Something is missing: `problems` says what, step by step."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(_("A few things are missing before it can be sent."))
        self.problems = problems
