"""Who took part is a person, whatever seat they had."""

from datetime import timedelta

import pytest

from coalitions.actions import end_seat, import_roster
from coalitions.models import Coalition, Group, Seat
from coalitions.roster import Row
from milestones.models import Opening, Part, Round
from tests.factories.rounds import a_table, agreed, an_open_round, everyone_answers, opened, released
from tests.factories.tables import a_seat

pytestmark = pytest.mark.django_db


def given_back(coalition: Coalition, lead: Seat, seat: Seat, now) -> Seat:
    """The same person, in a new seat."""
    row = Row(line=2, name=seat.member.name, email=seat.member.email, group=seat.group)
    end_seat(seat=seat, by=lead, now=now)
    import_roster(coalition=coalition, by=lead, rows=[row], now=now)
    return coalition.seats.current().get(member=seat.member)


def answered(coalition: Coalition, lead: Seat, **when) -> Round:
    round = an_open_round(coalition, lead, **when)
    everyone_answers(round, coalition.seats.answering())
    return opened(round, lead)


def test_ending_seats_and_giving_them_back_hides_no_newcomer(coalition, lead):
    """Rule 6 counts who joined and left. Six new seats for the same people are nobody new."""
    table = a_table(coalition)
    first = released(agreed(answered(coalition, lead), lead), lead, yes_by=table[0])
    later = first.closes_at + timedelta(days=180)
    a_seat(coalition, "New Parent", Group.PARENT)
    for seat in [*table[:3], *table[7:10]]:
        given_back(coalition, lead, seat, later)
    second = answered(coalition, lead, now=later)
    marked = Opening.objects.filter(round=second, audience="table", counts__isnull=False)
    assert not [row for row in marked if "parents" in row.group]


def test_a_person_keeps_their_mark_and_two_people_never_share_one(coalition, lead, parent, provider):
    round = an_open_round(coalition, lead)
    back = given_back(coalition, lead, parent, round.started_at)
    mine = [Part(seat=parent), Part(seat=back)]
    assert len({part.who for part in mine}) == 1
    marks = {Part(seat=seat).who for seat in (parent, provider, lead)}
    marks |= {Part(stand_in=number).who for number in (parent.member_id, 7, 8)}
    assert len(marks) == 6
