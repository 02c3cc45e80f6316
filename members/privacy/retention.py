"""How long what we know of people is kept: one table, which the jobs, the pages and the register follow.

A test compares the public page on personal data, and the register of processing, with it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from .months import MONTHS_A_YEAR, add_months

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Period:
    """How long something is kept, counted from what `since` names."""

    what: str | _StrPromise
    since: str | _StrPromise
    days: int = 0
    months: int = 0

    def after(self, moment: dt.datetime) -> dt.datetime:
        """When what began at `moment` is over, in local time: a day keeps its hour when clocks change."""
        day = timezone.localtime(moment)
        ends = add_months(day.date(), self.months) + dt.timedelta(days=self.days)
        return timezone.make_aware(dt.datetime.combine(ends, day.time().replace(tzinfo=None)))

    def limit(self, now: dt.datetime | None = None) -> dt.datetime:
        """What began before this moment is over by `now`."""
        day = timezone.localtime(now)
        begins = add_months(day.date(), -self.months) - dt.timedelta(days=self.days)
        return timezone.make_aware(dt.datetime.combine(begins, day.time().replace(tzinfo=None)))

    def after_today(self) -> dt.date:
        """The last day of what begins today."""
        return timezone.localtime(self.after(timezone.now())).date()

    @property
    def words(self) -> str:
        """In words: “7 days”, “12 months”, “3 years”."""
        if self.days:
            return ngettext("%(n)s day", "%(n)s days", self.days) % {"n": self.days}
        if self.months > 2 * MONTHS_A_YEAR and self.months % MONTHS_A_YEAR == 0:
            years = self.months // MONTHS_A_YEAR
            return ngettext("%(n)s year", "%(n)s years", years) % {"n": years}
        return ngettext("%(n)s month", "%(n)s months", self.months) % {"n": self.months}


UNVERIFIED = Period(_("Accounts whose address was never verified"), _("after signing up"), days=7)
DORMANT = Period(_("Accounts that nobody uses"), _("after the last activity"), months=24)
ERASURE_GRACE = Period(_("Accounts whose erasure was asked"), _("after the request"), days=7)
EXPORT = Period(_("Copies of one’s data, made on request"), _("after they were made"), days=7)
NOTIFICATIONS = Period(_("Notifications that were read"), _("after they were read"), months=12)
CONVERSATIONS = Period(_("Conversations between members"), _("after the last message"), months=36)
INVITATIONS = Period(_("Invitations to join a company"), _("after they ended"), months=12)
DOMAIN_CODES = Period(_("Codes sent to prove who acts for a company"), _("after they were sent"), days=30)
REQUESTS = Period(_("Requests about personal data"), _("after the answer"), months=36)
SESSIONS = Period(_("Open sessions: address and browser"), _("after signing in"), days=14)

TABLE = (
    UNVERIFIED,
    DORMANT,
    ERASURE_GRACE,
    EXPORT,
    SESSIONS,
    NOTIFICATIONS,
    CONVERSATIONS,
    INVITATIONS,
    DOMAIN_CODES,
    REQUESTS,
)

# When somebody whose account sleeps is warned, and how long before anything happens at least:
# nobody is surprised because the periodic job was down.
WARNED_AFTER_MONTHS = (22, 23)
DAYS_BETWEEN_WARNINGS = 25
