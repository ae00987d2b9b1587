"""The short form of the drill: minutes by a clock that the mail server moves."""

import pytest
from django.utils import timezone

from tests.checkins.drill_minutes import MOST, simulated
from tests.checkins.tables import NEVER_QUIET, an_open_table


@pytest.mark.django_db
@pytest.mark.parametrize(("every", "in_time"), [(60, True), (300, False)])
def test_from_due_to_the_mail_server(tmp_path, every, in_time):
    begin = timezone.now()
    rounds = [an_open_table(f"Table {n}", 3, opened=begin, **NEVER_QUIET) for n in range(40)]
    found = simulated(tmp_path / "book", rounds, begin, lasts=600, every=every)
    assert (found["people"], found["lost"]) == (120, 0)
    assert (found["p99"] <= MOST) is in_time
