"""Synthetic tables, what their actors get to see, and how often the attacker names somebody.

Everyone is taken to know who sat where and who took part, since the lead does before closing.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations, combinations_with_replacement

from tests.attacker import attack
from tests.attacker.attack import EMPTY, LADDER, Known, Rules, Seen, Shown

BASES = ("parents", "providers", "others")
MILESTONES = 7
ACTORS = (("outsider", 0), ("insider", 1), ("pair", 2))


@dataclass(frozen=True)
class World:
    """Per round: where each person who took part sat, and their seven answers."""

    seats: tuple[dict[int, str], ...]
    answers: tuple[dict[int, tuple[int, ...]], ...]
    steady: bool  # nobody who stays ever changes an answer: the worst case, as differences then name people


# A gate: one milestone's answers round by round -> what table and evaluators see, and what the public sees.
Table = dict[int, tuple[str, int]]  # person -> (base, answer)
Gate = Callable[[list[Table]], list[tuple[Seen, Seen]]]


def world(rng: random.Random) -> World:
    seats = rng.randint(6, 24)
    weights = rng.choice([(1, 1, 1), (2, 2, 1), (1, 1, 2), (3, 2, 2), (1, 3, 3)])
    member = {p: rng.choices(BASES, weights)[0] for p in range(seats)}
    steady = rng.random() < 0.6
    churn = rng.choice([0.3, 1, 2, 5])
    skip = rng.choice([0, 0.04, 0.2])
    styles = [_style(rng) for _ in range(MILESTONES)]
    settled: dict[int, tuple[int, ...]] = {}
    rounds: list[dict[int, str]] = []
    answers: list[dict[int, tuple[int, ...]]] = []
    for _ in range(rng.randint(2, 4)):
        if rounds:
            _move(rng, member, churn)
        absent = rng.choice(BASES) if rng.random() < 0.12 else ""
        here = {}
        for person, base in member.items():
            if person not in settled or (not steady and rng.random() < 0.5):
                settled[person] = tuple(style(base) for style in styles)
            away = 0.75 if base == absent else skip
            if rng.random() >= away and set(settled[person]) != {EMPTY}:
                here[person] = base
        rounds.append(here)
        answers.append({p: settled[p] for p in here})
    return World(tuple(rounds), tuple(answers), steady)


def _move(rng: random.Random, member: dict[int, str], churn: float) -> None:
    """Some join, some leave, some change group; often only one or two, which is the hardest to hide."""
    for _ in range(min(rng.choice([0, 1, 1, 2, 3]) if churn > 1 else rng.random() < churn, 6)):
        what = rng.random()
        if what < 0.45 and len(member) < 24:
            newest = max(member) + 1
            member[newest] = rng.choice(BASES)
        elif what < 0.8 and len(member) > 6:
            del member[rng.choice(list(member))]
        else:
            member[rng.choice(list(member))] = rng.choice(BASES)


def _style(rng: random.Random) -> Callable[[str], int]:
    shape = rng.choice(["consensus", "consensus", "polarised", "uniform", "two levels"])
    unsure, empty = rng.choice([0, 0, 0.1, 0.35]), rng.choice([0, 0, 0, 0.04])
    middle = rng.randint(1, 5)
    by_base = {base: rng.randint(1, 5) for base in BASES}
    pair = rng.sample(range(1, 6), 2)

    def answer(base: str) -> int:
        dice = rng.random()
        if dice < unsure:
            return 0
        if dice < unsure + empty:
            return EMPTY
        if shape == "uniform":
            return rng.randint(1, 5)
        if shape == "two levels":
            return rng.choices(pair, (3, 1))[0]
        mode = middle if shape == "consensus" else by_base[base]
        return mode if rng.random() < 0.75 else min(5, max(1, mode + rng.choice([-2, -1, 1, 2])))

    return answer


def tables(world_: World, milestone: int) -> list[Table]:
    return [
        {p: (base, given[p][milestone]) for p, base in here.items()}
        for here, given in zip(world_.seats, world_.answers, strict=True)
    ]


def marks(table: Table, group: tuple[str, ...]) -> list[int]:
    counts = Counter(answer for base, answer in table.values() if base in group)
    return [counts[a] for a in range(6)]


def bits(table: Table) -> dict[str, int]:
    return {base: sum(1 << p for p, (b, _) in table.items() if b == base) for base in BASES}


def k5_only(rounds: list[Table]) -> list[tuple[Seen, Seen]]:
    """The negative control: five scored answers per group, and nothing else."""
    out = []
    for table in rounds:
        rung: int | None = None
        shown: tuple[Shown, ...] = ()
        for at, groups in enumerate(LADDER):
            if all(sum(marks(table, g)[1:]) >= 5 for g in groups):
                rung, shown = at, tuple(Shown(g, marks=tuple(marks(table, g))) for g in groups)
                break
        out.append((Seen(bits(table), rung, shown), Seen(bits(table), None, (), rung_told=False)))
    return out


def real_gate(rounds: list[Table]) -> list[tuple[Seen, Seen]]:
    from milestones import disclosure

    out: list[tuple[Seen, Seen]] = []
    earlier: list[disclosure.Earlier] = []
    for table in rounds:
        took_part = {b: frozenset(p for p, (base, _) in table.items() if base == b) for b in BASES}
        scored = {b: sum(marks(table, (b,))[1:]) for b in BASES}
        rung = disclosure.sealing_rung(scored)
        counts: dict[tuple[str, ...], dict[int, int]] = {
            (b,): {a: n for a, n in enumerate(marks(table, (b,))) if n} for b in BASES
        }
        tally = disclosure.Tally(rung, {} if rung is None else disclosure.merge(counts, rung))
        display = disclosure.display(tally, took_part=took_part, earlier=list(earlier))
        tested = tuple(group for groups in display.tested.values() for group in groups)
        earlier.append(disclosure.Earlier(display.figures, tested, took_part))
        public = disclosure.public(display)
        rungs = tuple(display.tested)
        out.append((_seen(table, display, True, rungs), _seen(table, public, False)))
    return out


def _seen(table: Table, display: object, rung_told: bool, tested: tuple[int, ...] = ()) -> Seen:
    shown = []
    for f in display.figures:  # type: ignore[attr-defined]
        levels = tuple((f.counts or {}).get(a, 0) for a in range(1, 6))
        marked = (f.cannot_say or 0, *levels) if any(levels) else None
        shown.append(Shown(f.group, marked, f.average, f.half, f.people, f.cannot_say, within=5.0))
    return Seen(bits(table), display.rung, tuple(shown), rung_told, tested)  # type: ignore[attr-defined]


def attempt(world_: World, gate: Gate, rules: Rules) -> Counter[str]:
    """Counts of displays tried and, per actor, of those where somebody is named.

    "alone": from one display, no other round needed; "bulk": three or more people came or went between two
    rounds, which rule 6 leaves open; "!": claims that were false.
    """
    found: Counter[str] = Counter()
    for milestone in range(MILESTONES):
        rounds = tables(world_, milestone)
        pages = gate(rounds)
        found["displays"] += len(rounds)
        for table, (seen, _) in zip(rounds, pages, strict=True):
            alone = _or_more(_within(table, seen, rules, found))
            found.update(alone)
            found.update(f"alone {actor}" for actor in alone)
        if world_.steady:
            truth = {1 << p: answer for table in rounds for p, (_, answer) in table.items()}
            found.update(_or_more(_across([seen for seen, _ in pages], truth, rules, found)))
            try:
                near, _ = attack.clues([public for _, public in pages], rules)
                claims = attack.across(near, {})
                found["!"] += _false(claims, truth)
                found["public"] += bool(claims)
            except LookupError:
                found["!"] += 1
    return found


def _or_more(actors: Iterator[str]) -> set[str]:
    """What an outsider can name an insider can, and so can two."""
    named = set(actors)
    for kind in ("", "bulk "):
        if f"{kind}outsider" in named:
            named.add(f"{kind}insider")
        if f"{kind}insider" in named:
            named.add(f"{kind}pair")
    return named


def _within(table: Table, seen: Seen, rules: Rules, found: Counter[str]) -> Iterator[str]:
    given = Counter(table.values())
    for actor, size in ACTORS:
        if not _worth_trying(seen, size):
            continue
        named = False
        for insiders in combinations_with_replacement(given, size):
            if Counter(insiders) - given:
                continue
            claims = attack.within(seen, rules, insiders)
            rest = given - Counter(insiders)
            found["!"] += sum(any(b == base and a != answer for b, a in rest) for base, answer in claims)
            named = named or bool(claims)
        if named:
            yield actor


def _worth_trying(seen: Seen, insiders: int) -> bool:
    """To name anybody, all of a base's people but the insiders must be able to have answered alike."""
    smallest = min((people.bit_count() for people in seen.bases.values() if people), default=0)
    return any(max(f.marks) >= smallest - insiders for f in seen.shown if f.marks is not None)


