"""When each reminder comes, whatever the round, the zone and the night."""

from datetime import UTC, datetime, timedelta
from itertools import groupby, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkins.cadence import APART, Name, slot_at, slots
from coalitions.forms import TimeZone

KY = ZoneInfo("America/New_York")
ZONES = [ZoneInfo(zone) for zone in TimeZone.values]
MINUTE = timedelta(minutes=1)

moments = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))
lengths = st.timedeltas(MINUTE, timedelta(days=60))
zones = st.sampled_from(ZONES)


def at(month, day, hour=17, minute=0):
    return datetime(2026, month, day, hour, minute, tzinfo=KY)


def plan(opened_at, closes_at, zone=KY):
    return {slot.name.value: slot.moment.astimezone(zone) for slot in slots(opened_at, closes_at, zone)}


def test_a_usual_round_has_four():
    assert plan(at(11, 20, 9), at(12, 4)) == {
        "opening": at(11, 20, 9),
        "midpoint": at(11, 27, 13),
        "two-days": at(12, 2),
        "last-morning": at(12, 4, 8, 30),
    }


@pytest.mark.parametrize("start", [at(11, 21, 9), at(11, 22, 9)])
def test_the_middle_moves_from_the_weekend_to_monday_morning(start):
    assert plan(start, start + timedelta(days=14))["midpoint"] == at(11, 30, 8, 30)


def test_unless_monday_is_too_late_to_be_of_use():
    assert plan(at(11, 24, 22), at(12, 1, 22))["midpoint"] == at(11, 28, 10)


@pytest.mark.parametrize(
    ("closes", "morning"),
    [
        (at(12, 4, 10), at(12, 4, 8, 30)),
        (at(12, 4, 9, 59), at(12, 3, 8, 30)),
        (at(12, 4, 0), at(12, 3, 8, 30)),
        (at(12, 4, 23, 59), at(12, 4, 8, 30)),
    ],
)
def test_who_closes_early_in_the_day_is_told_the_morning_before(closes, morning):
    assert plan(at(11, 20, 9), closes)["last-morning"] == morning


def test_the_morning_is_that_of_the_table():
    hawaii = ZoneInfo("Pacific/Honolulu")
    closes = datetime(2026, 12, 4, 17, tzinfo=hawaii)
    assert plan(at(11, 20, 9), closes, hawaii)["last-morning"].hour == 8


def test_of_two_that_are_close_the_later_one_stays_and_the_opening_always_does():
    assert list(plan(at(11, 29), at(12, 4))) == ["opening", "two-days", "last-morning"]
    assert list(plan(at(12, 1, 18), at(12, 4))) == ["opening", "midpoint", "last-morning"]
    assert list(plan(at(12, 2, 18), at(12, 4))) == ["opening", "last-morning"]
    assert list(plan(at(12, 4, 8), at(12, 4))) == ["opening"]


def test_nothing_before_the_opening_nor_from_the_closing_on():
    opened, closes = at(11, 20, 9), at(12, 4)
    assert slot_at(opened - MINUTE, opened, closes, KY) is None
    assert slot_at(opened, opened, closes, KY).name is Name.OPENING
    assert slot_at(closes - MINUTE, opened, closes, KY).name is Name.LAST_MORNING
    assert slot_at(closes, opened, closes, KY) is None


def test_three_days_without_a_beat_lead_to_the_newest_only():
    assert slot_at(at(12, 4, 9), at(11, 20, 9), at(12, 4), KY).name is Name.LAST_MORNING


@given(moments, lengths, zones)
def test_at_most_four_in_order_and_apart(opened, length, zone):
    closes = opened + length
    found = slots(opened, closes, zone)
    assert (found[0].name, found[0].moment) == (Name.OPENING, opened)
    assert [slot.name for slot in found] == [name for name in Name if name in {slot.name for slot in found}]
    assert all(b.moment - a.moment >= APART and a.until == b.moment for a, b in pairwise(found))
    assert found[-1].until == closes
    assert all(opened <= slot.moment < closes for slot in found)


@given(moments, lengths, zones, st.floats(-0.2, 1.2))
def test_the_slot_of_a_moment_is_the_one_it_lies_in(opened, length, zone, part):
    closes = opened + length
    now = opened + length * part
    found = slot_at(now, opened, closes, zone)
    if opened <= now < closes:
        assert found.moment <= now < found.until
        assert found in slots(opened, closes, zone)
    else:
        assert found is None


@given(moments, lengths, zones, st.sampled_from(ZONES))
def test_the_zone_in_which_moments_are_written_changes_nothing(opened, length, zone, written):
    closes = opened + length
    assert slots(opened.astimezone(written), closes.astimezone(written), zone) == slots(opened, closes, zone)


# The night between these days, in which clocks jump where they do; and rounds with each reminder in or near it.
NIGHTS = [datetime(2026, 11, 1, tzinfo=UTC), datetime(2027, 3, 14, tzinfo=UTC)]
ROUNDS = [  # hours from the night to the opening, and to the closing
    (-1, 24 * 14),
    (-24 * 7, 24 * 7 + 3),
    (-24 * 12, 24 * 2 + 6),
    (-24 * 14, 15),
    (-24 * 14, 8),
    (-20, 22),
]


@pytest.mark.parametrize("zone", ZONES, ids=str)
@pytest.mark.parametrize("night", NIGHTS, ids=["back", "forward"])
@pytest.mark.parametrize(("opens", "ends"), ROUNDS)
def test_minute_by_minute_through_the_nights_when_clocks_jump(zone, night, opens, ends):
    """Each slot is chosen in one unbroken stretch, in order, so each meaning is written for one stretch only."""
    opened, closes = night + timedelta(hours=opens), night + timedelta(hours=ends)
    planned = slots(opened, closes, zone)
    first = night - timedelta(hours=14)  # from Guam's evening before to Samoa's morning after
    minutes = [first + n * MINUTE for n in range(48 * 60)]
    chosen = [slot_at(minute, opened, closes, zone) for minute in minutes]
    stretches = [slot for slot, _ in groupby(chosen)]
    seen = [slot for slot in stretches if slot]
    assert len(seen) == len(set(seen))
    assert seen == [slot for slot in planned if slot in seen]
    assert None not in stretches[1:-1]
    for slot in seen:
        inside = [minute for minute in minutes if slot.moment <= minute < slot.until]
        assert [minute for minute, each in zip(minutes, chosen, strict=True) if each == slot] == inside


def test_on_those_nights_the_clocks_do_jump():
    jumps = {
        zone.key
        for zone in ZONES
        for night in NIGHTS
        if (night - timedelta(hours=14)).astimezone(zone).utcoffset()
        != (night + timedelta(hours=34)).astimezone(zone).utcoffset()
    }
    assert len(jumps) == 6 - 1  # Eastern, Central, Mountain, Pacific, Alaska
