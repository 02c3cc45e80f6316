"""What the pages of a contribution show: where one is, the boxes of a step, everything at once before sending."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .boxes import Box
from .checking import Problem, problems_in
from .notes import Exchange, exchanges
from .questions import Step, answer, steps_of

if TYPE_CHECKING:
    from toolbox.models import Contribution, ContributionFile


@dataclass(frozen=True)
class Place:
    """A step in the list of steps."""

    step: Step
    number: int
    current: bool
    missing: int
    wrong: int
    asked: int
    said: bool

    @property
    def done(self) -> bool:
        """Whether something was said there, and nothing is left to do."""
        return self.said and not (self.missing or self.wrong or self.asked)


@dataclass(frozen=True)
class Sheet:
    """A contribution with its files, problems and notes, read once for a page."""

    contribution: Contribution
    files: Sequence[ContributionFile]
    problems: Sequence[Problem]
    exchanges: Mapping[str, Exchange]

    @property
    def steps(self) -> Sequence[Step]:
        """The steps of its kind."""
        return steps_of(self.contribution.kind)

    def places(self, at: Step | None = None) -> list[Place]:
        """Every step, and what is left to do in it."""
        return [
            Place(
                step,
                number,
                step is at,
                missing=sum(one.step is step and one.missing for one in self.problems),
                wrong=sum(one.step is step and not one.missing for one in self.problems),
                asked=sum(
                    question.key in self.exchanges and self.exchanges[question.key].waits
                    for question in step.questions
                ),
                said=self.is_said(step),
            )
            for number, step in enumerate(self.steps, start=1)
        ]

    def is_said(self, step: Step) -> bool:
        """Whether a step holds anything."""
        words = any(answer(self.contribution.answers, question) for question in step.questions)
        return words or (step.files and bool(self.files))

    def problems_at(self, step: Step, *, missing: bool = True) -> list[Problem]:
        """What is left in a step; without what is merely missing when asked so."""
        return [one for one in self.problems if one.step is step and (missing or not one.missing)]

    def boxes(
        self,
        step: Step,
        typed: Mapping[str, Any] | None = None,
        more: str = "",
        *,
        missing: bool = True,
        problems: Sequence[Problem] | None = None,
    ) -> list[Box]:
        """The questions of a step. `typed` is shown in the place of what is stored."""
        found = self.problems_at(step, missing=missing) if problems is None else problems
        answers = typed if typed is not None else self.contribution.answers
        return [
            Box(
                question,
                answer(answers, question),
                [one.message for one in found if one.key == question.key],
                self.exchanges.get(question.key),
                more=int(question.key == more),
            )
            for question in step.questions
        ]

    def following(self, step: Step) -> Step:
        """The step after this one; the last follows itself."""
        steps = list(self.steps)
        return steps[min(steps.index(step) + 1, len(steps) - 1)]

    def before(self, step: Step) -> Step | None:
        """The step before this one."""
        steps = list(self.steps)
        return steps[steps.index(step) - 1] if step is not steps[0] else None

    @property
    def parts(self) -> list[tuple[Step, list[Box], list[Problem]]]:
        """Everything that was said, step by step, with what is left."""
        return [(step, self.boxes(step), self.problems_at(step)) for step in self.steps if not step.review]

    @property
    def left(self) -> list[Problem]:
        """What stands in the way of sending."""
        return list(self.problems)

    @property
    def asked(self) -> list[Exchange]:
        """What the team asks and she has not answered."""
        return [one for one in self.exchanges.values() if one.waits]

    @property
    def whole(self) -> Exchange | None:
        """What was said of the whole."""
        return self.exchanges.get("")


def sheet_of(contribution: Contribution) -> Sheet:
    """Read what the pages show: the files and the notes, one query each."""
    files = list(contribution.files.all())
    problems = [
        problem
        for step in steps_of(contribution.kind)
        for problem in problems_in(step, contribution.answers, files, contribution.kind)
    ]
    return Sheet(contribution, files, problems, exchanges(contribution))
