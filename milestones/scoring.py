"""Arithmetic on answers, averages and agreed levels. Averages and gaps are whole tenths: 27 is 2.7."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

CANNOT_SAY = 0


class MostOften(NamedTuple):
    levels: tuple[int, ...]
    majority: bool


def average_tenths(counts: Mapping[int, int]) -> int | None:
    """Average level in tenths, halves rounded up; None when nobody picked a level.

    `counts` maps a level (1 and up) or CANNOT_SAY to how many picked it. "Can't say" is no low mark, so it
    does not enter the average. Whole-number arithmetic, because a float turns 2.25 into either neighbour.
    """
    scored = sum(n for level, n in counts.items() if level != CANNOT_SAY)
    if not scored:
        return None
    total = sum(level * n for level, n in counts.items())
    return (20 * total + scored) // (2 * scored)


def gap(pp_tenths: int | None, others_tenths: int | None) -> int | None:
    """Parents' and providers' average minus the other members', in tenths; None when either is not shown.

    The difference of the two averages as printed, so that a reader who subtracts them gets the same number.
    """
    if pp_tenths is None or others_tenths is None:
        return None
    return pp_tenths - others_tenths


def worth_talking_about(gap_tenths: int | None, smaller_group_size: int) -> bool:
    """Whether a gap of either sign is large enough to point at: 1.2 levels with 5 or 6 people in the smaller
    group, 1.0 with 7 to 9, 0.8 with 10 or more. False without a gap, and below 5, where none is ever shown.

    The smaller a group, the further its average strays by luck. With these three steps chance points at
    about 2 to 6 % of milestones when the groups do not differ. Source: simulated tables, repeated in the
    tests, whose answers lie about 0.9 of a level from their mean; at 1.1 it is up to twice as often.
    """
    if gap_tenths is None or smaller_group_size < 5:
        return False
    if smaller_group_size < 7:
        return abs(gap_tenths) >= 12
    if smaller_group_size < 10:
        return abs(gap_tenths) >= 10
    return abs(gap_tenths) >= 8


def chance_of_one(milestones: int) -> tuple[int, int]:
    """In how many tables of 100 chance alone would point at one gap or more over so many milestones, from
    the low to the high end; (13, 35) for seven. ValueError below zero.

    Takes the 2 to 6 % of `worth_talking_about` for each milestone and the milestones as unrelated:
    1 - (1 - p) ** n. Answers that move together make it rarer, so this errs on the side of caution.
    """
    if milestones < 0:
        raise ValueError("a table has no fewer than zero milestones")
    none_at_all = 100**milestones
    low, high = (100 * (none_at_all - (100 - p) ** milestones) for p in (2, 6))
    return (2 * low + none_at_all) // (2 * none_at_all), (2 * high + none_at_all) // (2 * none_at_all)


def most_often(counts: Mapping[int, int]) -> MostOften:
    """The level or levels picked most, lowest first, and whether more than half of those who picked a level
    picked it. No level at all gives ((), False); "can't say" is left out, as in the average.

    Every tied level is named: choosing one of them would be an opinion.
    """
    levels = {level: n for level, n in counts.items() if level != CANNOT_SAY and n}
    most = max(levels.values(), default=0)
    return MostOften(
        levels=tuple(sorted(level for level, n in levels.items() if n == most)),
        majority=2 * most > sum(levels.values()),
    )


def representative(answered: int, roll: int, pp_answered: int, pp_roll: int) -> bool:
    """Whether 60 % of the roll answered, and 60 % of its parents and providers (`pp_`); numbers of people.

    Both, because a full table can hide that the people it is about kept silent. Nobody on a roll is False.
    """
    return all(of > 0 and 10 * said >= 6 * of for said, of in ((answered, roll), (pp_answered, pp_roll)))


def asks_for_reason(agreed_low_level: int, pp_average_tenths: int | None) -> bool:
    """Whether an agreed level (the low end of a range) lies half a level or more above the parents' and
    providers' average. False when that average is not shown: the question would give it away."""
    return pp_average_tenths is not None and 10 * agreed_low_level - pp_average_tenths >= 5


def claimed(outcome: bool, level: int, linked: int) -> bool:
    """Whether a level is shown as "claimed": 4 or 5 on a milestone that speaks of outcomes (`outcome`) with
    no evidence that counts linked to it (`linked`). What changed for families can be shown, so it should be.
    """
    return outcome and level >= 4 and linked == 0


def change(level_before: int | None, level_now: int | None) -> int | None:
    """Whole levels gained (or lost, below zero) since the round before; None unless both were agreed."""
    if level_before is None or level_now is None:
        return None
    return level_now - level_before
