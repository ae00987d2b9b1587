"""When the weekly note is written, whatever the zone and the night."""

from datetime import UTC, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkins.weeks import next_week, week_at
from checkins.zones import zone_named
from coalitions.forms import TimeZone

KY = ZoneInfo("America/New_York")
ZONES = [ZoneInfo(zone) for zone in TimeZone.values]
MINUTE = timedelta(minutes=1)

moments = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))
zones = st.sampled_from(ZONES)


def at(month, day, hour=8, minute=30, year=2026):
    return datetime(year, month, day, hour, minute, tzinfo=KY)


def test_from_monday_morning_to_the_end_of_wednesday():
    monday = at(11, 23)
    assert week_at(monday - MINUTE, KY) is None
    assert week_at(monday, KY).name == "2026-48"
    assert week_at(at(11, 25, 23, 59), KY).name == "2026-48"
    assert week_at(at(11, 26, 0, 0), KY) is None
    assert week_at(at(11, 29, 12), KY) is None


def test_the_first_days_of_a_year_may_belong_to_the_last_week_of_the_one_before():
    assert week_at(at(12, 28), KY).name == "2026-53"
    assert week_at(at(1, 4, year=2027), KY).name == "2027-01"


@pytest.mark.parametrize(
    ("now", "monday"),
    [
        (at(11, 21), at(11, 23)),
        (at(11, 23, 8, 29), at(11, 23)),
        (at(11, 23), at(11, 30)),
        (at(11, 24), at(11, 30)),
    ],
)
def test_the_next_one_is_still_to_come(now, monday):
    assert next_week(now, KY).moment == monday


@pytest.mark.parametrize("sunday", [at(11, 1, 0, 0), at(3, 14, 0, 0, year=2027)], ids=["back", "forward"])
@pytest.mark.parametrize("zone", ZONES, ids=str)
def test_minute_by_minute_through_the_week_after_clocks_jump(zone, sunday):
    """One unbroken stretch that begins at half past eight on the clock of the wall."""
    minutes = [sunday - timedelta(days=1) + n * 15 * MINUTE for n in range(6 * 24 * 4)]
    stretches = [(week, list(inside)) for week, inside in groupby(minutes, lambda each: week_at(each, zone))]
    (found,) = [(week, inside) for week, inside in stretches if week]
    week, inside = found
    assert inside[0] == week.moment
    assert week.moment.astimezone(zone).strftime("%a %H:%M") == "Mon 08:30"
    assert week.until.astimezone(zone).strftime("%a %H:%M") == "Thu 00:00"
    assert inside[-1] < week.until


@given(moments, zones)
def test_a_moment_lies_in_its_week_or_in_none(now, zone):
    week, coming = week_at(now, zone), next_week(now, zone)
    assert now < coming.moment <= now + timedelta(days=7, hours=1)
    if week:
        assert week.moment <= now < week.until < coming.moment
        assert week.name != coming.name


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "America", "../etc/passwd"])
def test_a_zone_that_does_not_exist(name):
    assert zone_named(name) is None
    assert zone_named("America/New_York") == KY
