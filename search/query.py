"""What a visitor asks, parsed: groups of alternatives, all of which must be met.

Backends read `groups` only. What widens a question (synonyms, spelling) adds alternatives to a group.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from search.analysis import stems

# Longer questions are cut, never refused.
LONGEST = 200
MOST_GROUPS = 12

_QUOTED = re.compile(r'"([^"]+)"|«([^»]+)»|“([^”]+)”')

# Stems that follow each other; most have one.
Phrase = tuple[str, ...]
Group = tuple[Phrase, ...]


@dataclass(frozen=True)
class Query:
    """A parsed question. Each group is met by any of its phrases; all groups must be met."""

    language: str
    groups: tuple[Group, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to look for: not for stop words or punctuation alone."""
        return bool(self.groups)

    @cached_property
    def stems(self) -> frozenset[str]:
        """Every stem looked for, to be marked in what is found."""
        return frozenset(stem for group in self.groups for phrase in group for stem in phrase)

    def relaxed(self) -> Query:
        """The same question, met by any of its groups."""
        return Query(self.language, (tuple(phrase for group in self.groups for phrase in group),))


def parse(text: str, language: str) -> Query:
    """Parse what was typed. Quoted words must follow each other; no input is an error."""
    text = text[:LONGEST]
    groups: dict[Group, None] = {}
    rest = []
    end = 0
    for quoted in _QUOTED.finditer(text):
        rest.append(text[end : quoted.start()])
        end = quoted.end()
        phrase = tuple(stems(quoted[1] or quoted[2] or quoted[3], language))
        if phrase:
            groups[(phrase,)] = None
    rest.append(text[end:])
    for stem in stems(" ".join(rest), language):
        groups[((stem,),)] = None
    return Query(language, tuple(groups)[:MOST_GROUPS])