def _across(seen: list[Seen], truth: dict[int, int], rules: Rules, found: Counter[str]) -> Iterator[str]:
    near, far = attack.clues(seen, rules)
    named = set()
    for people, clues in attack.circles(near):
        members = [p for p in truth if p & people]
        for actor, size in ACTORS:
            for some in combinations(members, size):
                if len(members) <= size:
                    continue
                try:
                    claims = attack.across(clues, {p: truth[p] for p in some})
                except LookupError:
                    found["!"] += 1
                    continue
                found["!"] += _false(claims, truth)
                if claims:
                    named.add(actor)
    for one, other in far:
        if attack.telling(one, other):
            named |= {f"bulk {actor}" for actor in _bulk(one, other, truth, found)}
    yield from named


def _bulk(one: Known, other: Known, truth: dict[int, int], found: Counter[str]) -> Iterator[str]:
    kinds: dict[tuple[bool, int], list[int]] = {}
    for person, answer in truth.items():
        if person & (one.people ^ other.people):
            kinds.setdefault((bool(person & one.people), answer), []).append(person)
    few = [p for people in kinds.values() for p in people[:2]]
    for actor, size in ACTORS:
        for some in combinations(few, size):
            claims = attack.in_bulk(one, other, {p: truth[p] for p in some})
            found["!"] += _false(claims, truth)
            if claims:
                yield actor
                break


def _false(claims: dict[int, int], truth: dict[int, int]) -> int:
    return sum(truth[person] != answer for person, answer in claims.items())
