from fractions import Fraction
from math import floor
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milestones.scoring import (
    CANNOT_SAY,
    asks_for_reason,
    average_tenths,
    chance_of_one,
    change,
    claimed,
    gap,
    most_often,
    representative,
    worth_talking_about,
)

counts = st.dictionaries(st.integers(0, 5), st.integers(0, 30))


@pytest.mark.parametrize(
    ("given", "tenths"),
    [
        ({3: 1}, 30),
        ({2: 3, 3: 1}, 23),  # 2.25, half up
        ({1: 19, 2: 1}, 11),  # 1.05, half up
        ({1: 2, 2: 1}, 13),
        ({1: 1, 2: 2}, 17),
        ({CANNOT_SAY: 9, 5: 1}, 50),
        ({CANNOT_SAY: 9}, None),
        ({4: 0}, None),
        ({}, None),
    ],
)
def test_average(given, tenths):
    assert average_tenths(given) == tenths


@given(counts)
def test_average_is_the_exact_one_rounded_half_up(counts):
    levels = [level for level, n in counts.items() if level for _ in range(n)]
    exact = floor(Fraction(10 * sum(levels), len(levels)) + Fraction(1, 2)) if levels else None
    assert average_tenths(counts) == exact


def test_gap_is_the_difference_of_what_is_printed():
    assert gap(27, 35) == -8
    assert gap(35, 27) == 8
    assert gap(None, 35) is None
    assert gap(35, None) is None


@pytest.mark.parametrize(("people", "enough"), [(5, 12), (6, 12), (7, 10), (9, 10), (10, 8), (24, 8)])
def test_worth_talking_about(people, enough):
    for sign in (1, -1):
        assert worth_talking_about(sign * enough, people)
        assert not worth_talking_about(sign * (enough - 1), people)


def test_nothing_to_talk_about_where_no_gap_is_shown():
    assert not worth_talking_about(40, 4)
    assert not worth_talking_about(None, 12)


@pytest.mark.parametrize(("smaller", "larger"), [(5, 7), (6, 12), (7, 9), (9, 15), (10, 10), (12, 20)])
def test_false_alarms_are_as_rare_as_said(smaller, larger):
    chance = Random(7)
    # Both groups are drawn from the same levels, which lie about 0.9 of a level from their mean.
    alarms = tables = 0
    for weights in ((5, 30, 40, 20, 5), (5, 20, 50, 20, 5), (20, 40, 30, 10, 0)):
        for _ in range(1500):
            averages = []
            for people in (smaller, larger):
                levels = chance.choices((1, 2, 3, 4, 5), weights, k=people)
                averages.append(average_tenths({level: levels.count(level) for level in levels}))
            alarms += worth_talking_about(gap(*averages), smaller)
            tables += 1
    assert 0.005 < alarms / tables < 0.065


def test_chance_of_one():
    assert chance_of_one(0) == (0, 0)
    assert chance_of_one(1) == (2, 6)
    assert chance_of_one(7) == (13, 35)
    with pytest.raises(ValueError, match="zero"):
        chance_of_one(-1)


@given(st.integers(0, 60))
def test_chance_of_one_is_the_exact_one_rounded(n):
    exact = [100 - 100 * Fraction(100 - p, 100) ** n for p in (2, 6)]
    assert list(chance_of_one(n)) == [floor(x + Fraction(1, 2)) for x in exact]


@pytest.mark.parametrize(
    ("given", "levels", "majority"),
    [
        ({3: 4, 2: 3}, (3,), True),
        ({3: 4, 2: 2, 1: 2}, (3,), False),
        ({4: 3, 2: 3}, (2, 4), False),
        ({CANNOT_SAY: 9, 5: 2, 1: 1}, (5,), True),
        ({CANNOT_SAY: 9, 5: 0}, (), False),
        ({}, (), False),
    ],
)
def test_most_often(given, levels, majority):
    assert most_often(given) == (levels, majority)


@pytest.mark.parametrize(
    ("people", "yes"),
    [
        ((6, 10, 3, 5), True),
        ((5, 10, 5, 5), False),
        ((10, 10, 2, 5), False),
        ((14, 24, 12, 12), False),  # 58.3 %
        ((15, 24, 12, 12), True),
        ((10, 10, 0, 0), False),
        ((0, 0, 0, 0), False),
        ((1, 1, 1, 1), True),
    ],
)
def test_representative(people, yes):
    assert representative(*people) is yes


@pytest.mark.parametrize(
    ("low", "average", "asks"), [(3, 25, True), (3, 26, False), (3, 34, False), (5, 10, True)]
)
def test_asks_for_reason(low, average, asks):
    assert asks_for_reason(low, average) is asks


def test_asks_no_reason_that_would_give_away_a_hidden_average():
    assert asks_for_reason(5, None) is False


@pytest.mark.parametrize(
    ("outcome", "level", "linked", "yes"),
    [
        (True, 4, 0, True),
        (True, 5, 0, True),
        (True, 3, 0, False),
        (True, 4, 1, False),
        (False, 5, 0, False),
    ],
)
def test_claimed(outcome, level, linked, yes):
    assert claimed(outcome, level, linked) is yes


def test_change():
    assert change(2, 4) == 2
    assert change(4, 3) == -1
    assert change(3, 3) == 0
    assert change(None, 3) is None
    assert change(3, None) is None
