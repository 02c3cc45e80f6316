"""What leaves by mail: a decision on somebody's words, and the question of whether a practice still holds.

Texts are built in the language of who reads: call the builders inside `translation.override`, as
`common.mail.post_to` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from common.addresses import section
from common.mail import Letter, absolute, post_to
from members.models import Kind
from members.space.notification import notify

from .titles import subject_of

if TYPE_CHECKING:
    from members.models import Case, User
    from toolbox.models import Adoption, Rereading


# ---------------------------------------------------------------- a decision
def form_path(adoption: Adoption) -> str:
    """Where its company changes what it says, in the active language."""
    path = reverse("adopt", args=[adoption.practice.translation_key])
    return f"{path}?entreprise={adoption.organisation.slug}"


def tell_shown(adoption: Adoption, case: Case) -> None:
    """The words are on line."""
    if adoption.author is None:
        return
    subject = subject_of(adoption.practice)
    notify(
        adoption.author,
        Kind.CONTRIBUTION,
        key=f"toolbox.adoption_shown:{case.pk}",
        text=lambda: (
            _("Your experience of “%(title)s” is on line.") % {"title": subject_of(adoption.practice).title}
        ),
        url=f"{subject.url}#adoptions",
    )


def tell_hidden(adoption: Adoption, case: Case) -> None:
    """Why the words are not shown, and how to contest it (Regulation 2022/2065, article 17); once."""
    author = adoption.author
    if author is None:
        return
    told = notify(
        author,
        Kind.CONTRIBUTION,
        key=f"toolbox.adoption_hidden:{case.pk}",
        text=lambda: (
            _("Your experience of “%(title)s” is not shown: see why, and change it.")
            % {"title": subject_of(adoption.practice).title}
        ),
        url=form_path(adoption),
    )
    if told is not None:
        type(told).objects.filter(pk=told.pk).update(told_at=timezone.now())
        post_to(author, lambda: hidden_letter(adoption, case))


def hidden_letter(adoption: Adoption, case: Case) -> Letter:
    """The moderator's very words."""
    words = {"title": subject_of(adoption.practice).title, "company": adoption.organisation.name}
    return Letter(
        subject=_("Your experience of “%(title)s” is not shown") % words,
        paragraphs=[
            _("You wrote a line of experience about “%(title)s” for %(company)s. The team does not show it:")
            % words,
            case.reason,
            _("What your company says is still counted on the practice, without these words."),
        ],
        action=(_("Change my words"), absolute(form_path(adoption))),
        closing=[
            _("You disagree? Answer us at %(address)s: somebody else reads it again, and explains.")
            % {"address": absolute(section("contact"))}
        ],
        reason=_("You receive this because a decision was taken about what you wrote."),
    )


# ---------------------------------------------------------------- does it still hold?
def token_path(token: str) -> str:
    """Where one answers, in the active language."""
    return reverse("reread", args=[token])


def question(row: Rereading, user: User, token: str, *, again: bool) -> None:
    """Post the question to one person."""
    post_to(user, lambda: question_letter(row, user, token, again=again))


def question_letter(row: Rereading, user: User, token: str, *, again: bool) -> Letter:
    """A title, a question, one link."""
    facts = row.practice or row.tool
    words = {"title": subject_of(facts).title if facts else ""}
    day = date_format(timezone.localtime(row.expires_at), "DATE_FORMAT")
    mine = facts is not None and facts.author_id == user.pk
    begins = (
        _(
            "You told “%(title)s” here more than a year ago. Others read it and take it up: does it still hold?"
        )
        if mine
        else _(
            "Your company told “%(title)s” here more than a year ago. Others read it and take it up: does it "
            "still hold?"
        )
    )
    return Letter(
        subject=(
            _("Still time to say: does “%(title)s” hold?") if again else _("Does “%(title)s” still hold?")
        )
        % words,
        greeting=_("Hello %(name)s,") % {"name": user.first_name} if user.first_name else _("Hello,"),
        paragraphs=[
            begins % words,
            _(
                "Three answers are possible, in one click and without signing in: yes, it wants an update, no."
            ),
        ],
        action=(_("Answer the question"), absolute(token_path(token))),
        closing=[_("The link serves once, until %(day)s. Please do not forward it.") % {"day": day}],
        reason=_("You receive this because you, or your company, shared this on Atout’âge."),
    )
