"""Periods in months, as the law counts them."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange

MONTHS_A_YEAR = 12


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day so many months later or earlier; the last of the month where there is no such day.

    That is how periods are counted (regulation 1182/71, article 3): one month after 31 January ends
    with February. A datetime keeps its time.
    """
    count = day.year * MONTHS_A_YEAR + day.month - 1 + months
    year, month = divmod(count, MONTHS_A_YEAR)
    last = monthrange(year, month + 1)[1]
    return day.replace(year=year, month=month + 1, day=min(day.day, last))
