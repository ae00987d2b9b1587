import pytest

from tests.bench.reminders import TIMES, asked, ratio

pytestmark = pytest.mark.django_db


def test_a_sweep_takes_a_fraction_of_a_task_for_each_member():
    assert ratio(250, times=2) >= TIMES


def test_seats_at_many_tables_cost_few_statements():
    assert asked(1_000, tables=20) * 1_000 / 500 <= 16
