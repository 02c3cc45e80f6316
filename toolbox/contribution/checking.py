"""What a contribution still needs, said of each question. Nothing of this is asked of a draft."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from toolbox.models import ContributionFile

from .questions import Question, Step, Widget, answer, steps_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from toolbox.models import Contribution

EARLIEST = 1950
# Where what is said of the files stands among the questions.
FILES = "files"
is_address = URLValidator(schemes=["https", "http"])


@dataclass(frozen=True)
class Problem:
    """What is missing (`missing`) or wrong, and where: `key` is that of the question."""

    step: Step
    key: str
    label: str
    message: str
    missing: bool = False


def problems_of(contribution: Contribution, files: Sequence[ContributionFile]) -> list[Problem]:
    """Everything that stands in the way of sending it, in the order of the steps."""
    return [
        problem
        for step in steps_of(contribution.kind)
        for problem in problems_in(step, contribution.answers, files, contribution.kind)
    ]


def problems_in(
    step: Step, answers: Mapping[str, Any], files: Sequence[ContributionFile], kind: str
) -> Iterator[Problem]:
    """The same for one step."""
    for question in step.questions:
        given = answer(answers, question)
        label = str(question.label)
        if question.required and not given:
            yield Problem(step, question.key, label, _("Still to be said."), missing=True)
        else:
            for message in wrong(question, given):
                yield Problem(step, question.key, label, message)
    if step.files:
        yield from problems_of_files(step, answers, files, kind)


def wrong(question: Question, given: Any) -> Iterator[str]:
    """What does not hold of an answer that was given."""
    if isinstance(given, str) and len(given) > question.longest:
        yield too_long(len(given), question.longest)
    if question.widget is Widget.YEAR and given and not is_year(given):
        yield _("Write a year between %(first)d and this one.") % {"first": EARLIEST}
    if question.widget is Widget.ADDRESS and given:
        try:
            is_address(given)
        except ValidationError:
            yield _("Write a whole address, for example https://www.example.org/grid.")
    if question.most and isinstance(given, list) and len(given) > question.most:
        yield ngettext("%(n)d at most.", "%(n)d at most.", question.most) % {"n": question.most}
    if question.parts:
        yield from wrong_rows(question, given)


def wrong_rows(question: Question, rows: Sequence[Mapping[str, str]]) -> Iterator[str]:
    """What is missing in rows that were begun."""
    for number, row in enumerate(rows, start=1):
        for part in question.parts:
            text = row.get(part.name, "")
            if part.required and not text:
                yield _("Row %(n)d: “%(label)s” is empty.") % {"n": number, "label": part.label}
            elif len(text) > part.longest:
                yield _("Row %(n)d, “%(label)s”: %(problem)s") % {
                    "n": number,
                    "label": part.label,
                    "problem": too_long(len(text), part.longest),
                }


def too_long(length: int, most: int) -> str:
    """How much is to be cut."""
    over = length - most
    return ngettext(
        "%(over)d character too many: %(most)d at most.",
        "%(over)d characters too many: %(most)d at most.",
        over,
    ) % {"over": over, "most": most}


def is_year(text: str) -> bool:
    """Whether something can have been set up in that year."""
    return text.isascii() and text.isdigit() and EARLIEST <= int(text) <= timezone.localdate().year


def problems_of_files(
    step: Step, answers: Mapping[str, Any], files: Sequence[ContributionFile], kind: str
) -> Iterator[Problem]:
    """What the files still need: to be described, allowed, and for a tool to be there."""
    label = str(step.title)
    documents = [file for file in files if file.role == ContributionFile.Role.DOCUMENT]
    if kind == "tool" and not documents and not answers.get("address"):
        yield Problem(step, FILES, label, _("Give the file, or the address where it stands."), missing=True)
    for file in files:
        if file.role == ContributionFile.Role.PICTURE and not file.description:
            message = _("“%(name)s”: say what one sees, for those who cannot see it.") % {"name": file.name}
            yield Problem(step, FILES, label, message, missing=True)
        if file.verdict == ContributionFile.Verdict.REFUSED:
            message = _("“%(name)s” was refused by our checks: remove it.") % {"name": file.name}
            yield Problem(step, FILES, label, message)
    if files and not answers.get("rights"):
        message = _("Say that you may share these pictures and files.")
        yield Problem(step, "rights", str(_("Rights")), message, missing=True)
