"""The trouble of one table is logged without words, and keeps no other from its turn."""

import pytest

from checkins.actions.apart import apart
from coalitions.models import Coalition

pytestmark = pytest.mark.django_db


def test_one_fails_and_the_others_have_their_turn(coalition, other_coalition, caplog):
    def work(table: Coalition) -> int:
        if table == coalition:
            raise RuntimeError(f"somebody@{table.slug}.example")
        return 2

    assert apart(work, [coalition, other_coalition], name="note of the table") == 2
    assert caplog.messages == [f"The note of the table of number {coalition.pk} failed: RuntimeError"]


@pytest.mark.parametrize("action", ["monthly", "digest", "releases", "planning"])
def test_every_plan_goes_table_by_table(action):
    """Held by name, so that a plan that is written anew keeps it."""
    from importlib import import_module

    assert import_module(f"checkins.actions.{action}").apart is apart
