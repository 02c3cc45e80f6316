"""A question as the form shows it: its value, its choices, what is wrong, how many words, what was asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from .questions import Part, Question, Widget
from .words import Count, count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .notes import Exchange

TEMPLATES = {
    Widget.LINE: "toolbox/contribution/boxes/line.html",
    Widget.ADDRESS: "toolbox/contribution/boxes/line.html",
    Widget.YEAR: "toolbox/contribution/boxes/line.html",
    Widget.SENTENCE: "toolbox/contribution/boxes/words.html",
    Widget.WORDS: "toolbox/contribution/boxes/words.html",
    Widget.CHOICE: "toolbox/contribution/boxes/choice.html",
    Widget.THEMES: "toolbox/contribution/boxes/several.html",
    Widget.TOOLS: "toolbox/contribution/boxes/several.html",
    Widget.TICK: "toolbox/contribution/boxes/tick.html",
    Widget.RESULTS: "toolbox/contribution/boxes/rows.html",
    Widget.STEPS: "toolbox/contribution/boxes/rows.html",
}
# What browsers offer on a phone.
TYPES = {Widget.ADDRESS: "url", Widget.YEAR: "text"}
MODES = {Widget.ADDRESS: "url", Widget.YEAR: "numeric"}
FEWEST_ROWS = {Widget.RESULTS: 3, Widget.STEPS: 3}


@dataclass(frozen=True)
class PartBox:
    """One box of a row."""

    part: Part
    name: str
    value: str

    @property
    def tall(self) -> bool:
        """Whether it takes several lines."""
        return self.part.widget is Widget.WORDS


@dataclass(frozen=True)
class Select:
    """One of several lists of the same choices."""

    number: int
    label: str
    name: str
    choices: Sequence[tuple[str, str, bool]]


@dataclass(frozen=True)
class Box:
    """A question and its answer, ready for a template."""

    question: Question
    value: Any
    problems: Sequence[str] = ()
    exchange: Exchange | None = None
    more: int = 0

    @property
    def key(self) -> str:
        """The name of its control."""
        return self.question.key

    @property
    def id(self) -> str:
        """The id of its control, to which problems lead."""
        several = {Widget.THEMES, Widget.TOOLS, Widget.RESULTS, Widget.STEPS}
        first = {Widget.RESULTS: "-0-value", Widget.STEPS: "-0-title"}.get(self.question.widget, "-0")
        return f"id_{self.key}{first if self.question.widget in several else ''}"

    @property
    def template(self) -> str:
        """The template that shows it."""
        return TEMPLATES[self.question.widget]

    @property
    def described_by(self) -> str:
        """Ids of what explains it, in the order in which it is read."""
        parts = [
            f"error_{self.key}" if self.problems else "",
            f"note_{self.key}" if self.exchange else "",
            f"help_{self.key}" if self.question.help else "",
            f"count_{self.key}" if self.question.words else "",
        ]
        return " ".join(part for part in parts if part)

    @property
    def kind(self) -> str:
        """The `type` of an input."""
        return TYPES.get(self.question.widget, "text")

    @property
    def mode(self) -> str:
        """The keyboard that a phone shows."""
        return MODES.get(self.question.widget, "text")

    @property
    def lines(self) -> int:
        """How tall a box of words is."""
        return 3 if self.question.widget is Widget.SENTENCE else 10

    @property
    def counted(self) -> Count | None:
        """How many words there are, where it is said."""
        if self.question.words is None:
            return None
        return Count(count(str(self.value)), *self.question.words)

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        """Value, label, and whether it is chosen."""
        return [(value, str(label), value == self.value) for value, label in self.question.choices()]

    @property
    def selects(self) -> list[Select]:
        """A list for each of the choices that may be made."""
        chosen = [*self.value, *[""] * self.question.most][: self.question.most]
        choices = self.question.choices()
        return [
            Select(
                number,
                self.select_label(number),
                f"{self.key}-{number}",
                [(value, str(label), value == chosen[number]) for value, label in choices],
            )
            for number in range(self.question.most)
        ]

    def select_label(self, number: int) -> str:
        """What a list is for."""
        if self.question.widget is Widget.THEMES:
            return _("Main theme") if number == 0 else _("Other theme (%(n)d)") % {"n": number}
        return _("Tool %(n)d") % {"n": number + 1}

    @property
    def rows(self) -> list[list[PartBox]]:
        """Each row's boxes: those that are filled, and empty ones to go on."""
        filled = [row for row in self.value if isinstance(row, dict)]
        fewest = FEWEST_ROWS.get(self.question.widget, 1)
        wanted = max(len(filled) + self.more, fewest)
        total = max(min(wanted, self.question.most), len(filled))
        rows = [*filled, *[{}] * (total - len(filled))]
        return [
            [
                PartBox(part, f"{self.key}-{number}-{part.name}", str(row.get(part.name, "")))
                for part in self.question.parts
            ]
            for number, row in enumerate(rows)
        ]

    @property
    def may_have_more(self) -> bool:
        """Whether a row can be added."""
        return len(self.rows) < self.question.most

    @property
    def shown(self) -> list[str]:
        """The answer as one reads it again, line by line; none when there is none."""
        widget, value = self.question.widget, self.value
        if widget is Widget.TICK:
            return [_("Yes") if value else _("No")]
        if widget in {Widget.RESULTS, Widget.STEPS}:
            return [
                " – ".join(str(row[part.name]) for part in self.question.parts if row.get(part.name))
                for row in value
            ]
        if widget is Widget.CHOICE:
            return [label for _value, label, chosen in self.choices if chosen]
        if widget in {Widget.THEMES, Widget.TOOLS}:
            labels = {key: str(label) for key, label in self.question.choices()}
            return [labels[each] for each in value if each in labels]
        return [value] if value else []
