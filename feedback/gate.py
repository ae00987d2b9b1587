"""When counts of a form may be shown, and shown anew. Pure: counts as {answer: how many}.

Whoever reads two tables can take one from the other, so what is new is held to the same rule as the whole. Both
parts of the rule survive adding: a sum of differences that may each be shown may be shown.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

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


def told_weeks(weeks: Iterable[str]) -> dict[str, str]:
    """week -> the week since which its words are said to wait. Each week that is told stands for five visits or
    more, so that whoever saw somebody with the form one week cannot look for that week's words."""
    told: dict[str, str] = {}
    visits: Counter[str] = Counter()
    here = before = ""
    for week, count in sorted(Counter(weeks).items()):
        if not here or visits[here] >= WORDS:
            here, before = week, here
        visits[here] += count
        told[week] = here
    if before and visits[here] < WORDS:
        told |= {week: before for week, first in told.items() if first == here}
    return told


def _people(counts: Counts) -> int:
    return sum(counts.values())


def _tells_of_nobody(counts: Counts) -> bool:
    """The two-person rule: take away any two answers, and at least two different ones remain."""
    return _people(counts) - max(counts.values(), default=0) > 2
