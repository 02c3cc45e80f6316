"""What comes in from the form of a step, as answers. Nothing is refused here: words are never lost.

What is longer than `MOST_CHARACTERS` is cut there; what is not of the right kind is kept as it was typed
where that can be shown again, and left out otherwise (a choice that does not exist).
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from .questions import MOST_CHARACTERS, MOST_ROWS, Part, Question, Step, Widget

if TYPE_CHECKING:
    from django.http import QueryDict

# Invisible characters that turn a line round, and those that no database takes.
UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
ONE_LINE = {Widget.LINE, Widget.SENTENCE, Widget.ADDRESS, Widget.YEAR}


def clean_text(text: str, *, one_line: bool) -> str:
    """Text without what cannot be seen, in one form of Unicode."""
    text = UNWANTED.sub("", unicodedata.normalize("NFC", text[: 2 * MOST_CHARACTERS]))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if one_line:
        return " ".join(text.split())[:MOST_CHARACTERS]
    return text.rstrip()[:MOST_CHARACTERS]


def read_step(step: Step, data: QueryDict) -> dict[str, Any]:
    """The answers that a form gives to the questions of a step. A question that is not there is not answered."""
    return {question.key: read(question, data) for question in step.questions}


def read(question: Question, data: QueryDict) -> Any:
    """One answer, in the shape of its question."""
    key, widget = question.key, question.widget
    if widget is Widget.TICK:
        return key in data
    if widget in {Widget.RESULTS, Widget.STEPS}:
        return read_rows(question, data)
    if widget in {Widget.THEMES, Widget.TOOLS}:
        allowed = {value for value, _label in question.choices()}
        return read_many([data.get(f"{key}-{number}", "") for number in range(question.most)], allowed)
    if widget is Widget.CHOICE:
        value = data.get(key, "")
        return value if value in {each for each, _label in question.choices()} else ""
    return clean_text(data.get(key, ""), one_line=widget in ONE_LINE)


def read_many(values: list[str], allowed: set[str]) -> list[str]:
    """Several choices, each once, in the order they came."""
    return [value for value in dict.fromkeys(values) if value in allowed]


def read_rows(question: Question, data: QueryDict) -> list[dict[str, str]]:
    """Rows whose boxes are not all empty."""
    rows = []
    for number in range(MOST_ROWS):
        row = {part.name: read_part(question, part, number, data) for part in question.parts}
        if any(text.strip() for text in row.values()):
            rows.append(row)
    return rows


def read_part(question: Question, part: Part, number: int, data: QueryDict) -> str:
    """One box of a row."""
    typed = data.get(f"{question.key}-{number}-{part.name}", "")
    return clean_text(typed, one_line=part.widget is not Widget.WORDS)
