"""What an outsider, an insider or two who collude can work out from published figures and published rules.

Written apart from the gate: nothing of the project is imported. A claim is made only when every table that
would give the same pages agrees on it, so each claim must be true; the harness checks that they are.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from itertools import combinations, product

# Answers: 0 can't say, 1 to 5 levels, 6 took part but left this milestone empty (not an answer, so never a pin).
EMPTY = 6
ANSWERS = range(7)
Histogram = tuple[int, ...]  # how many gave each of ANSWERS
People = int  # a set of people, one bit each

LADDER = (
    (("parents",), ("providers",), ("others",)),
    (("parents", "providers"), ("others",)),
    (("parents", "providers", "others"),),
)
NEAR = 2  # rule 6 guards differences of one or two people


@dataclass(frozen=True)
class Shown:
    """One group's figure as it stands on the page; averages in tenths."""

    group: tuple[str, ...]
    marks: Histogram | None = None  # 0 to 5 only; the empty ones follow from who took part
    average: int | None = None
    half: int | None = None
    scored: int | None = None
    cannot_say: int | None = None
    within: float = 2.5  # how far from `half` the average may lie, in tenths


@dataclass(frozen=True)
class Seen:
    """One milestone in one round: who took part in which base group, and what is shown."""

    bases: dict[str, People]
    rung: int | None
    shown: tuple[Shown, ...]
    rung_told: bool = True  # the public is not told which rung the table saw
    tested: tuple[int, ...] = tuple(range(len(LADDER)))  # rungs put to the test, which rosters tell

    def unshown(self) -> Iterator[int]:
        """The rungs that were put to the test before the one shown, and so were not fit to be shown."""
        return (rung for rung in self.tested if self.rung is None or rung < self.rung)

    def people(self, group: tuple[str, ...]) -> People:
        together = 0
        for base in group:
            together |= self.bases[base]
        return together

    def histogram(self, figure: Shown) -> Histogram:
        assert figure.marks is not None
        return (*figure.marks, self.people(figure.group).bit_count() - sum(figure.marks))


@dataclass(frozen=True)
class Rules:
    least: int = 5
    two_person: bool = True
    windows: bool = True  # rule 6, and withholding what the ladder would tell a pair

    def pass_(self, counts: Histogram | list[int], taken_away: int = 0) -> bool:
        scored = sum(counts[1:6])
        if scored - taken_away < self.least:
            return False
        return not self.two_person or scored - max(counts[1:6]) - taken_away >= 3


# --- one display ---------------------------------------------------------------------------------------------


def within(seen: Seen, rules: Rules, insiders: tuple[tuple[str, int], ...]) -> set[tuple[str, int]]:
    """(base, answer) that everybody else in that base must have given, from this display alone.

    People in one base look the same from outside, so we try every split of the shown marks, not of people.
    """
    found = set()
    for figure in seen.shown:
        if figure.marks is None:
            continue
        for pieces in _pieces(seen, figure.group, rules):
            sizes = tuple(seen.people(piece).bit_count() for piece in pieces)
            own = tuple(tuple(sorted(a for base, a in insiders if base in piece)) for piece in pieces)
            for piece, answer in zip(pieces, _alike(seen.histogram(figure), sizes, own, rules), strict=True):
                if answer is not None:
                    found |= {(base, answer) for base in piece}
    return found


def _pieces(seen: Seen, group: tuple[str, ...], rules: Rules) -> Iterator[tuple[tuple[str, ...], ...]]:
    """The group itself, and its parts on the rung that must have failed (that tells something about them).

    A rung that fails makes every finer one fail, so the next finer rung says it all, if it was tested. Parts that fail by their
    size say nothing, nor does a failure that may lie in a group outside this one.
    """
    yield (group,)
    if seen.rung and seen.rung_told and seen.rung - 1 in seen.unshown():
        parts = tuple(part for part in LADDER[seen.rung - 1] if set(part) < set(group))
        if len(parts) == 2 and all(seen.people(part).bit_count() >= rules.least for part in parts):
            yield parts


@lru_cache(maxsize=200_000)
def _alike(
    marks: Histogram, sizes: tuple[int, ...], own: tuple[tuple[int, ...], ...], rules: Rules
) -> tuple[int | None, ...]:
    left = list(marks)
    for answer in (a for part in own for a in part):
        left[answer] -= 1
    rest = [size - len(part) for size, part in zip(sizes, own, strict=True)]
    if len(sizes) == 1:
        return (next((a for a in range(6) if 0 < left[a] == rest[0]), None),)
    return tuple(_alike_in(left, rest, own, which, rules) for which in (0, 1))


