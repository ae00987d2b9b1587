"""Twenty thousand people send while a process that serves them is killed over and over: none lost, doubled or cut.

Where a row is not tied to its visit, the same kills double answers.
"""

from .kills import measure

SENT, KILLS = 20_000, 110


def drill(many: int = SENT, kills: int = KILLS) -> list[dict[str, object]]:
    real = measure(many, kills)
    control = measure(many // 10, kills // 4, tied=False)
    whole = not (real["lost"] or real["doubled"] or real["partial"]) and real["codes"] == many
    return [
        a_row("", real, "0 lost, 0 doubled, 0 partial", whole and real["kills"] >= min(kills, 100)),
        a_row(", control: not tied to the visit", control, "doubled: more", control["doubled"] > 0),
    ]


def a_row(name: str, found: dict, expected: str, holds: bool) -> dict[str, object]:
    return {
        "name": f"answers on {found['on']}: {found['kills']} x kill -9{name}",
        "injected": found["many"],
        "expected": expected,
        "lost": found["lost"],
        "doubled": found["doubled"],
        "value": found["retries"],
        "holds": holds,
    }
