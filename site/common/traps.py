"""What tells a robot from a person, without a third party and without a puzzle.

Two traps: a field that nobody sees, and the time that a person needs to fill a form in. Neither
refuses anybody: who falls into one is asked for one more gesture.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from django import forms
from django.core import signing

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Stopwatch:
    """Knows when a form was shown: a signed moment travels with it, so that nothing is kept here.

    `salt` is the form's own: the mark of one form is worth nothing in another.
    """

    def __init__(self, salt: str) -> None:
        self.signer = signing.Signer(salt=salt)

    def start(self) -> str:
        """The mark of this moment, for a hidden field."""
        return self.signer.sign(str(int(time.time())))

    def seconds_since(self, mark: str) -> float:
        """The time since a mark was made; 0 when it is missing or is not ours."""
        try:
            return time.time() - int(self.signer.unsign(mark))
        except (signing.BadSignature, ValueError):
            return 0.0


def honeypot(label: str | _StrPromise, **attributes: Any) -> forms.CharField:
    """A field that robots fill in. Show it by the component `trap`.

    It is off the screen, out of the tab order and hidden from assistive technology. Name it after
    something that no browser and no password manager ever fills in by itself.
    """
    attrs = {"tabindex": "-1", "autocomplete": "off", **attributes}
    return forms.CharField(label=label, required=False, widget=forms.TextInput(attrs=attrs))