def _alike_in(
    left: list[int], rest: list[int], own: tuple[tuple[int, ...], ...], which: int, rules: Rules
) -> int | None:
    """The one answer that all the rest of this part must have given, in every split where a part fails."""
    if not rest[which] or max(left[:6]) < rest[which]:
        return None
    answer: int | None = None
    for part in _choices(left, rest[which]):
        other = [a - b for a, b in zip(left, part, strict=True)]
        if rules.pass_(_with(part, own[which])) and rules.pass_(_with(other, own[1 - which])):
            continue
        kinds = [a for a in ANSWERS if part[a]]
        if len(kinds) > 1 or answer not in (None, kinds[0]):
            return None
        answer = kinds[0]
    return None if answer == EMPTY else answer


def _choices(left: list[int], size: int) -> Iterator[list[int]]:
    """Every way to take `size` answers; nearly-alike ones first, because those usually settle it."""
    order = sorted(ANSWERS, key=lambda a: -left[a])

    def take(at: int, size: int) -> Iterator[dict[int, int]]:
        if at == len(order):
            if not size:
                yield {}
            return
        for n in range(min(left[order[at]], size), -1, -1):
            for others in take(at + 1, size - n):
                yield {order[at]: n, **others}

    for chosen in take(0, size):
        yield [chosen[a] for a in ANSWERS]


def _with(counts: list[int], own: tuple[int, ...]) -> list[int]:
    return [n + own.count(a) for a, n in enumerate(counts)]


# --- several rounds, nobody who stays having changed an answer ---------------------------------------------------

Guess = dict[People, int]  # one person's bit -> answer
Marked = Sequence[tuple[People, Histogram]]  # the groups of one round that are shown in marks
Told = Sequence[tuple[People, int]]  # about which tenth the averages of these people were said to lie


@dataclass(frozen=True)
class Clue:
    """What a few people's answers must satisfy."""

    scope: People
    fits: Callable[[Guess], bool]


@dataclass(frozen=True)
class Known:
    """Marks known exactly for a set of people: shown, summed over groups, or a difference of two such sets."""

    people: People
    marks: Histogram

    def moved_to(self, people: People, guess: Guess) -> list[int] | None:
        """The marks of another set of people, if those who differ answered as guessed; None if impossible."""
        counts = list(self.marks)
        for one in _each(people & ~self.people):
            counts[guess[one]] += 1
        for one in _each(self.people & ~people):
            counts[guess[one]] -= 1
        return None if min(counts) < 0 else counts


def clues(rounds: list[Seen], rules: Rules) -> tuple[list[Clue], list[tuple[Known, Known]]]:
    """All near clues, and the pairs of known sets which differ by three people or more."""
    known = _known(rounds)
    near: list[Clue] = []
    far: list[tuple[Known, Known]] = []
    for one, other in combinations(known, 2):
        size = (one.people ^ other.people).bit_count()
        if size <= NEAR:
            near.append(_same_marks(one, other))
        else:
            far.append((one, other))
    near += _averages(rounds, known)
    for at, seen in enumerate(rounds):
        if seen.rung_told:
            near += _rung(seen, rounds[:at], known, rules)
    return [clue for clue in near if clue.scope], far


def _known(rounds: list[Seen]) -> list[Known]:
    return [Known(people, marks) for people, marks in _follow(map(_marked, rounds)).items()]


def _marked(seen: Seen) -> Marked:
    return [(seen.people(f.group), seen.histogram(f)) for f in seen.shown if f.marks is not None]


def _follow(rounds: Iterable[Marked]) -> dict[People, Histogram]:
    """What follows from marks: unions of a round's groups, and one such union less another."""
    sets: dict[People, Histogram] = {}
    for marked in rounds:
        for size in range(1, len(marked) + 1):
            for some in combinations(marked, size):
                together = 0
                for people, _ in some:
                    together |= people
                sets[together] = tuple(map(sum, zip(*(marks for _, marks in some), strict=True)))
    for (one, marks), (other, fewer) in product(list(sets.items()), repeat=2):
        if other & ~one == 0 and other != one:
            sets.setdefault(one & ~other, tuple(a - b for a, b in zip(marks, fewer, strict=True)))
    return sets


