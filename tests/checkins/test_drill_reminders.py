"""The short form of the drill."""

from tests.checkins.drill_reminders import measure


def test_beats_and_workers_killed_in_the_middle_lose_nobody_and_remind_nobody_twice():
    found = measure(420, 18)
    assert found["kills"] >= 10
    assert (found["messages"], found["lost"], found["visible"], found["not_sent"]) == (420, 0, 0, 0)
