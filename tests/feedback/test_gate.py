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