def _same_marks(one: Known, other: Known) -> Clue:
    return Clue(
        one.people ^ other.people, lambda guess: one.moved_to(other.people, guess) == list(other.marks)
    )


@dataclass(frozen=True)
class Mean:
    """An average as shown: how many scores and what sum it allows."""

    people: People
    tenths: int
    within: float
    scored: int | None
    cannot_say: int | None

    def allows(self, counts: list[int]) -> bool:
        if self.cannot_say is not None and counts[0] != self.cannot_say:
            return False
        return self.allows_sum(sum(counts[1:6]), sum(a * counts[a] for a in range(1, 6)))

    def allows_sum(self, scored: int, total: int) -> bool:
        if scored <= 0 or self.scored not in (None, scored):
            return False
        return -self.within * scored <= 10 * total - self.tenths * scored <= self.within * scored

    def sums(self) -> list[tuple[int, int]]:
        sizes = [self.scored] if self.scored is not None else range(5, self.people.bit_count() + 1)
        return [(n, total) for n in sizes for total in range(n, 5 * n + 1) if self.allows_sum(n, total)]


def _averages(rounds: list[Seen], known: list[Known]) -> Iterator[Clue]:
    means = []
    for seen in rounds:
        for f in seen.shown:
            if f.marks is None and f.average is not None:
                means.append(Mean(seen.people(f.group), f.average, 0.5, f.scored, f.cannot_say))
            if f.marks is None and f.half is not None:
                means.append(Mean(seen.people(f.group), f.half, f.within, f.scored, f.cannot_say))
    for mean, base in product(means, known):
        if (mean.people ^ base.people).bit_count() <= NEAR:
            yield _mean_from_marks(mean, base)
    for one, other in combinations(means, 2):
        if 0 < (one.people ^ other.people).bit_count() <= NEAR:
            yield _mean_from_mean(one, other)


def _mean_from_marks(mean: Mean, base: Known) -> Clue:
    def fits(guess: Guess) -> bool:
        counts = base.moved_to(mean.people, guess)
        return counts is not None and mean.allows(counts)

    return Clue(mean.people ^ base.people, fits)


def _mean_from_mean(one: Mean, other: Mean) -> Clue:
    sums, joined, left = one.sums(), other.people & ~one.people, one.people & ~other.people
    reach = {
        (n, s): any(other.allows_sum(m + n, t + s) for m, t in sums)
        for n in range(-2, 3)
        for s in range(-10, 11)
    }

    def fits(guess: Guess) -> bool:
        more = [guess[p] for p in _each(joined)]
        fewer = [guess[p] for p in _each(left)]
        unsure = more.count(0) - fewer.count(0)
        told = one.cannot_say is not None and other.cannot_say is not None
        if told and one.cannot_say + unsure != other.cannot_say:  # type: ignore[operator]
            return False
        scored = [a for a in more if 1 <= a <= 5], [a for a in fewer if 1 <= a <= 5]
        return reach[len(scored[0]) - len(scored[1]), sum(scored[0]) - sum(scored[1])]

    return Clue(joined | left, fits)


def _rung(seen: Seen, past: list[Seen], known: list[Known], rules: Rules) -> Iterator[Clue]:
    """The rung taken: each group shown on it passes, and something kept back every other that was tested."""
    for figure in seen.shown:
        people = seen.people(figure.group)
        for base in known:
            if figure.marks is None and (base.people ^ people).bit_count() <= NEAR:
                yield _reason([(base, people)], lambda tables: rules.pass_(tables[0]))
    for rung in seen.unshown():
        yield from _unshown(rung, seen, past, known, rules)


