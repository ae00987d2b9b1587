from datetime import UTC, datetime, time

import pytest

from members.quiet import next_waking

NINE, EIGHT = time(21), time(8)
KY = "America/New_York"


def utc(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (utc(20, 17), utc(20, 17)),  # noon in Kentucky
        (utc(21, 1, 59), utc(21, 1, 59)),  # 8:59 in the evening
        (utc(21, 2), utc(21, 13)),  # nine: until eight the next morning
        (utc(21, 12, 59), utc(21, 13)),
        (utc(21, 13), utc(21, 13)),
    ],
)
def test_the_night_waits_for_the_morning(now, then):
    assert next_waking(now, KY, NINE, EIGHT) == then


def test_hours_in_the_middle_of_the_day_and_none_at_all():
    noon = utc(20, 17)
    assert next_waking(noon, KY, time(11), time(15)) == utc(20, 20)
    assert next_waking(noon, KY, time(9), time(9)) == noon


def test_the_clock_is_that_of_the_table():
    assert next_waking(utc(21, 2), "Pacific/Honolulu", NINE, EIGHT) == utc(21, 2)


@pytest.mark.parametrize("minute", range(0, 24 * 60, 7))
@pytest.mark.parametrize("night", [datetime(2026, 3, 8, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)])
def test_on_nights_when_clocks_jump_it_is_never_in_the_past_nor_in_the_quiet(minute, night):
    from datetime import timedelta
    from zoneinfo import ZoneInfo

    now = night + timedelta(minutes=minute)
    then = next_waking(now, KY, time(1, 30), time(2, 30))
    assert then >= now
    clock = then.astimezone(ZoneInfo(KY)).time()
    assert not time(1, 30) <= clock < time(2, 30)


@pytest.mark.parametrize(
    ("now", "quiet", "then"),
    [
        # The clock showed half past one already, and shows one o'clock again.
        (
            datetime(2026, 11, 1, 6, 10, 20, tzinfo=UTC),
            (NINE, time(1, 30)),
            datetime(2026, 11, 1, 6, 30, tzinfo=UTC),
        ),
        (
            datetime(2026, 11, 1, 5, 10, tzinfo=UTC),
            (NINE, time(1, 30)),
            datetime(2026, 11, 1, 5, 30, tzinfo=UTC),
        ),
        # Half past two never comes: at three the night is over.
        (datetime(2027, 3, 14, 6, 50, tzinfo=UTC), (NINE, time(2, 30)), datetime(2027, 3, 14, 7, tzinfo=UTC)),
    ],
)
def test_an_end_that_comes_twice_or_never(now, quiet, then):
    assert next_waking(now, KY, *quiet) == then
