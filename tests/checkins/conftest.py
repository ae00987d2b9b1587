from datetime import datetime, timedelta

import pytest

from milestones.models import Part, Round
from tests.factories.rounds import NOW, an_open_round
from tests.outbox.conftest import smtp as smtp


@pytest.fixture
def now() -> datetime:
    """Saturday, seven in the morning in Kentucky: mail waits until eight."""
    return NOW


@pytest.fixture
def noon() -> datetime:
    return NOW + timedelta(hours=5)


@pytest.fixture
def round(coalition, lead, parent, provider, observer) -> Round:
    """Open for two weeks from `now`, until five in the afternoon. It asks three people."""
    round = an_open_round(coalition, lead)
    round.closes_at += timedelta(hours=10)
    round.save()
    return round


@pytest.fixture
def answered():
    """`answered(round, seat)`: this seat has answered every milestone."""

    def mark(round: Round, *seats) -> None:
        saved = round.version.items.count()
        Part.objects.filter(round=round, seat__in=seats).update(saved=saved)

    return mark