def _unshown(rung: int, seen: Seen, past: list[Seen], known: list[Known], rules: Rules) -> Iterator[Clue]:
    """Why this rung is not shown: a group failed, its marks would make news, or it would have told a pair.

    A reason that who took part does not rule out needs the marks of the groups it is about. When these do
    not follow from what is known and from two people's answers, it may be the reason, and nothing follows.
    """
    groups = [seen.people(group) for group in LADDER[rung]]
    if min(people.bit_count() for people in groups) < rules.least:
        return  # it fails by its size, which says nothing about answers
    before = [_marked(one) for one in past]
    told = [(one.people(f.group), f.half) for one in past for f in one.shown if f.half is not None]
    windows = _windows(groups, _follow(before), rules)
    told += windows.items()
    about = newsworthy([people for people in groups if people not in windows], before, told)
    parts = _pairs_parts(rung, seen, _follow(before), rules)
    needed = [
        people
        for people in groups
        if people in about
        or (parts and people == groups[0])
        or not any(rules.pass_(k.marks, (k.people & ~people).bit_count()) for k in known)
    ]

    def kept_back(tables: list[Histogram]) -> bool:
        if not all(rules.pass_(counts) for counts in tables):
            return True
        now = [(people, n) for people, n in zip(needed, tables, strict=True) if people in about]
        if makes_news(now, before, told, rules):
            return True
        return any(may_tell_a_pair(tables[0], *sizes) for sizes in parts)

    bases = [[(k, people) for k in known if (k.people ^ people).bit_count() <= NEAR] for people in needed]
    for choice in product(*bases):
        scope = 0
        for base, people in choice:
            scope |= base.people ^ people
        if choice and scope.bit_count() <= NEAR:
            yield _reason(list(choice), kept_back)


def _windows(groups: list[People], known: dict[People, Histogram], rules: Rules) -> dict[People, int]:
    """The groups that hardly changed, and about which tenth of a level the average of each must lie."""
    found: dict[People, int] = {}
    for people in groups if rules.windows else ():
        reaches = [
            _reach(marks, *_moves(one, people), rules) for one, marks in known.items() if _near(one, people)
        ]
        sure = [reach for reach in reaches if reach is not None]
        if sure:
            low, high = min(low for low, _ in sure), max(high for _, high in sure)
            found[people] = round(5 * (low + high))
    return found


def makes_news(now: Marked, before: Sequence[Marked], told: Told, rules: Rules) -> bool:
    """Whether these marks leave it open, in hindsight, if an average told lay there or was fit to be told."""
    if not now or not told:
        return False
    old = _follow(before)
    for people, marks in _follow([*before, now]).items():
        for whom, middle in told:
            if people in old or not _near(people, whom):
                continue
            reach = _reach(marks, *_moves(people, whom), rules)
            if reach is None:
                return True
            low, high = 10 * reach[0] - middle, 10 * reach[1] - middle
            if low < 5 and high >= -5 and not (low >= -5 and high < 5):
                return True
    return False


def newsworthy(marked: list[People], before: Sequence[Marked], told: Told) -> list[People]:
    """The groups whose marks decide whether there is news; who took part tells. None when there cannot be."""
    old = set(_follow(before))

    def comes_near(groups: list[People]) -> set[People]:
        fresh = set(_follow([*before, [(people, (0,) * len(ANSWERS)) for people in groups]])) - old
        return {people for people in fresh if any(_near(people, whom) for whom, _ in told)}

    if not told or not (near := comes_near(marked)):
        return []
    about = [people for people in marked if comes_near([p for p in marked if p != people]) != near]
    return about if comes_near(about) == near else marked


@lru_cache(maxsize=100_000)
def _reach(marks: Histogram, joined: int, left: int, rules: Rules) -> tuple[Fraction, Fraction] | None:
    """Between which averages so many who join and leave can bring these marks; None if they could fail."""
    if not rules.pass_(marks, left):
        return None
    means = []
    for gone in product(range(6), repeat=left):
        if any(gone.count(a) > marks[a] for a in set(gone) - {0}):
            continue
        for come in product(range(6), repeat=joined):
            scored = sum(marks[1:6]) + sum(a > 0 for a in come) - sum(a > 0 for a in gone)
            total = sum(a * marks[a] for a in range(1, 6)) + sum(come) - sum(gone)
            means.append(Fraction(total, scored))
    return min(means), max(means)


def _near(one: People, other: People) -> bool:
    return 1 <= (one ^ other).bit_count() <= NEAR


def _moves(one: People, other: People) -> tuple[int, int]:
    """How many join and how many leave on the way from one set of people to the other."""
    return (other & ~one).bit_count(), (one & ~other).bit_count()


