"""What a table promised, and how it stands."""

import uuid
from datetime import date, timedelta

import pytest

from checkins.models import How, StepNews
from checkins.queries.steps import all_steps, open_steps
from milestones.actions.agreement import record_agreement
from milestones.models import Agreement
from tests.factories.rounds import an_open_round, opened, said

pytestmark = pytest.mark.django_db
DUE = date(2027, 1, 20)


def record(round, position, by, seen=0, **fields):
    item = round.version.items.get(position=position)
    at = round.opened_at + timedelta(hours=1)
    return record_agreement(
        round=round, item=item, by=by, said=said(**fields), seen=seen, now=at, form=uuid.uuid4()
    )


def news(agreement, how, on, due=None, words="", language="en"):
    return StepNews.objects.create(
        agreement=agreement, seat=agreement.owner, how=how, on=on, due=due, words=words, language=language,
        form=uuid.uuid4(),
    )  # fmt: skip


@pytest.fixture
def first(coalition, lead, parent):
    return opened(an_open_round(coalition, lead), lead)


@pytest.fixture
def step(first, lead, parent):
    return record(first, 2, lead, next_step="Call the dads", owner=parent, due=DUE)


def only(coalition):
    (found,) = open_steps(coalition)
    return found


def test_a_promise_has_its_milestone_its_owner_and_its_day(coalition, step, parent):
    found = only(coalition)
    assert (found.agreement, found.item.position, found.text) == (step, 2, "Call the dads")
    assert (found.owner, found.due, found.how) == (parent, DUE, None)


def test_no_rounds_no_steps_and_an_agreement_without_one_is_none(coalition, first, lead, other_coalition):
    assert open_steps(other_coalition) == []
    record(first, 1, lead)
    assert open_steps(coalition) == []


def test_the_newest_news_counts_and_a_moved_day_stays(coalition, step):
    news(step, How.MOVED, DUE - timedelta(days=9), due=DUE + timedelta(days=30))
    news(step, How.ON_THE_WAY, DUE, words="ya casi", language="es")
    found = only(coalition)
    assert (found.how, found.due) == (How.ON_THE_WAY, DUE + timedelta(days=30))
    assert (found.words, found.language) == ("ya casi", "es")


def test_a_kept_step_is_not_open_but_is_there(coalition, step):
    news(step, How.KEPT, DUE)
    assert open_steps(coalition) == []
    assert [found.kept for found in all_steps(coalition)] == [True]


def test_it_lapses_the_day_after_and_not_when_something_was_said_since(coalition, step):
    after = DUE + timedelta(days=1)
    assert not only(coalition).is_lapsed(DUE)
    assert only(coalition).is_lapsed(after)
    news(step, How.ON_THE_WAY, DUE - timedelta(days=20))
    assert only(coalition).is_lapsed(after), "what was said before the day says nothing of it"
    news(step, How.ON_THE_WAY, after)
    assert not only(coalition).is_lapsed(after)


def test_without_a_day_nothing_lapses(coalition, first, lead):
    record(first, 1, lead, next_step="Talk")
    assert not only(coalition).is_lapsed(date(2099, 1, 1))


def test_a_later_agreement_replaces_the_promise_and_one_without_a_step_ends_it(coalition, step, lead, parent):
    news(step, How.HELP, DUE)
    Agreement.objects.filter(round=step.round).update(at=step.at)
    record(step.round, 2, lead, seen=1, next_step="Call the moms", owner=parent, due=DUE)
    assert (only(coalition).text, only(coalition).how) == ("Call the moms", None)
    record(step.round, 2, lead, seen=2)
    assert open_steps(coalition) == []


def test_a_correction_of_something_else_keeps_what_the_owner_said(coalition, step, lead, parent):
    news(step, How.KEPT, DUE)
    record(
        step.round, 2, lead, seen=1, next_step="Call the dads", owner=parent, due=DUE, why="We had a typo."
    )
    assert open_steps(coalition) == []


def test_an_older_round_counts_until_the_new_one_agrees(coalition, step, lead, parent, now):
    second = opened(
        an_open_round(coalition, lead, version=step.round.version, now=now + timedelta(days=90)), lead
    )
    assert only(coalition).text == "Call the dads"
    record(second, 2, lead, next_step="Read it aloud", owner=parent)
    assert only(coalition).text == "Read it aloud"


@pytest.mark.parametrize("number", [0, 1, 5, 50])
def test_two_queries_for_any_number(coalition, first, lead, parent, number, django_assert_max_num_queries):
    item = first.version.items.first()
    for n in range(number):
        copy = item.__class__.objects.create(
            version=item.version, position=100 + n, code=f"X{n}", content=item.content
        )
        row = Agreement.objects.create(
            round=first, item=copy, number=1, low=1, high=1, how="everyone", why="x", stand="yes",
            next_step=f"Step {n}", owner=parent, at=first.opened_at,
        )  # fmt: skip
        news(row, How.ON_THE_WAY, DUE)
    with django_assert_max_num_queries(2):
        found = open_steps(coalition)
        assert [(step.owner.member.name, step.item.name) for step in found][:1] == [
            ("Paz Parent", item.name)
        ][:number]
    assert len(found) == number
