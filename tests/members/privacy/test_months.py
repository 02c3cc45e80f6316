import datetime as dt

import pytest
from django.utils import timezone

from members.privacy.months import add_months
from members.privacy.retention import DORMANT, EXPORT, Period


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2026-01-15", 1, "2026-02-15"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-12-31", 2, "2027-02-28"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-11-22", -24, "2024-11-22"),
        ("2026-01-01", -1, "2025-12-01"),
    ],
)
def test_a_month_ends_on_the_same_day_or_on_the_last(day: str, months: int, expected: str) -> None:
    assert add_months(dt.date.fromisoformat(day), months) == dt.date.fromisoformat(expected)


def test_a_period_keeps_its_hour_when_the_clocks_change() -> None:
    before = dt.datetime(2026, 3, 26, 10, 0, tzinfo=timezone.get_default_timezone())
    assert EXPORT.after(before).isoformat() == "2026-04-02T10:00:00+02:00"
    assert EXPORT.limit(EXPORT.after(before)) == before


def test_a_period_says_how_long_it_is() -> None:
    assert [period.days or period.months for period in (EXPORT, DORMANT)] == [7, 24]
    assert Period("", "", months=36).words.split()[0] == "3"
    assert Period("", "", months=12).words.split()[0] == "12"
