"""What a moderator sees of a contribution: each answer, what changed, what was noted, what has to be chosen."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from common.uploads.findings import explain
from members.cases.holding import holder_of
from members.companies.rules import may_speak_for, membership_of
from toolbox.contribution.questions import questions_of

from . import meanwhile, notes, waiting, workflow
from .differences import difference
from .showing import reading, words
from .writing import answers_of, same

if TYPE_CHECKING:
    from collections.abc import Sequence

    from members.models import Case
    from toolbox.contribution.questions import Question
    from toolbox.models import Contribution, ContributionFile, ContributionNote

    from .meanwhile import Meanwhile


@dataclass(frozen=True)
class Version:
    """One of the words between which to choose: `key` is “mine” (hers) or “theirs” (the page's)."""

    key: str
    label: str
    html: SafeString


@dataclass(frozen=True)
class Field:
    """One answer on the screen. `changed` is None for what is new; `kept` is what others wrote meanwhile."""

    question: Question
    html: SafeString
    changed: bool | None
    notes: Sequence[ContributionNote] = ()
    versions: Sequence[Version] = ()
    base: SafeString = field(default_factory=SafeString)
    by_others: bool = False

    @property
    def key(self) -> str:
        """The name of the answer."""
        return self.question.key


class Screen:
    """Everything that the template of a case reads."""

    def __init__(self, case: Case, contribution: Contribution, user: Any) -> None:
        self.case, self.contribution, self.user = case, contribution, user
        self.notes = notes.notes_for(contribution, team=True)

    @cached_property
    def meanwhile(self) -> Meanwhile | None:
        """The three versions of a revision; None for what is new."""
        page = self.contribution.page
        if page is None or not meanwhile.was_published(page):
            return None
        return meanwhile.look(self.contribution)

    @property
    def is_revision(self) -> bool:
        """Whether a published page changes."""
        return self.meanwhile is not None

    @cached_property
    def fields(self) -> list[Field]:
        """Every answer that says something or changes something, in the order of the form."""
        rows = [self._field(question) for question in questions_of(self.contribution.kind).values()]
        return [row for row in rows if row.html or row.changed or row.notes or row.by_others]

    @property
    def changed(self) -> list[Field]:
        """Those that the revision changes, or about which something is to be said."""
        return [row for row in self.fields if row.changed is not False or row.notes or row.by_others]

    @property
    def unchanged(self) -> list[Field]:
        """The others: folded."""
        return [row for row in self.fields if row not in self.changed]

    @property
    def to_choose(self) -> list[Field]:
        """Fields that the author and somebody else both changed."""
        return [row for row in self.fields if row.versions]

    @cached_property
    def live(self) -> dict[str, Any]:
        """What the page says to its readers now."""
        page: Any = self.contribution.page
        return answers_of(page.specific) if page is not None else {}

    def _field(self, question: Question) -> Field:
        versions, key = self.meanwhile, question.key
        found = self.notes.get(key, ())
        if versions is None:
            return Field(question, reading(question, self.contribution.answers.get(key)), None, found)
        if key in versions.both:
            return self._conflict(question, versions, found)
        hers = key in versions.by_author
        final = (versions.mine if hers else versions.theirs).get(key)
        now = self.live.get(key)
        if same(final, now):
            return Field(question, reading(question, now), False, found, by_others=key in versions.by_others)
        text = difference(words(question, now), words(question, final))
        return Field(question, text, True, found, by_others=key in versions.by_others or not hers)

    def _conflict(self, question: Question, versions: Meanwhile, found: Sequence[ContributionNote]) -> Field:
        base, mine, theirs = (
            words(question, each.get(question.key))
            for each in (versions.base, versions.mine, versions.theirs)
        )
        author = self.contribution.author
        name = author.public_name if author is not None else _("the author")
        offered = (
            Version("mine", _("The words of %(name)s") % {"name": name}, difference(base, mine)),
            Version("theirs", _("The words of the page today"), difference(base, theirs)),
        )
        before = reading(question, versions.base.get(question.key))
        return Field(question, SafeString(), True, found, offered, before, by_others=True)

    # ---------------------------------------------------------------- files
    @cached_property
    def files(self) -> list[ContributionFile]:
        """The files that come along, in their order, with what the checks found in each (`said`)."""
        rows = list(self.contribution.files.order_by("position", "created_at", "pk"))
        for row in rows:
            row.said = explain(row.findings or ())  # type: ignore[attr-defined]
        return rows

    # ---------------------------------------------------------------- what to know
    @cached_property
    def in_the_way(self) -> list[str]:
        """Why it cannot be published for now."""
        return waiting.in_the_way(self.contribution)

    @cached_property
    def warnings(self) -> list[str]:
        """What does not stand in the way, and should be known."""
        row, found = self.contribution, []
        author, organisation = row.author, row.organisation
        if author is None:
            found.append(_("The account of its author was deleted meanwhile."))
        elif organisation is not None and membership_of(author, organisation) is None:
            found.append(_("Its author has left the company since."))
        elif organisation is not None and not may_speak_for(author, organisation):
            found.append(_("It is not proved yet that its author acts for the company."))
        if self.meanwhile is not None and row.page is not None and not row.page.live:
            found.append(_("The page was taken off line meanwhile: publishing puts it on line again."))
        if not (workflow.is_prepared(row) or self.in_the_way or self.to_choose):
            found.append(_("The page could not be made yet: reload, or look at the journal of the site."))
        return found

    # ---------------------------------------------------------------- what may be done
    @property
    def is_open(self) -> bool:
        """Whether this person may write notes and corrections now: it waits, and nobody else is on it."""
        waits = self.case.state == self.case.State.WAITING
        return waits and holder_of(self.case) in {None, self.user}

    @property
    def may_correct(self) -> bool:
        """With the author's agreement only."""
        return self.is_open and self.contribution.edits_allowed

    @property
    def whole(self) -> Sequence[ContributionNote]:
        """Notes on the whole."""
        return self.notes.get("", ())

    @property
    def preview_url(self) -> str:
        """The page as it would look."""
        return reverse("contribution_preview", args=[self.contribution.public_id])

    @property
    def page_url(self) -> str:
        """The page in Wagtail's editor; empty while there is none, or when this person may not edit it."""
        page = self.contribution.page
        if page is None or not page.permissions_for_user(self.user).can_edit():
            return ""
        return reverse("wagtailadmin_pages:edit", args=[page.pk])

    @property
    def note_url(self) -> str:
        """Where notes are sent."""
        return reverse("admin_contributions:note", args=[self.contribution.public_id])

    @property
    def correct_url(self) -> str:
        """Where the answers are corrected."""
        return reverse("admin_contributions:correct", args=[self.contribution.public_id])

    @property
    def choose_url(self) -> str:
        """Where the choice between versions is sent."""
        return reverse("admin_contributions:choose", args=[self.contribution.public_id])

    @property
    def moves(self) -> list[Any]:
        """What happened to it, oldest first."""
        return list(self.contribution.moves.select_related("by").order_by("at", "pk"))
