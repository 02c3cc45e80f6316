"""What is written to people about their data. Each letter is built in its reader's language."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from common.mail import Item, Letter, absolute, known_language, post, post_to
from common.templatetags.french import long_date

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from common.registries import Retained
    from members.models import DataExport, DataRequest, Erasure, User


def greeting(user: User) -> str:
    """Hello, by the first name when there is one."""
    return _("Hello %(name)s,") % {"name": user.first_name} if user.first_name else _("Hello,")


def _because_account() -> str:
    return _("You receive this letter because you have an account on Atout’âge. It cannot be switched off.")


def day(moment: dt.datetime | dt.date | None) -> str:
    """A date in words, in local time; nothing for no date."""
    if isinstance(moment, dt.datetime):
        moment = localtime(moment).date()
    return str(long_date(moment)) if moment else ""


# ---------------------------------------------------------------- copies of one's data
def export_ready(export: DataExport) -> None:
    """The copy is there."""

    def build() -> Letter:
        return Letter(
            subject=_("The copy of your data is ready"),
            greeting=greeting(export.user),
            paragraphs=[
                _("You asked for a copy of everything that Atout’âge knows of you. It is ready."),
                _("It stays in your space until %(date)s, for you alone; then it is deleted.")
                % {"date": day(export.expires_at)},
            ],
            action=(_("Download it from my space"), absolute(reverse("space_data"))),
            closing=[_("You did not ask for it? Change your password, then write to us.")],
            reason=_because_account(),
        )

    post_to(export.user, build)


def export_failed(export: DataExport) -> None:
    """The copy could not be made, and staff know."""

    def build() -> Letter:
        return Letter(
            subject=_("The copy of your data could not be prepared"),
            greeting=greeting(export.user),
            paragraphs=[
                _(
                    "You asked for a copy of your data. We tried several times, without success: it is our fault."
                ),
                _("The association has been told. You may ask again; your request stays in our register."),
            ],
            action=(_("See my data"), absolute(reverse("space_data"))),
            reason=_because_account(),
        )

    post_to(export.user, build)


# ---------------------------------------------------------------- erasure
def erasure_asked(erasure: Erasure, link: str) -> None:
    """The account is closed; it can still be taken back."""
    user = erasure.user

    def build() -> Letter:
        return Letter(
            subject=_("Your account will be erased on %(date)s") % {"date": day(erasure.execute_at)},
            greeting=greeting(user),
            paragraphs=[
                _("You asked us to erase your account. It is closed already: nobody sees you any more."),
                _("What we know of you will be erased on %(date)s. Until then, you can change your mind.")
                % {"date": day(erasure.execute_at)},
            ],
            action=(_("Keep my account after all"), link),
            closing=[
                _("It was not you? Follow this link too, then change your password."),
                _("If you do nothing, there is nothing left to do."),
            ],
            reason=_because_account(),
        )

    post_to(user, build, urgent=True)


def erasure_cancelled(user: User) -> None:
    """The account is open again."""

    def build() -> Letter:
        return Letter(
            subject=_("Your account is kept"),
            greeting=greeting(user),
            paragraphs=[_("The erasure of your account was called off. Everything is where you left it.")],
            action=(_("Sign in"), absolute(reverse("account_login"))),
            closing=[_("It was not you? Sign in, change your password, then write to us.")],
            reason=_because_account(),
        )

    post_to(user, build)


def erased(email: str, language: str, retained: Sequence[Retained]) -> None:
    """The last letter: what is gone, and what had to be kept."""
    language = known_language(language)
    with override(language):
        kept = [
            Item(
                title=str(row.what),
                detail=f"{row.why} {_('Until %(date)s.') % {'date': day(row.until)}}"
                if row.until
                else str(row.why),
            )
            for row in retained
        ]
        told = _("This is what stays, without your name, and why:") if kept else _("Nothing stays.")
        letter = Letter(
            subject=_("Your account is erased"),
            paragraphs=[
                _("Your account and what we knew of you are erased from Atout’âge."),
                told,
            ],
            items=kept,
            closing=[
                _("Our backups still hold your data until they are replaced in their turn."),
                _("This is our last letter: we no longer know your address."),
            ],
            reason=_("You receive this letter because your account on Atout’âge was erased today."),
        )
    post(letter, email, language=language)


# ---------------------------------------------------------------- accounts that sleep
def dormant(user: User, erased_on: dt.date, last: bool) -> None:
    """Nobody has seen her for nearly two years."""

    def build() -> Letter:
        subject = (
            _("Last notice: your account will be erased on %(date)s")
            if last
            else _("Your account sleeps: do you want to keep it?")
        )
        return Letter(
            subject=subject % {"date": day(erased_on)} if last else subject,
            greeting=greeting(user),
            paragraphs=[
                _("You have not come back to Atout’âge since %(date)s.")
                % {"date": day(user.last_activity_on)},
                _("We do not keep accounts that nobody uses: yours will be erased on %(date)s.")
                % {"date": day(erased_on)},
                _("What you shared will remain, under “Former member”."),
            ],
            action=(_("Sign in to keep my account"), absolute(reverse("account_login"))),
            closing=[_("To sign in once is enough. If you do nothing, there is nothing left to do.")],
            reason=_because_account(),
        )

    post_to(user, build)


# ---------------------------------------------------------------- the register
def _to_requester(request: DataRequest, build: Callable[[], Letter]) -> None:
    """To whoever asked: the account's address, or the one that was noted; nobody else, not even staff."""
    if request.user is not None and not request.user.anonymised_at:
        post_to(request.user, build)
    elif request.email:
        language = known_language("")
        with override(language):
            letter = build()
        post(letter, request.email, language=language)


def _because_asked(request: DataRequest) -> str:
    return _("You receive this letter because you asked us about your personal data on %(date)s.") % {
        "date": day(request.received_at)
    }


def request_extended(request: DataRequest) -> None:
    """Two more months, and why."""

    def build() -> Letter:
        return Letter(
            subject=_("Your request about your data needs more time"),
            paragraphs=[
                _("Your request of %(date)s is complex; the law lets us take two more months.")
                % {"date": day(request.received_at)},
                request.extension_reason,
                _("You will have our answer by %(date)s.") % {"date": day(request.due_on)},
            ],
            closing=[_("You may complain to the CNIL, or go to court: www.cnil.fr.")],
            reason=_because_asked(request),
        )

    _to_requester(request, build)


def request_closed(request: DataRequest) -> None:
    """The answer."""
    refused = request.state == request.State.REFUSED

    def build() -> Letter:
        return Letter(
            subject=_("Our answer about your data"),
            paragraphs=[
                _("You wrote to us on %(date)s: %(right)s.")
                % {"date": day(request.received_at), "right": request.get_kind_display()},
                request.answer,
            ],
            closing=[_("You may complain to the CNIL, or go to court: www.cnil.fr.")] if refused else [],
            reason=_because_asked(request),
        )

    _to_requester(request, build)


def received(request: DataRequest) -> None:
    """The request is written down, with its deadline."""

    def build() -> Letter:
        return Letter(
            subject=_("We have received your request about your data"),
            paragraphs=[
                _("You will have our answer by %(date)s at the latest.") % {"date": day(request.due_on)},
            ],
            reason=_because_asked(request),
        )

    _to_requester(request, build)
