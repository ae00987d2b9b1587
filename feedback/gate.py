"""When counts of a form may be shown, and shown anew. Pure: counts as {answer: how many}.

Whoever reads two tables can take one from the other, so what is new is held to the same rule as the whole. Both
parts of the rule survive adding: a sum of differences that may each be shown may be shown.
"""

from collections.abc import Mapping

FIRST = 10  # answers, before anything of a form is shown
MORE = 5  # new answers, before it is shown anew
WORDS = 5  # visits, before their words are shown

Counts = Mapping[str, int]


def may_show(counts: Counts, shown: Counts | None = None) -> bool:
    """Whether these counts of one question may be shown after `shown`, the last that were. All whole numbers >= 0."""
    if shown is None:
        return _people(counts) >= FIRST and _tells_of_nobody(counts)
    new = {answer: counts[answer] - shown.get(answer, 0) for answer in counts}
    return _people(new) >= MORE and _tells_of_nobody(new)


def may_gather(waiting: int, *, gathered: bool, over: bool) -> bool:
    """Whether so many visits that nobody has seen may be seen: the first, later ones, the last of a closed form."""
    return waiting >= (MORE if gathered else WORDS if over else FIRST)


def are_counted(waiting: int, *, gathered: bool) -> bool:
    """A form that closed with fewer than ten gives its words and no counts."""
    return gathered or waiting >= FIRST


def _people(counts: Counts) -> int:
    return sum(counts.values())


def _tells_of_nobody(counts: Counts) -> bool:
    """The two-person rule: take away any two answers, and at least two different ones remain."""
    return _people(counts) - max(counts.values(), default=0) > 2
