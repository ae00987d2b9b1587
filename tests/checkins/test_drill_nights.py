"""The short form of the drill."""

import pytest

from tests.checkins.drill_nights import NIGHTS, drive, pure
from tests.checkins.nights import ZONES


def test_each_meaning_comes_once_and_nobody_is_woken_and_the_wall_clock_does_worse():
    found = pure(zones=["America/New_York", "America/Adak", "Pacific/Guam"], step=19)
    assert all(asked > 50 for asked, _wrong in found.values())
    assert {name for name, (_asked, wrong) in found.items() if wrong} == {
        "quiet hours, control: by the wall",
        "meanings, control: by the wall",
    }


def test_all_zones_of_the_states_and_territories_are_there():
    from coalitions.forms import TimeZone

    assert len(ZONES) == len(set(ZONES)) == 34
    assert set(TimeZone.values) <= set(ZONES)


@pytest.mark.django_db
@pytest.mark.parametrize("night", NIGHTS)
def test_the_real_actions_through_a_night(night):
    found = drive(NIGHTS[night], 30, ["America/Chicago"])
    assert found["letters"] == found["expected"] > 20
    assert [found[name] for name in ("lost", "doubled", "unexpected", "in_quiet")] == [0, 0, 0, 0]
