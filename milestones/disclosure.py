"""The one gate between sealed answers and everyone who may read something of them.

A person is pinned when every table that gives the same output, and agrees with what the observer knows, has
the same answer for that person. We let an observer know the rules, who took part, in which group, and their
own answer, or two people's when two compare notes. Inside one group of bases any two people may have swapped
answers, so a group is safe when two levels are left after taking away any two of its answers.

What the ladder itself tells. A coarse rung says that one part of the joined group failed on the rung before.
One observer cannot use it. Suppose everyone else in a part must have answered v. Then that part has at most
one scored answer that is not v, so it still fails when one of its v's trades places with another answer from
the joined group's other part (at least one is left there that the observer does not hold). That is a
table with the same output in which somebody did not answer v. Two observers can use it in one case only:
`_tells_a_pair`.

Withholding there depends on the output alone, so every table that would have shown it is withheld with it.
No other output loses a table from behind it, and "withheld" only gains tables; it keeps those in which all
but two people agree on any level you like, and so pins nobody.

What other rounds tell. We let an observer take it as certain that nobody who stayed changed their mind.
Then a test, passed or failed, tells about one or two people as soon as some sum or difference of the groups
tested comes down to them; so who took part decides which rungs are put to the test, and no answer does. A
group that differs by one or two people from marks already known shows where its average lies, a whole level
wide, and only if that follows from what is known, whatever those two answered: no news to this observer, yet
everyone else sees whether the group has moved. Marks that in hindsight would make news of it are kept back.

The public figures are computed from a display already safe. A function of a safe output has only more
tables behind it.

Not covered: three or more who came or went and answered alike, or all but those who compare notes did.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from milestones.scoring import CANNOT_SAY as CANNOT_SAY
from milestones.scoring import average_tenths
from milestones.subtraction import HALF, Marks, People, centre, makes_news, near, singles_out, worked_out

BASES = ("parents", "providers", "others")
Group = tuple[str, ...]
Plans = dict[int, dict[Group, int]]
LADDER: tuple[tuple[Group, ...], ...] = (
    (("parents",), ("providers",), ("others",)),
    (("parents", "providers"), ("others",)),
    (BASES,),
)
K = 5
PUBLIC_K = 10
COLLUDERS = 2
FEWEST_WORDS = 3


@dataclass(frozen=True)
class Tally:
    """What sealing kept of one milestone: per group of the rung, how many gave each answer.

    A level is 1 and up, CANNOT_SAY is 0. `rung` None means that only how many answered was kept.
    """

    rung: int | None
    counts: Mapping[Group, Mapping[int, int]]


@dataclass(frozen=True)
class Figure:
    """One group's figures. `people` picked a level; `counts` holds levels only, lowest first, no zeros;
    `average` and `half` are in tenths. A group whose people hardly changed since an earlier round has
    nothing but `half`, its average give or take half a level; in public there is nothing but `average`."""

    group: Group
    people: int | None = None
    cannot_say: int | None = None
    counts: Marks | None = None
    average: int | None = None
    half: int | None = None


@dataclass(frozen=True)
class Display:
    """What an audience sees of a milestone; `rung` None is "too few, or too alike, to show".
    `tested` holds the groups put to the test, per rung; who took part tells it, and later rounds need it."""

    rung: int | None
    figures: tuple[Figure, ...]
    tested: Mapping[int, tuple[Group, ...]] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True)
class Earlier:
    """One earlier round of the same milestone: what was shown, what was put to the test, who took part.
    `unknown` when nobody can say who took part."""

    figures: tuple[Figure, ...]
    tested: tuple[Group, ...]
    took_part: Mapping[str, People]
    unknown: bool = False

    def marked(self) -> list[tuple[People, Marks]]:
        return [(_people(f.group, self.took_part), f.counts) for f in self.figures if f.counts is not None]


WITHHELD = Display(None, ())


def code(group: Group) -> str:
    return "+".join(group)


def group_of(code: str) -> Group:
    """The group that `code` was made from. ValueError unless it is bases, each once, in the order of BASES."""
    group = tuple(code.split("+"))
    if group != tuple(base for base in BASES if base in group):
        raise ValueError(f"{code!r} is not a group")
    return group


def sealing_rung(scored: Mapping[str, int]) -> int | None:
    """The first rung on which every group has K scored answers, given how many each base has; None when the
    whole table has fewer. Tallies are kept on no finer rung, so that none of them is one person."""
    for rung, groups in enumerate(LADDER):
        if all(sum(scored.get(base, 0) for base in group) >= K for group in groups):
            return rung
    return None


def merge(counts: Mapping[Group, Mapping[int, int]], rung: int) -> dict[Group, dict[int, int]]:
    """`counts` added up to the groups of `rung`, all of them present. ValueError when that would need a
    finer split than was kept."""
    merged: dict[Group, dict[int, int]] = {group: {} for group in LADDER[rung]}
    for group, answers in counts.items():
        joined = merged[_within(group, rung)]
        for answer, n in answers.items():
            joined[answer] = joined.get(answer, 0) + n
    return merged


def display(
    tally: Tally, *, took_part: Mapping[str, People], earlier: Sequence[Earlier] = (), levels: int = 5
) -> Display:
    """What the table and the evaluators see of one milestone.

    `took_part` says who answered anything, per base; `earlier` lists every earlier round of the milestone;
    `levels` is the top of the scale. ValueError when a tally holds more answers than people took part.
    The first rung, of those put to the test, on which every group has K scored answers and two different
    levels left whichever two answers are taken away; withheld when there is none.
    """
    if any(sum(n.values()) > len(_people(group, took_part)) for group, n in tally.counts.items()):
        raise ValueError("more answers than people who took part")
    if any(past.unknown for past in earlier):
        return WITHHELD  # any group may be one person more, or less, than one shown before
    plans = _plans(took_part, earlier, levels)
    sealed = len(LADDER) if tally.rung is None else tally.rung
    for rung in (rung for rung in plans if rung >= sealed):
        shown, centres = merge(tally.counts, rung), plans[rung]
        if not all(map(_passes, shown.values())):
            continue
        if _makes_news(shown, centres, took_part, earlier, levels):
            continue
        joined = LADDER[rung][0]  # hiding it where it is a window would tell about the few who came or went
        if rung - 1 in plans and joined not in centres and _tells_a_pair(shown[joined], rung, took_part):
            break
        figures = (_figure(group, a, centres.get(group), levels) for group, a in shown.items())
        return Display(rung, tuple(figures), _tested(plans, rung))
    return Display(None, (), _tested(plans, len(LADDER)))


def public(display: Display) -> Display:
    """The averages anyone may see: the first rung, no finer than `display`, with PUBLIC_K people in every
    group. Withheld as a whole when a group was coarsened, since nobody may work out its size or average."""
    counts = {figure.group: figure.counts for figure in display.figures if figure.counts is not None}
    if display.rung is None or len(counts) < len(display.figures):
        return WITHHELD
    for rung in range(display.rung, len(LADDER)):
        shown = merge(counts, rung)
        if all(sum(levels.values()) >= PUBLIC_K for levels in shown.values()):
            return Display(rung, tuple(Figure(g, average=average_tenths(n)) for g, n in shown.items()))
    return WITHHELD


def ticks(ticked: int, answered: int) -> int | None:
    """How many of the `answered` ticked a piece of evidence, or None: "too few, or too alike, to show".

    A tick is an answer with two values, so the same rules hold. Ask for groups that do not overlap, never
    for a group and its union: one hidden count beside a shown total is no secret. ValueError when more
    ticked than answered.
    """
    if not 0 <= ticked <= answered:
        raise ValueError("more ticks than people who answered")
    return ticked if _passes({1: ticked, 2: answered - ticked}) else None


def word_groups(words_per_group: Mapping[Group, int], shown: Display) -> dict[Group, Group]:
    """Under which group the shared words of each sealed group are released, given how many each has.

    The groups of the display, when each of them has three or more; otherwise the whole table, for all. Were
    only the small group pooled, its words would be known by not standing under another group's name.
    """
    if shown.rung is not None:
        released = {group: _within(group, shown.rung) for group in words_per_group}
        words = dict.fromkeys(LADDER[shown.rung], 0)
        for group, n in words_per_group.items():
            words[released[group]] += n
        if min(words.values()) >= FEWEST_WORDS:
            return released
    return dict.fromkeys(words_per_group, BASES)


def _within(group: Group, rung: int) -> Group:
    for joined in LADDER[rung]:
        if set(group) <= set(joined):
            return joined
    raise ValueError(f"{code(group)} is not kept apart finely enough for rung {rung}")


def _people(group: Iterable[str], took_part: Mapping[str, People]) -> People:
    return frozenset().union(*(took_part.get(base, frozenset()) for base in group))


def _levels(answers: Mapping[int, int]) -> dict[int, int]:
    # Sorted and without zeros: equal tables must look equal, whatever order their answers came in.
    return {level: answers[level] for level in sorted(answers) if level != CANNOT_SAY and answers[level]}


def _passes(answers: Mapping[int, int], gone: int = 0) -> bool:
    """Whether a group may be shown, even with any so many of its people gone."""
    levels = [n for answer, n in answers.items() if answer != CANNOT_SAY]
    scored = sum(levels) - gone
    return scored >= K and scored - max(levels) > COLLUDERS


def _tells_a_pair(answers: Mapping[int, int], rung: int, took_part: Mapping[str, People]) -> bool:
    """Whether the fact that a finer rung failed could tell two people what all the rest of their part said.

    They would have to be the two exceptions in a part whose others all said v. They can only be sure of it
    when nobody there may have said "can't say"; when that part was large enough to fail by likeness alone;
    when no second level is common enough to have filled it; and when v is too rare to have filled the other
    part, which might then have been the one that failed. The other part is the larger one by necessity.
    """
    levels = _levels(answers)
    parts = [part for part in LADDER[rung - 1] if set(part) <= set(LADDER[rung][0])]
    small, large = sorted(len(_people(part, took_part)) for part in parts)
    if small < K or sum(levels.values()) < small + large:
        return False
    return [n < large - COLLUDERS for n in levels.values() if n >= small - COLLUDERS] == [True]


def _plans(took_part: Mapping[str, People], earlier: Sequence[Earlier], levels: int) -> Plans:
    """The rungs put to the test. On each, the groups which hardly changed, and about where they must lie.

    People are compared, not names of groups: the whole table of one round can be nearly the parents and
    providers of the next, and then the difference is somebody's answer just the same.
    """
    known = worked_out(past.marked() for past in earlier)
    tested = {_people(group, past.took_part) for past in earlier for group in past.tested}
    plans: Plans = {}
    for rung, groups in enumerate(LADDER):
        people = {group: _people(group, took_part) for group in groups}
        changed = [group for group in groups if any(near(people[group], before) for before in known)]
        centres = {group: centre(people[group], known, levels, _passes) for group in changed}
        foreseen = {group: middle for group, middle in centres.items() if middle is not None}
        marked = {people[group] for group in groups if group not in centres}
        if min(map(len, people.values())) < K or len(foreseen) < len(changed):
            continue
        if not singles_out(frozenset(tested | marked)):
            plans[rung] = foreseen
            tested |= marked  # a coarser rung is reached only when this one was not shown, which tells too
    return plans


def _tested(plans: Plans, last: int) -> dict[int, tuple[Group, ...]]:
    return {r: tuple(g for g in LADDER[r] if g not in centres) for r, centres in plans.items() if r <= last}


def _makes_news(
    shown: Mapping[Group, Marks],
    centres: Mapping[Group, int],
    took_part: Mapping[str, People],
    earlier: Sequence[Earlier],
    levels: int,
) -> bool:
    """Whether this round's marks would make news of an average told in it or before."""
    told = [(_people(f.group, p.took_part), f.half) for p in earlier for f in p.figures if f.half is not None]
    told += [(_people(group, took_part), centre) for group, centre in centres.items()]
    # Levels only, like earlier pages: else a "can't say" that was left out there looks like a change of mind.
    marked = [(_people(group, took_part), _levels(a)) for group, a in shown.items() if group not in centres]
    return bool(told) and makes_news(marked, [p.marked() for p in earlier], told, levels, _passes)


def _figure(group: Group, answers: Mapping[int, int], centre: int | None, levels: int) -> Figure:
    """The marks; or, of a group that hardly changed, in which window its average lies, a whole level wide and
    counted from the one foreseen. None is said to lie around a level that is not on the scale."""
    counts = _levels(answers)
    people, total = sum(counts.values()), sum(level * n for level, n in counts.items())
    if centre is None:
        return Figure(group, people, answers.get(CANNOT_SAY, 0), counts, average_tenths(counts))
    steps = (10 * total + (HALF - centre) * people) // (2 * HALF * people)
    return Figure(group, half=min(10 * levels, max(10, centre + 2 * HALF * steps)))
