"""What the people of a table pick, drawn around what it agreed: the same in every demo. Pure."""

import random
from collections.abc import Iterable

from .reading import Ending, Person, Table

CANNOT_SAY, LOWEST, HIGHEST = 0, 10, 50
# How far parents, providers and others lie from the level that was agreed, in tenths.
WAYS = {
    ".": (-1, 0, 2),
    "-": (-2, -1, 3),
    "g": (-6, -5, 9),  # parents and providers are lower
    "G": (-10, -8, 7),
    "h": (5, 4, -9),  # others are lower
    "p": (-9, 7, 3),  # parents are lower than providers
    "c": (-1, 0, 1),  # and half of the families cannot say
    "=": (0, 0, 0),  # all alike
    "0": (0, 0, 0),  # hardly anyone can say
}
# No two tables are alike: so far either way, where nothing above is exact.
STRAYS = {".": 2, "-": 2, "c": 2, "g": 1, "G": 1, "h": 1}
BASES = ("parents", "providers", "others")


def picks(table: Table, number: int, code: str, ending: Ending) -> dict[str, int]:
    """Person's key -> level, or CANNOT_SAY, for everybody who answers in this round."""
    draw = random.Random(f"{table.slug} {number} {code}")  # noqa: S311  a demo that is always the same
    found: dict[str, int] = {}
    for base, away in zip(BASES, WAYS[ending.answers], strict=True):
        people = [person for person in table.people if person.base == base and person.answers_in(number)]
        strays = STRAYS.get(ending.answers, 0)
        middle = 5 * (ending.low + ending.high) + away + draw.randint(-strays, strays)
        levels = _levels(len(people), middle, alike=ending.answers == "=")
        if ending.answers == "0":
            levels = levels[:1] + [CANNOT_SAY] * (len(people) - 1)
        if ending.answers == "c" and base != "others":
            levels = levels[: (len(people) + 1) // 2] + [CANNOT_SAY] * (len(people) // 2)
        found |= _given(people, levels, draw)
    return found


def _levels(people: int, middle: int, *, alike: bool) -> list[int]:
    """So many levels with that average, in tenths; a third of them a level lower and a third a level higher.
    Of two, one is."""
    total = round(people * min(max(middle, LOWEST), HIGHEST) / 10)
    levels = [total // people + (n < total % people) for n in range(people)] if people else []
    for n in range(0 if alike else max(people // 3, int(people == 2))):
        if levels[n] < HIGHEST // 10 and levels[-1 - n] > LOWEST // 10:
            levels[n] += 1
            levels[-1 - n] -= 1
    return levels


def _given(people: Iterable[Person], levels: list[int], draw: random.Random) -> dict[str, int]:
    draw.shuffle(levels)
    return {person.key: level for person, level in zip(people, levels, strict=True)}
