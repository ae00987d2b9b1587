"""On which morning a month is asked about, through weekends, clock changes and days in which nothing ran."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from checkins import months

EASTERN, GUAM, ARIZONA = ZoneInfo("America/New_York"), ZoneInfo("Pacific/Guam"), ZoneInfo("America/Phoenix")


@pytest.mark.parametrize(
    ("month", "day"),
    [
        (date(2026, 12, 1), date(2026, 12, 1)),  # a Tuesday
        (date(2026, 8, 1), date(2026, 8, 3)),  # a Saturday
        (date(2026, 11, 1), date(2026, 11, 2)),  # a Sunday
        (date(2027, 1, 19), date(2027, 1, 1)),  # any day names its month
    ],
)
def test_the_first_weekday(month, day):
    assert months.asked_on(month) == day


def test_every_month_of_twenty_years_has_one_among_its_first_three_days():
    month = date(2026, 1, 1)
    for _ in range(240):
        day = months.asked_on(month)
        assert (day.weekday() < 5, day.day <= 3, months.month_of(day) == month) == (True, True, True)
        month = months.after(month)
    assert month == date(2046, 1, 1)


@pytest.mark.parametrize("zone", [EASTERN, GUAM, ARIZONA])
def test_half_past_eight_by_the_clock_on_the_wall_the_whole_year(zone):
    for month in range(1, 13):
        here = months.asked_at(date(2026, month, 1), zone).astimezone(zone)
        assert (here.hour, here.minute) == (8, 30)


def test_the_day_after_the_clocks_go_back():
    """Sunday, November 1, 2026 has 25 hours; the check-in is the morning after."""
    assert months.asked_at(date(2026, 11, 1), EASTERN) == datetime(2026, 11, 2, 13, 30, tzinfo=UTC)
    assert months.asked_at(date(2026, 10, 1), EASTERN) == datetime(2026, 10, 1, 12, 30, tzinfo=UTC)


def test_not_a_minute_early_and_until_the_end_of_the_twentieth():
    at = months.asked_at(date(2026, 11, 1), EASTERN)
    assert months.month_to_ask(at - timedelta(seconds=1), EASTERN) is None
    assert months.month_to_ask(at, EASTERN) == date(2026, 11, 1)
    last = datetime(2026, 11, 20, 23, 59, 59, tzinfo=EASTERN)
    assert months.month_to_ask(last, EASTERN) == date(2026, 11, 1)
    assert months.month_to_ask(last + timedelta(seconds=1), EASTERN) is None


def test_a_month_gone_by_is_never_asked():
    early = datetime(2026, 12, 1, 3, tzinfo=EASTERN)
    assert months.month_to_ask(early, EASTERN) is None


def test_the_month_is_that_of_the_table_not_of_greenwich():
    now = datetime(2026, 12, 31, 20, tzinfo=UTC)
    assert months.coming(now, GUAM) == date(2027, 1, 1)
    assert months.month_to_ask(datetime(2026, 11, 30, 23, tzinfo=UTC), GUAM) == date(2026, 12, 1)
    assert months.month_to_ask(datetime(2026, 11, 30, 23, tzinfo=UTC), EASTERN) is None


def test_which_one_comes_next():
    at = months.asked_at(date(2026, 12, 1), EASTERN)
    assert months.coming(at - timedelta(seconds=1), EASTERN) == date(2026, 12, 1)
    assert months.coming(at, EASTERN) == date(2027, 1, 1)


def test_a_letter_lasts_two_weeks_and_not_beyond_its_month():
    first, late = datetime(2026, 11, 2, 8, 30, tzinfo=EASTERN), datetime(2026, 11, 20, 9, tzinfo=EASTERN)
    assert months.until(first, EASTERN) == first + timedelta(days=14)
    assert months.until(late, EASTERN) == datetime(2026, 12, 1, tzinfo=EASTERN)
