"""One round from the first answer to the release, by the actions alone."""

from datetime import timedelta

import pytest

from milestones.actions.answers import RoundClosed, save_answer
from milestones.actions.rounds import open_round, plan_round
from milestones.models import Agreement, Draft, Opening, Part, Stage, Tally, Tick, Word
from milestones.queries.board import boards
from tests.factories.rounds import (
    NOW,
    a_table,
    agreed,
    an_open_round,
    everyone_answers,
    opened,
    released,
    sealed,
    seven_milestones,
)

pytestmark = pytest.mark.django_db


def test_a_whole_round(coalition, lead, django_capture_on_commit_callbacks):
    table = a_table(coalition)
    round = an_open_round(coalition, lead)
    assert round.stage(NOW) == Stage.OPEN
    everyone_answers(round, [*table, lead], words=True)
    assert Draft.objects.count() == 25 * 7

    round = sealed(round)
    assert round.stage(NOW) == Stage.CLOSED
    assert not Draft.objects.exists()
    assert not Tick.objects.exists()
    assert Tally.objects.exists()
    assert Word.objects.count() == 25 * 7
    assert set(Part.objects.values_list("saved", flat=True)) == {None}
    assert round.participation["everyone"] == {"asked": 25, "took_part": 25, "answered": 25}

    round = opened(round, lead)
    assert not Tally.objects.exists()
    for board in boards(round):
        people = sum(figure.people or 0 for figure in board.figures)
        assert board.withheld or people == 25
        assert board.withheld or sum(sum(f.counts.values()) for f in board.figures if f.counts) in (
            people,
            25,
        )
    assert Opening.objects.filter(audience="public").count() >= 7

    round = agreed(round, lead)
    assert round.stage(NOW) == Stage.AGREED
    assert Agreement.objects.count() == 7

    round = released(round, lead, yes_by=table[0])
    document = round.releases.get().document
    assert len(document["items"]) == 7
    assert "@" not in str(document)
    assert not any(seat.member.name in str(document) for seat in table)


def test_the_next_round_locks_this_one(coalition, lead):
    a_table(coalition)
    first = an_open_round(coalition, lead)
    everyone_answers(first, coalition.seats.answering())
    first = released(
        agreed(opened(first, lead), lead), lead, yes_by=coalition.seats.filter(group="parent").first()
    )
    later = first.closes_at + timedelta(days=180)
    second = plan_round(
        coalition=coalition, version=seven_milestones(), name="Second", now=later,
        closes_at=later + timedelta(days=9), meets_on=(later + timedelta(days=10)).date(),
    )  # fmt: skip
    open_round(round=second, by=lead, now=later)
    first.refresh_from_db()
    assert first.stage(later) == Stage.LOCKED


def test_past_closing_the_clock_refuses_even_before_anything_sealed(coalition, lead, parent):
    round = an_open_round(coalition, lead)
    item = round.version.items.first()
    save_answer(
        round=round, seat=parent, item=item, pick=2, words="", now=round.closes_at - timedelta(seconds=1)
    )
    with pytest.raises(RoundClosed):
        save_answer(round=round, seat=parent, item=item, pick=3, words="", now=round.closes_at)
    assert Draft.objects.get().pick == 2
