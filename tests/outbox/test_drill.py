"""The short form of the drill."""

from tests.outbox.drill import measure


def test_workers_killed_in_the_middle_lose_nothing_and_double_nothing():
    found = measure(200, 5)
    assert found["kills"] == 5
    assert (found["messages"], found["lost"], found["visible"], found["not_sent"]) == (200, 0, 0, 0)


def test_without_the_frozen_id_a_receiver_would_see_doubles():
    assert measure(120, 0, "new id")["visible"] > 0
