"""Sums and differences of sets, against a slow and simple way to find them; and what makes news."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milestones.subtraction import centre, makes_news, near, singles_out, worked_out


def few(*sets):
    return singles_out(frozenset(map(frozenset, sets)))


def test_a_difference_of_one_or_two_people():
    assert few("abcde", "abcdef")
    assert few("abcde", "abcdefg")
    assert few("abcde", "abcdx")
    assert not few("abcde", "abcdefgh")
    assert not few("abcde", "abcxy")
    assert not few("abcde", "vwxyz")
    assert few("ab")
    assert not few("abc")
    assert not few()
    assert not few("")


def test_differences_of_many_sets():
    assert few("abcde", "fghij", "abcdefghijk")
    assert few("abcdexy", "abcdexz")
    assert few({1, 10, 11, 12}, {2, 10, 11, 12})  # whole numbers keep their order: the pivots are 1 and 2
    assert not few({1, 10, 11, 12}, {2, 13, 14, 15})
    assert few("abcmno", "defmno", "abcpqr", "defpqrx")
    assert not few("abcmno", "defmno", "abcpqr", "defpqrxyz")


def rank(rows):
    """The rank in the field of a large prime; no minor of such small sets comes near it."""
    prime, rows, found = 2**61 - 1, [list(row) for row in rows], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((row for row in rows[found:] if row[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        rows.insert(found, pivot)
        inverse = pow(pivot[column], -1, prime)
        for other in rows[found + 1 :]:
            factor = other[column] * inverse % prime
            other[:] = [(a - factor * b) % prime for a, b in zip(other, pivot, strict=True)]
        found += 1
    return found


@given(st.lists(st.frozensets(st.integers(0, 8)), max_size=6))
def test_as_a_slow_search_finds(sets):
    """Some sum lies within one or two people just when leaving them out makes the rows depend on each other."""
    rows = [[int(p in some) for p in range(9)] for some in sets]
    whole = rank(rows)
    slow = any(
        rank([[n for p, n in enumerate(row) if p not in pair] for row in rows]) < whole
        for pair in combinations(range(9), 2)
    )
    assert singles_out(frozenset(sets)) == slow


def test_what_follows_from_marks():
    abc, de = frozenset("abc"), frozenset("de")
    assert worked_out([]) == {}
    assert worked_out([[(abc, {1: 3}), (de, {2: 2})]]) == {abc: {1: 3}, de: {2: 2}, abc | de: {1: 3, 2: 2}}
    left = worked_out([[(abc | de, {1: 3, 2: 2})], [(abc, {1: 2, 2: 1})]])
    assert left[de] == {1: 1, 2: 1}
    changed = worked_out([[(abc | de, {1: 3, 2: 2})], [(abc, {1: 1, 3: 2})]])
    assert de not in changed
    assert worked_out([[(abc, {1: 3})], [(abc, {2: 3})]]) == {abc: {2: 3}}
    kept = worked_out([[(abc | de, {1: 3, 2: 2})], [(abc, {1: 2, 2: 1}), (de, {3: 2})]])
    assert kept[de] == {3: 2}


def test_near():
    assert [
        near(frozenset("abc"), frozenset(other)) for other in ("abc", "abcd", "ab", "abx", "abcdef", "")
    ] == [
        False,
        True,
        True,
        True,
        False,
        False,
    ]


TEN = frozenset(range(10))
KNOWN = {TEN: {1: 2, 2: 2, 3: 3, 4: 3, 0: 7}}  # 27 over 10


def foreseen(people, known=KNOWN, levels=5, passes=lambda marks, gone: True):
    return centre(frozenset(people), known, levels, passes)


def test_where_the_average_must_lie():
    assert foreseen([*range(10), "x"]) == 27  # 28/11 to 32/11
    assert foreseen([*range(10), "x"], levels=9) == 29  # 28/11 to 36/11
    assert foreseen(range(9)) == 27  # 23/9 to 26/9
    assert foreseen([*range(9), "x"]) == 28  # 24/10 to 31/10
    assert foreseen(range(8)) == 28  # 19/8 to 25/8
    assert foreseen([*range(10), "x", "y"], levels=9) is None  # 29/12 to 45/12


def test_nobody_can_tell_whether_it_would_pass():
    asked = []
    assert foreseen(range(9), passes=lambda marks, gone: asked.append(gone)) is None
    assert asked == [1]


def test_all_that_is_known_has_to_agree():
    far = {frozenset([*range(10), "x", "y"]): {1: 12}}
    assert foreseen([*range(10), "x"], far) == 10
    assert foreseen([*range(10), "x"], KNOWN | far) is None


@pytest.mark.parametrize(
    ("middle", "news"),
    [(27, False), (31, True), (22, True), (37, False), (17, False), (25, False), (30, False)],
)
def test_news_of_where_an_average_lay(middle, news):
    """From 28/11 to 32/11 it may lie: all of it within half a level of the middle, some of it, or none."""
    marked = [(TEN, {1: 2, 2: 2, 3: 3, 4: 3})]
    told = [(TEN | {"x"}, middle)]
    assert makes_news(marked, [], told, 5, lambda marks, gone: True) is news
    assert makes_news(marked, [], told, 5, lambda marks, gone: False)
    assert not makes_news(marked, [marked], told, 5, lambda marks, gone: False)
    assert not makes_news(marked, [], [(frozenset("abc"), 31)], 5, lambda marks, gone: False)
