import pytest

from outbox.registry import KINDS
from tests.dashboards.somebody import somebody


@pytest.fixture
def seat(coalition, lead, other_coalition, outsider, monkeypatch):
    """Of somebody about whom every row there can be is there."""
    monkeypatch.setitem(KINDS, "reminder", "Reminders about a round")
    return somebody(coalition, lead, other_coalition, outsider)
