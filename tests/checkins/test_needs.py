"""What needs a lead: each case once, and nothing else."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from checkins.models import How, StepNews
from checkins.queries.needs import needs
from coalitions import actions
from coalitions.models import Group, Invitation
from members.models import Link
from milestones.actions.agreement import record_agreement
from milestones.actions.rounds import plan_round
from milestones.models import Agreement, Part
from outbox.models import ProblemAddress
from tests.factories.answered import an_opened_round
from tests.factories.rounds import NOW, a_table, agreed, released, said, sealed, seven_milestones
from tests.factories.tables import a_seat

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LATER = NOW + 16 * DAY


def told(coalition, now) -> list[tuple[str, str]]:
    return [(need.sentence, need.path) for need in needs(coalition, now=now)]


@pytest.fixture
def table(coalition, lead, parent):
    a_table(coalition)
    return coalition


@pytest.fixture
def settled(table, lead, parent):
    """A round that is released: nothing is left to do."""
    return released(agreed(an_opened_round(table, lead), lead), lead, parent)


def test_a_new_table_and_a_round_that_runs_need_nobody(round, coalition, other_coalition, now):
    assert told(other_coalition, now) == told(coalition, now) == []


def test_people_whom_mail_does_not_reach(round, coalition, parent, provider, now, answered):
    ProblemAddress.objects.create(to=parent.member.email, problem="550", since=now)
    one = [("Mail does not reach 1 person in the open round.", "/c/care-forward/people/")]
    assert told(coalition, now) == one
    answered(round, parent)
    assert told(coalition, now) == one, "the number says nothing about who has answered"
    ProblemAddress.objects.create(to=provider.member.email, problem="550", since=now)
    assert told(coalition, now)[0][0] == "Mail does not reach 2 people in the open round."


def test_an_address_that_only_others_wrote_to_is_not_looked_up(round, coalition, now):
    listed = a_seat(coalition, "Lia Listed", Group.PARENT, arrived=None)
    Part.objects.create(round=round, seat=listed, group=listed.group)
    ProblemAddress.objects.create(to=listed.listed_email, problem="550", since=now)
    assert told(coalition, now) == []


def test_a_closed_round_whose_answers_are_not_open(round, coalition):
    closed = [
        ("The round has closed. Its answers wait to be opened together.", "/c/care-forward/round/1/open/")
    ]
    assert told(coalition, round.closes_at) == closed
    sealed(round)
    assert told(coalition, round.closes_at) == closed


def test_milestones_not_recorded_then_agreed_then_released(table, lead, parent):
    round = an_opened_round(table, lead)
    assert told(table, LATER) == [
        ("The table has not recorded yet what it agrees on 7 milestones.", "/c/care-forward/round/1/")
    ]
    agreed(round, lead)
    assert told(table, LATER) == [
        ("The round is agreed. It has not been released to evaluators.", "/c/care-forward/round/1/release/")
    ]
    released(round, lead, parent)
    assert told(table, LATER) == []


def promise(round, lead, owner, due) -> Agreement:
    item = round.version.items.first()
    seen = round.agreements.filter(item=item).count()
    words = said(next_step="Ask the school", owner=owner, due=due)
    return record_agreement(
        round=round, item=item, by=lead, said=words, seen=seen, now=round.opened_at, form=uuid.uuid4()
    )


def news(agreement, how, on, due=None):
    StepNews.objects.create(
        agreement=agreement, seat=agreement.owner, how=how, on=on, due=due, form=uuid.uuid4()
    )


def test_steps_that_need_help_or_are_past_their_day(table, lead, parent, settled):
    due = date(2027, 1, 10)
    step = promise(settled, lead, parent, due)
    late = NOW + 60 * DAY
    assert told(table, NOW + 50 * DAY) == [], "its day is not over"
    assert [words for words, _path in told(table, late)] == [
        "1 next step is past its day, and nobody has said how it went."
    ]
    news(step, How.ON_THE_WAY, date(2027, 1, 12))
    assert told(table, late) == []
    news(step, How.HELP, date(2027, 1, 13))
    assert [words for words, _path in told(table, late)] == ["1 next step needs help."]
    news(step, How.KEPT, date(2027, 1, 14))
    assert told(table, late) == []


def test_an_invitation_that_nobody_used_for_more_than_a_week(coalition, lead, now):
    listed = a_seat(coalition, "Lia Listed", Group.PARENT, arrived=None)
    actions.invite(seat=listed, by=lead, now=now, form=uuid.uuid4())
    assert told(coalition, now + 6 * DAY) == []
    unused = [("1 invitation has not been used for more than a week.", "/c/care-forward/people/")]
    assert told(coalition, now + 8 * DAY) == unused
    actions.end_invitation(seat=listed, by=lead, now=now + 8 * DAY)
    assert told(coalition, now + 8 * DAY) == [], "it was taken back"


def test_whoever_came_with_a_handed_link_used_it(coalition, lead, now):
    listed = a_seat(coalition, "Lia Listed", Group.PARENT, arrived=None)
    actions.hand_link(seat=listed, by=lead, now=now, form=uuid.uuid4())
    assert told(coalition, now + 8 * DAY)
    Link.objects.filter(invitation__seat=listed).update(used_at=now)
    assert told(coalition, now + 8 * DAY) == []
    assert Invitation.objects.count() == 1


def test_no_round_planned_half_a_year_after_the_last(table, settled):
    later = settled.opened_at + 182 * DAY
    assert told(table, later - DAY) == []
    assert told(table, later) == [
        (
            "The last round was opened six months ago, and no new one is planned.",
            "/c/care-forward/rounds/new/",
        )
    ]
    plan_round(
        coalition=table, version=seven_milestones(), name="Next", now=later, closes_at=later + 20 * DAY,
        meets_on=(later + 21 * DAY).date(),
    )  # fmt: skip
    assert told(table, later) == []


def test_a_round_that_the_next_one_locked_needs_nobody(table, lead, parent, round_after):
    assert told(table, round_after.started_at) == []


@pytest.fixture
def round_after(table, lead):
    from tests.factories.rounds import an_open_round

    an_opened_round(table, lead)
    return an_open_round(table, lead, now=NOW + 30 * DAY)


def test_nobody_is_named_and_it_speaks_spanish(round, coalition, parent, now):
    ProblemAddress.objects.create(to=parent.member.email, problem="550", since=now)
    (need,) = needs(coalition, now=now)
    with override("es"):
        spanish = need.sentence
    assert "persona" in spanish
    assert not any(word in spanish + need.sentence for word in ("Paz", "Parent", "@"))


def test_the_number_of_queries_does_not_grow(table, lead, parent, settled, now):
    promise(settled, lead, parent, date(2027, 1, 10))
    for number in range(2):
        actions.invite(
            seat=a_seat(table, f"L{number} Listed", Group.PARENT, arrived=None),
            by=lead,
            now=now,
            form=uuid.uuid4(),
        )
    with CaptureQueriesContext(connection) as few:
        needs(table, now=now + 90 * DAY)
    for number in range(20):
        actions.invite(
            seat=a_seat(table, f"M{number} Listed", Group.PARENT, arrived=None),
            by=lead,
            now=now,
            form=uuid.uuid4(),
        )
    with CaptureQueriesContext(connection) as many:
        assert needs(table, now=now + 90 * DAY)
    assert len(many) == len(few) <= 9
