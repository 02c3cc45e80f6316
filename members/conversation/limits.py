"""How much one may write: enough for anybody's work, too little for a campaign.

Counted in the database, under the lock of the author's row, deleted comments included: the limits
hold across processes, and deleting gives nothing back.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

from members.models import Comment, CommentReport

from .moderating import is_team
from .refusals import ReportedEnough, SaidAlready, TooFast, TooMany

if TYPE_CHECKING:
    from members.models import User

DAY, MINUTE = dt.timedelta(days=1), dt.timedelta(minutes=1)
A_DAY, A_MINUTE, REPORTS_A_DAY = 20, 3, 10


def check_writing(author: User, text: str) -> None:
    """Raise TooFast, TooMany or SaidAlready; the team is bound by the last one only."""
    now = timezone.now()
    lately = Comment.objects.filter(author=author, created_at__gt=now - DAY).order_by()
    if lately.filter(text=text).exists():
        raise SaidAlready
    if is_team(author):
        return
    if lately.filter(created_at__gt=now - MINUTE).count() >= A_MINUTE:
        raise TooFast
    if lately.count() >= A_DAY:
        raise TooMany


def check_reporting(reporter: User) -> None:
    """Raise ReportedEnough."""
    lately = CommentReport.objects.filter(reporter=reporter, created_at__gt=timezone.now() - DAY)
    if lately.count() >= REPORTS_A_DAY:
        raise ReportedEnough
