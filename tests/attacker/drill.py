"""The long form: how often each actor can name somebody, over thousands of synthetic worlds."""

import multiprocessing
import random
from collections import Counter
from unittest import mock

from milestones import disclosure
from tests.attacker.attack import Rules
from tests.attacker.worlds import Gate, attempt, k5_only, real_gate, world

WEAK = Rules(two_person=False, windows=False)  # what an attacker of the weakened gate knows


def measure(worlds: int, seed: int, gate: Gate, rules: Rules) -> Counter[str]:
    """Displays tried, displays per actor in which somebody is named, and the worlds these lie in ("worlds ...")."""
    found: Counter[str] = Counter()
    for at in range(worlds):
        one = attempt(world(random.Random(seed * 1_000_003 + at)), gate, rules)
        found += one
        found.update(f"worlds {name}" for name in +one)
    return found


def _real(chunk: tuple[int, int]) -> Counter[str]:
    return measure(*chunk, real_gate, Rules())


def _weak(chunk: tuple[int, int]) -> Counter[str]:
    return measure(*chunk, k5_only, WEAK)


# Each mechanism that guards across rounds, and the gate without it.
MECHANISMS = {
    "singles_out": lambda sets: False,
    "centre": lambda people, known, levels, passes: 27,
    "makes_news": lambda *_: False,
}


def without(mechanism: str, worlds: int, seed: int) -> Counter[str]:
    """What the attacker finds when one mechanism of the gate is switched off."""
    with mock.patch.object(disclosure, mechanism, MECHANISMS[mechanism]):
        return measure(worlds, seed, real_gate, Rules())


def _off(chunk: tuple[str, int, int]) -> tuple[str, Counter[str]]:
    return chunk[0], without(*chunk)


def drill(worlds: int = 20_000, seed: int = 20) -> list[dict[str, object]]:
    """Rows for the drills' table. `value` is a share of displays, or of worlds where the name says so."""
    size = 100
    chunks = [(min(size, worlds - at), seed + at) for at in range(0, worlds, size)]
    with multiprocessing.Pool() as pool:
        found = sum(pool.imap_unordered(_real, chunks), Counter())
        few = chunks[: max(1, len(chunks) // 20)]
        control = sum(pool.imap_unordered(_weak, few), Counter())
        off: dict[str, Counter[str]] = {name: Counter() for name in MECHANISMS}
        for name, one in pool.imap_unordered(_off, [(name, *chunk) for name in MECHANISMS for chunk in few]):
            off[name] += one
    tried = found["displays"]

    def share(name: str) -> float:
        return found[name] / tried

    none = [
        _row(f"attacker: {who} names somebody", tried, "0", share(key), not found[key])
        for who, key in (("an outsider", "outsider"), ("the public", "public"), ("one insider", "insider"))
    ]
    bulk = [
        _row(
            f"attacker: three or more came or went alike, {who}",
            tried,
            "reported",
            share(f"bulk {who}"),
            True,
        )
        for who in ("outsider", "insider", "pair")
    ]
    broken = control["worlds outsider"] / control["worlds displays"]
    alone = share("alone pair")
    return [
        *none,
        _row(
            "attacker: a pair names somebody, one display alone",
            tried,
            "0.001 or less",
            alone,
            alone <= 0.001,
        ),
        _row(
            "attacker: a pair names somebody", tried, "0.001 or less", share("pair"), share("pair") <= 0.001
        ),
        *bulk,
        _row("attacker: claims that were false", tried, "0", share("!"), not found["!"]),
        _row(
            "attacker: worlds broken if k = 5 only", control["displays"], "over 0.25", broken, broken > 0.25
        ),
        *(
            _row(
                f"attacker: an insider names somebody, {name} off",
                one["displays"],
                "over 0",
                one["insider"] / one["displays"],
                one["insider"] > 0,
            )
            for name, one in off.items()
        ),
    ]


def _row(name: str, injected: int, expected: str, value: float, holds: bool) -> dict[str, object]:
    return {
        "name": name,
        "injected": injected,
        "expected": expected,
        "lost": 0,
        "doubled": 0,
        "value": round(value, 6),
        "holds": holds,
    }
