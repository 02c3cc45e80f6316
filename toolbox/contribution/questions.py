"""What a member is asked, step by step: the one place from which forms, counts, review and diff are derived.

An answer is kept under its question's key, as plain JSON (`Contribution.answers`):

- a line, a sentence, an address, a choice, a year: a string, empty while nothing was said;
- `WORDS`: what was typed, as typed (`toolbox.review.words` makes rich text of it);
- `THEMES`: slugs, the main one first; `TOOLS`: translation keys, as strings;
- `TICK`: a boolean; `RESULTS` and `STEPS`: lists of dicts whose keys are the names of their parts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Text = str | _StrPromise

# What is more than this is not an answer any more: cut when it comes in, and said.
MOST_CHARACTERS = 20_000
MOST_ROWS = 12


class Widget(Enum):
    """How a question is asked, and what shape its answer has."""

    LINE = "line"
    SENTENCE = "sentence"
    WORDS = "words"
    CHOICE = "choice"
    THEMES = "themes"
    YEAR = "year"
    TICK = "tick"
    ADDRESS = "address"
    TOOLS = "tools"
    RESULTS = "results"
    STEPS = "steps"


@dataclass(frozen=True)
class Part:
    """One box of a row: `longest` is counted in characters."""

    name: str
    label: Text
    longest: int
    widget: Widget = Widget.LINE
    help: Text = ""
    required: bool = True


@dataclass(frozen=True)
class Question:
    """Something asked. `words` is the range that reads well; `longest`, in characters, what a page can hold.

    `required` counts when one submits, never when one saves. `most` limits rows and choices.
    """

    key: str
    label: Text
    widget: Widget
    help: Text = ""
    example: Text = ""
    hint: Text = ""
    words: tuple[int, int] | None = None
    longest: int = MOST_CHARACTERS
    required: bool = False
    headings: bool = False
    choices: Callable[[], Sequence[tuple[str, Text]]] = tuple
    parts: Sequence[Part] = ()
    most: int = 0
    autocomplete: str = "off"

    @property
    def nothing(self) -> Any:
        """The answer of who has not answered."""
        if self.widget is Widget.TICK:
            return False
        many = {Widget.THEMES, Widget.TOOLS, Widget.RESULTS, Widget.STEPS}
        return [] if self.widget in many else ""


@dataclass(frozen=True)
class Step:
    """A page of the form; `key` stands in its address. Some hold more than questions."""

    key: str
    title: Text
    lead: Text = ""
    questions: Sequence[Question] = ()
    company: bool = False
    files: bool = False
    review: bool = False


def steps_of(kind: str) -> Sequence[Step]:
    """The steps of a kind of contribution, in order; the last is the review. Raises KeyError."""
    from .questions_practice import PRACTICE  # noqa: PLC0415 (they are made of what stands above)
    from .questions_tool import TOOL  # noqa: PLC0415

    return {"practice": PRACTICE, "tool": TOOL}[kind]


def questions_of(kind: str) -> Mapping[str, Question]:
    """Every question of a kind of contribution, by key, in order."""
    return {question.key: question for step in steps_of(kind) for question in step.questions}


def step_at(kind: str, key: str) -> Step | None:
    """A step by its key."""
    return next((step for step in steps_of(kind) if step.key == key), None)


def step_with(kind: str, key: str) -> Step | None:
    """The step that asks a question."""
    return next((step for step in steps_of(kind) if any(one.key == key for one in step.questions)), None)


def answer(answers: Mapping[str, Any], question: Question) -> Any:
    """What was answered, or nothing in the shape that the question wants."""
    found = answers.get(question.key)
    nothing = question.nothing
    return found if isinstance(found, type(nothing)) else nothing
