from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from feedback import gate

counts = st.lists(st.integers(0, 12), min_size=3, max_size=3).map(
    lambda found: dict(zip("abc", found, strict=True))
)


def test_ten_first_and_not_nine():
    assert gate.may_show({"a": 5, "b": 5})
    assert not gate.may_show({"a": 5, "b": 4})


def test_too_alike_to_show():
    assert not gate.may_show({"a": 10, "b": 2})
    assert gate.may_show({"a": 9, "b": 3})


def test_what_is_new_is_held_to_the_same_rule():
    shown = {"a": 7, "b": 7}
    assert not gate.may_show({"a": 9, "b": 9}, shown)
    assert not gate.may_show({"a": 9, "b": 10}, shown)
    assert not gate.may_show({"a": 12, "b": 7}, shown)
    assert gate.may_show({"a": 10, "b": 10}, shown)


def test_four_new_ones_are_too_few_however_different():
    """With four answers to choose from the two-person rule alone would let them pass."""
    shown = {"a": 5, "b": 5, "c": 0, "d": 0}
    assert not gate.may_show({"a": 6, "b": 6, "c": 1, "d": 1}, shown)
    assert gate.may_show({"a": 6, "b": 6, "c": 1, "d": 2}, shown)


def test_a_week_is_told_where_it_stands_for_five():
    def told(**visits):
        return gate.told_weeks(week for week, n in visits.items() for _ in range(n))

    assert told(w1=5, w2=5) == {"w1": "w1", "w2": "w2"}
    assert told(w1=1, w2=4, w3=5) == {"w1": "w1", "w2": "w1", "w3": "w3"}
    assert told(w1=6, w2=1, w3=3) == {"w1": "w1", "w2": "w1", "w3": "w1"}
    assert told(w1=2, w2=1) == {"w1": "w1", "w2": "w1"}
    assert told() == {}


@given(st.lists(st.integers(1, 9), min_size=1, max_size=9).filter(lambda found: sum(found) >= 5))
def test_no_week_is_told_for_fewer(visits):
    weeks = [f"2026-W{10 + at}" for at, n in enumerate(visits) for _ in range(n)]
    told = gate.told_weeks(weeks)
    stands = Counter(told[week] for week in weeks)
    assert min(stands.values()) >= 5
    assert all(first <= week for week, first in told.items())


def test_what_may_be_read():
    assert not gate.may_gather(9, gathered=False, over=False)
    assert gate.may_gather(10, gathered=False, over=False)
    assert gate.may_gather(5, gathered=True, over=False)
    assert not gate.may_gather(4, gathered=True, over=True)
    assert gate.may_gather(5, gathered=False, over=True)
    assert not gate.are_counted(9, gathered=False)


@given(st.lists(counts, min_size=1, max_size=6))
def test_no_two_tables_that_were_shown_tell_of_fewer_than_five(parts):
    """Everything somebody could work out is a difference of two tables that were shown."""
    shown, total = [], dict.fromkeys("abc", 0)
    for part in parts:
        total = {answer: total[answer] + part[answer] for answer in total}
        if gate.may_show(total, shown[-1] if shown else None):
            shown.append(total)
    tables = [dict.fromkeys("abc", 0), *shown]
    for at, later in enumerate(tables):
        for earlier in tables[:at]:
            new = [later[answer] - earlier[answer] for answer in "abc"]
            assert sum(new) >= gate.MORE
            assert sum(new) - max(new) > 2
