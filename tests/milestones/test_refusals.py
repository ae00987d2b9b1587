"""What the rules refuse, whoever asks: pages check first, and the actions check again."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from milestones.actions.agreement import record_agreement
from milestones.actions.answers import RoundClosed, add_evidence, save_answer, share_words
from milestones.actions.dissent import add_dissent
from milestones.actions.release import release_round, withhold_words
from milestones.actions.rounds import extend_round
from milestones.models import Agreement, Dissent, Draft, Evidence, Release
from milestones.texts import promise
from tests.factories.rounds import said
from web.refusal import Refused


def _record(round, by, **changed):
    return record_agreement(
        round=round,
        item=round.version.items.first(),
        by=by,
        said=said(**changed),
        seen=0,
        now=timezone.now(),
        form=uuid.uuid4(),
    )


@pytest.mark.parametrize(
    "changed",
    [
        {"how": "by shouting"},
        {"stand": "perhaps"},
        {"low": 0, "high": 0},
        {"low": 6, "high": 6},
        {"how": "none", "low": 3, "high": 3},
        {"how": "none", "low": 4, "high": 2},
        {"low": 2, "high": 4},
        {"why": "  "},
        {"goal_level": 9},
        {"criteria": {"M1.1": "sort of"}},
    ],
)
def test_an_agreement_that_cannot_be_is_not_written(opened_round, lead, changed):
    with pytest.raises(Refused):
        _record(opened_round, lead, **changed)
    assert not Agreement.objects.exists()


def test_a_next_step_belongs_to_somebody_here(opened_round, lead, outsider):
    with pytest.raises(Refused):
        _record(opened_round, lead, owner=outsider)


def test_nothing_is_agreed_before_the_opening(closed_round, lead):
    with pytest.raises(Refused):
        _record(closed_round, lead)


def test_a_level_outside_the_scale_is_no_answer(open_round, parent):
    item = open_round.version.items.first()
    with pytest.raises(Refused):
        save_answer(round=open_round, seat=parent, item=item, pick=6, words="", now=timezone.now())
    assert not Draft.objects.exists()


def test_words_that_are_not_there_cannot_be_shared(open_round, parent):
    item = open_round.version.items.first()
    choice = {"share": True, "show": "original", "translation": "", "quotable": False, "now": timezone.now()}
    with pytest.raises(Refused):
        share_words(round=open_round, seat=parent, item=item, **choice)
    save_answer(round=open_round, seat=parent, item=item, pick=2, words="here", now=timezone.now())
    with pytest.raises(Refused):
        share_words(round=open_round, seat=parent, item=item, **{**choice, "show": "in neon"})


def test_between_closing_and_opening_no_evidence_comes_in(closed_round, parent):
    with pytest.raises(RoundClosed):
        add_evidence(
            round=closed_round,
            seat=parent,
            item=closed_round.version.items.first(),
            kind="record",
            title="late",
            note="",
            url="",
            now=timezone.now(),
            form=uuid.uuid4(),
        )
    assert not Evidence.objects.exists()


def test_a_different_view_needs_something_to_differ_from(opened_round, agreed_round, parent):
    view = {
        "item": agreed_round.version.items.first(),
        "seat": parent,
        "language": "en",
        "named": True,
        "let_out": False,
        "code": "",
        "now": timezone.now(),
        "form": uuid.uuid4(),
    }
    with pytest.raises(Refused):
        add_dissent(round=agreed_round, text="   ", **view)
    Agreement.objects.all().delete()
    with pytest.raises(Refused):
        add_dissent(round=agreed_round, text="I see it differently", **view)
    assert not Dissent.objects.exists()


def test_a_release_needs_every_ending_and_a_yes_from_here(opened_round, lead, parent, outsider):
    with pytest.raises(Refused):
        release_round(round=opened_round, by=lead, yes_by=parent, now=timezone.now(), form=uuid.uuid4())
    assert not Release.objects.exists()


@pytest.mark.parametrize("who", ["nobody", "outsider", "director"])
def test_the_yes_is_a_parents_or_providers(request, agreed_round, lead, who):
    yes_by = None if who == "nobody" else request.getfixturevalue(who)
    with pytest.raises(Refused):
        release_round(round=agreed_round, by=lead, yes_by=yes_by, now=timezone.now(), form=uuid.uuid4())
    assert not Release.objects.exists()


def test_words_are_withheld_only_with_a_reason(opened_round, lead):
    with pytest.raises(Refused):
        withhold_words(word=opened_round.words.first(), by=lead, because=" ", now=timezone.now())


def test_a_round_that_closed_gets_no_more_time(closed_round, lead):
    later = closed_round.closes_at + timedelta(days=3)
    with pytest.raises(Refused):
        extend_round(round=closed_round, by=lead, closes_at=later, meets_on=later.date(), now=timezone.now())


def test_without_somebody_outside_to_call_the_promise_names_nobody(open_round):
    open_round.coalition.outside_contact = ""
    assert "[" not in promise(open_round)
    assert "call" not in promise(open_round)
    open_round.coalition.outside_contact = r"Legal Aid \1, 555-0100"
    assert r"call Legal Aid \1, 555-0100." in promise(open_round)
