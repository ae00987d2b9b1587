import uuid
from datetime import UTC, date, datetime, timedelta

import pytest

from checkins.actions import ask_checkins
from checkins.models import Checkin
from milestones.actions.agreement import record_agreement
from milestones.models import Part, Round
from tests.factories.rounds import NOW, an_open_round, opened, said
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


@pytest.fixture
def opened_round(coalition, lead, parent, provider, observer) -> Round:
    """Its answers were opened on October 17, 2026, and nothing runs since."""
    return opened(an_open_round(coalition, lead, now=datetime(2026, 10, 2, 12, tzinfo=UTC)), lead)


@pytest.fixture
def asked_at() -> datetime:
    """Half past eight on Monday, November 2, 2026, in Kentucky: the day after its clocks went back."""
    return datetime(2026, 11, 2, 13, 30, tzinfo=UTC)


@pytest.fixture
def asked(coalition, opened_round, asked_at) -> Checkin:
    ask_checkins(now=asked_at)
    return Checkin.objects.get(coalition=coalition)


@pytest.fixture
def promise(opened_round, lead):
    """`promise(parent, position=2, ...)`: what the table agreed that this seat does next."""

    def made(owner, *, position=2, text="Call the dads", due=date(2026, 12, 20), seen=0):
        return record_agreement(
            round=opened_round, item=opened_round.version.items.get(position=position), by=lead,
            said=said(next_step=text, owner=owner, due=due), seen=seen,
            now=opened_round.opened_at + timedelta(hours=1), form=uuid.uuid4(),
        )  # fmt: skip

    return made
