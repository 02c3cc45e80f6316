"""How many words there are, and what helps whoever writes them. A count never stands in the way."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

WORD = re.compile(r"[^\W_]+(?:['’\-\u2011][^\W_]+)*")

# By how far one is: shown beside the count, by the server and by the script alike.
NONE = gettext_noop("Between %(least)d and %(most)d words read well.")
FEW = gettext_noop("A good start: go on, one example is worth a page.")
SOME = gettext_noop("Nearly there: a detail or a figure more.")
GOOD = gettext_noop("Just what one reads with pleasure.")
MANY = gettext_noop("It is long: what could a reader in a hurry skip?")


@dataclass(frozen=True)
class Count:
    """How many words were written, and the sentence that goes with it."""

    words: int
    least: int
    most: int

    @property
    def sentences(self) -> dict[str, str]:
        """All the sentences, by level: the script changes from one to the other."""
        numbers = {"least": self.least, "most": self.most}
        return {
            "none": _(NONE) % numbers,
            "few": _(FEW),
            "some": _(SOME),
            "good": _(GOOD),
            "many": _(MANY),
        }

    @property
    def level(self) -> str:
        """Which sentence it is."""
        if not self.words:
            return "none"
        if self.words < self.least // 2:
            return "few"
        if self.words < self.least:
            return "some"
        return "good" if self.words <= self.most else "many"

    @property
    def sentence(self) -> str:
        """The one of now."""
        return self.sentences[self.level]


def count(text: str) -> int:
    """How many words a text has: *l’usure* is one, *mi-carrière* too."""
    return len(WORD.findall(text))