def _pairs_parts(
    rung: int, seen: Seen, known: dict[People, Histogram], rules: Rules
) -> list[tuple[int, int]]:
    """The sizes of the parts which this rung or a finer one joined, where the finer one's failing could tell a
    pair what all the rest of a part said. Then everything from there on is withheld, save beside a window."""
    found = []
    for at in range(1, rung + 1):
        if seen.rung is None and rules.windows and {at, at - 1} <= set(seen.tested):
            parts = [part for part in LADDER[at - 1] if set(part) < set(LADDER[at][0])]
            small, large = sorted(seen.people(part).bit_count() for part in parts)
            window = any(_near(one, seen.people(LADDER[at][0])) for one in known)
            if small >= rules.least and not window:
                found.append((small, large))
    return found


def may_tell_a_pair(counts: Histogram, small: int, large: int) -> bool:
    """Whether so many people, all of these counts or some of them, could have been withheld for a pair's sake:
    all picked a level, one level alone could fill the small part but for two, and not the large one."""
    for level in range(1, 6):
        others = sum(min(n, small - 3) for a, n in enumerate(counts[1:6], 1) if a != level)
        most = min(counts[level], large - 3)
        if most >= small - 2 and most + others >= small + large:
            return True
    return False


def _reason(groups: list[tuple[Known, People]], holds: Callable[[list[Histogram]], bool]) -> Clue:
    """A clue from the marks of these groups, each guessed from a known set which it is near to."""
    scope = 0
    for base, people in groups:
        scope |= base.people ^ people

    @cache
    def settled(tables: tuple[Histogram, ...]) -> bool:
        return holds(list(tables))

    def fits(guess: Guess) -> bool:
        tables = [base.moved_to(people, guess) for base, people in groups]
        possible = tuple(tuple(counts) for counts in tables if counts is not None)
        return len(possible) == len(tables) and settled(possible)

    return Clue(scope, fits)


def circles(clues_: list[Clue]) -> list[tuple[People, list[Clue]]]:
    """Clues that share people, directly or through others: only within a circle does knowing one's own help."""
    found: list[tuple[People, list[Clue]]] = []
    for clue in clues_:
        touching = [c for c in found if c[0] & clue.scope]
        people, together = clue.scope, [clue]
        for circle in touching:
            found.remove(circle)
            people |= circle[0]
            together += circle[1]
        found.append((people, together))
    return found


def across(clues_: list[Clue], own: Guess) -> Guess:
    """The answers that follow from the clues and from what the actors answered themselves.

    Raises LookupError if no table fits, which would mean that the rules are not what was published.
    """
    may = {one: {answer} for one, answer in own.items()}
    scopes = {clue.scope for clue in clues_}
    together = [(list(_each(s)), [c.fits for c in clues_ if c.scope & ~s == 0]) for s in scopes]
    changed = True
    while changed:
        changed = False
        for people, tests in together:
            tries = product(*(may.get(p, ANSWERS) for p in people))
            fitting = [t for t in tries if all(fits(dict(zip(people, t, strict=True))) for fits in tests)]
            if not fitting:
                raise LookupError("no table fits")
            for person, answers in zip(people, zip(*fitting, strict=True), strict=True):
                if set(answers) != may.get(person, set(ANSWERS)):
                    may[person] = set(answers)
                    changed = True
    sure = {p: next(iter(a)) for p, a in may.items() if len(a) == 1 and p not in own}
    return {p: a for p, a in sure.items() if a != EMPTY}


def in_bulk(one: Known, other: Known, own: Guess) -> Guess:
    """Three or more people came or went: their answers, if the difference of the marks leaves no choice."""
    change = [b - a for a, b in zip(one.marks, other.marks, strict=True)]
    found: Guess = {}
    joined, left = other.people & ~one.people, one.people & ~other.people
    for person, answer in own.items():
        change[answer] -= bool(person & joined)
        change[answer] += bool(person & left)
        joined, left = joined & ~person, left & ~person
    for people, gains in ((joined, change), (left, [-n for n in change])):
        kinds = [a for a in ANSWERS if gains[a] > 0]
        if len(kinds) == 1 and kinds[0] != EMPTY and gains[kinds[0]] == people.bit_count():
            found |= dict.fromkeys(_each(people), kinds[0])
    return found


def telling(one: Known, other: Known) -> bool:
    """Could two colluders at most settle it? (All others would then have to have answered alike.)"""
    change = [b - a for a, b in zip(one.marks, other.marks, strict=True)]
    joined = (other.people & ~one.people).bit_count()
    return joined - sum(max(0, n) for n in change) <= 2


def _each(people: People) -> Iterator[People]:
    while people:
        lowest = people & -people
        yield lowest
        people ^= lowest
