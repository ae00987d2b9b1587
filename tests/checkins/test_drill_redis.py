"""The short form of the drill."""

import pytest

from tests.checkins.drill_redis import measure


@pytest.mark.needs_redis
def test_a_redis_that_forgot_everything_loses_nothing():
    found = measure(40)
    assert found["rung"] == 20
    assert (found["messages"], found["lost"], found["visible"]) == (40, 0, 0)
