"""What rounds tell beside each other, by sums and differences, to whoever trusts that nobody changed their mind.

The first half compares sets of people and knows no answer; the second knows what has been shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import combinations
from math import gcd

from milestones.scoring import CANNOT_SAY

People = frozenset[Hashable]
Marks = Mapping[int, int]
Reach = tuple[Fraction, Fraction]
Passes = Callable[[Marks, int], bool]  # whether marks may be shown even when so many of the people are gone
FEW = 2
HALF = 5  # half a level, in tenths


@lru_cache(maxsize=4096)
def singles_out(sets: frozenset[People]) -> bool:
    """Whether some sum of these sets, each taken any number of times or taken away, is about a few people.

    Somebody who has the marks of every set has those of every such sum. People who are in the same sets
    cannot be told apart, so they make one column; a row per set says which columns it is made of. Once the
    rows are reduced, a sum is settled by its entries in the pivots. One about two people at most is then a
    row itself, or made of two rows whose pivots are one person each, while their remainders cancel out.
    """
    people = frozenset().union(*sets)
    columns = Counter(tuple(int(person in some) for some in sets) for person in people)
    sizes = list(columns.values())
    remainders = set()
    for pivot, row in _reduced(list(zip(*columns, strict=True))):
        if sum(size for size, n in zip(sizes, row, strict=True) if n) <= FEW:
            return True
        if sizes[pivot] == 1:
            remainder = _shortened([*row[:pivot], 0, *row[pivot + 1 :]])
            if remainder in remainders:
                return True
            remainders.add(remainder)
    return False


def _reduced(rows: Sequence[Sequence[int]]) -> list[tuple[int, Sequence[int]]]:
    """The rows after Gauss and Jordan, in whole numbers, each with its pivot's column; empty ones left out."""
    done: list[tuple[int, Sequence[int]]] = []
    left = list(rows)
    while left:
        first = left.pop()
        pivot = next((column for column, n in enumerate(first) if n), None)
        if pivot is not None:
            left = [_without(row, pivot, first) for row in left]
            done = [(column, _without(row, pivot, first)) for column, row in done]
            done.append((pivot, first))
    return done


def _without(row: Sequence[int], pivot: int, other: Sequence[int]) -> Sequence[int]:
    """The row, with as much of the other added or taken away as leaves nothing in the pivot's column."""
    if not row[pivot]:
        return row
    return _shortened([other[pivot] * n - row[pivot] * m for n, m in zip(row, other, strict=True)])


def _shortened(row: Sequence[int]) -> tuple[int, ...]:
    """The same direction in the smallest whole numbers, the first of them positive."""
    first = next((n for n in row if n), 1)
    by = gcd(*row) or 1
    return tuple(n // (by if first > 0 else -by) for n in row)


def near(one: People, other: People) -> bool:
    """Whether one or two people make the difference, joined and left together."""
    return 1 <= len(one ^ other) <= FEW


def worked_out(rounds: Iterable[Sequence[tuple[People, Marks]]]) -> dict[People, Marks]:
    """Sets of people whose marks follow from the groups marked in each round: unions of groups of a round,
    and what is left of one such union without another. A difference with fewer than no marks of a level
    shows that somebody changed their mind, so nothing follows from it."""
    sums: dict[People, Marks] = {}
    for marked in rounds:
        for people, marks in _unions(marked):
            sums[people] = marks
    found = dict(sums)
    for people, marks in sums.items():
        for fewer, taken in sums.items():
            if fewer < people and people - fewer not in found:
                rest = {answer: marks.get(answer, 0) - taken.get(answer, 0) for answer in {*marks, *taken}}
                if min(rest.values()) >= 0:
                    found[people - fewer] = rest
    return found


def _unions(marked: Sequence[tuple[People, Marks]]) -> Iterator[tuple[People, Marks]]:
    for size in range(1, len(marked) + 1):
        for some in combinations(marked, size):
            together: Counter[int] = Counter()
            for _, marks in some:
                together.update(marks)
            yield frozenset().union(*(people for people, _ in some)), together


def centre(people: People, known: Mapping[People, Marks], levels: int, passes: Passes) -> int | None:
    """About which tenth of a level the average of people who are near to known ones must lie, give or take
    half a level; None when what is known leaves room for more, or for failing the test."""
    reaches = []
    for one in _reaches(people, known, levels, passes):
        if one is None:
            return None
        reaches.append(one)
    low, high = min(low for low, _ in reaches), max(high for _, high in reaches)
    middle = round(5 * (low + high))
    return middle if _inside((low, high), middle) else None


def makes_news(
    marked: Sequence[tuple[People, Marks]],
    rounds: Sequence[Sequence[tuple[People, Marks]]],
    told: Iterable[tuple[People, int]],
    levels: int,
    passes: Passes,
) -> bool:
    """Whether marks beside those of earlier rounds would, in hindsight, make news of what was `told`: about
    where an average lay. They do when they leave it open whether it lay there, or was fit to be shown."""
    before = worked_out(rounds)
    fresh = {people: marks for people, marks in worked_out([*rounds, marked]).items() if people not in before}
    return any(
        reach is None or (_meets(reach, middle) and not _inside(reach, middle))
        for people, middle in told
        for reach in _reaches(people, fresh, levels, passes)
    )


def _reaches(
    people: People, known: Mapping[People, Marks], levels: int, passes: Passes
) -> Iterator[Reach | None]:
    """From each known set that these people are near to, how far their average may lie; None when they need
    not pass."""
    for before, marks in known.items():
        if near(people, before):
            joined, left = len(people - before), len(before - people)
            yield _reach(marks, joined, left, levels) if passes(marks, left) else None


def _reach(marks: Marks, joined: int, left: int, levels: int) -> Reach:
    """The lowest and the highest average when so many people join and leave, each with a level or without."""
    picked = sorted(level for level, n in marks.items() if level != CANNOT_SAY for _ in range(n))

    def means(picked: Sequence[int], extreme: int) -> Iterator[Fraction]:
        for gone in range(left + 1):
            stay = picked[: len(picked) - gone]
            for come in range(joined + 1):
                yield Fraction(sum(stay) + come * extreme, len(stay) + come)

    return min(means(picked, 1)), max(means(picked[::-1], levels))


def _inside(reach: Reach, middle: int) -> bool:
    return middle - HALF <= 10 * reach[0] and 10 * reach[1] < middle + HALF


def _meets(reach: Reach, middle: int) -> bool:
    return middle - HALF <= 10 * reach[1] and 10 * reach[0] < middle + HALF
