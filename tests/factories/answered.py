"""A round in which everyone has answered, in a few queries: for tests of what comes after."""

import random

from coalitions.models import Coalition, Group, Seat
from milestones.models import Draft, Part, Round
from tests.factories.rounds import NOW, an_open_round, opened

FAMILIES = (Group.PARENT, Group.PROVIDER)
LOW, HIGH = (1, 2, 2, 3, 3), (3, 4, 4, 4, 5)


def answers(round: Round, seats, *, words: bool = False, low=LOW, high=HIGH) -> None:
    """Parents and providers pick by chance from `low`, the others from `high`; every second one may be quoted."""
    chance = random.Random(7)
    items = list(round.version.items.all())
    seats = list(seats)
    Draft.objects.bulk_create(
        Draft(
            round=round,
            seat=seat,
            item=item,
            pick=chance.choice(low if seat.group in FAMILIES else high),
            words=f"Words of {seat.pk} on {item.code}" if words else "",
            shared=words,
            quotable=words and number % 2 == 0,
        )
        for number, seat in enumerate(seats)
        for item in items
    )
    Part.objects.filter(round=round, seat__in=seats).update(saved=len(items), confirmed=True)


def an_opened_round(coalition: Coalition, lead: Seat, *, now=NOW, version=None, **said) -> Round:
    round = an_open_round(coalition, lead, version=version, now=now)
    answers(round, coalition.seats.answering(), **said)
    return opened(round, lead)
