"""What is told of one table in a file of `tables/`, read line by line. README.md beside them says how to write one."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "tables"
ROUNDS = range(1, 8)
LEVEL = re.compile(r"(?P<low>\d)(?:-(?P<high>\d))?(?P<how>[mv]?)(?P<stand>[?x]?)(?:\+(?P<goal>\d))? ")
HOW = {"": "everyone", "m": "most", "v": "voted"}
STAND = {"": "yes", "?": "time", "x": "no"}


@dataclass(frozen=True)
class Person:
    """`since` and `until` are rounds (0: still here); in the rounds of `silent` they did not answer. Before the
    round `leads_from` somebody at the table became its lead, before `leads_until` they handed it over."""

    name: str
    group: str
    title: str
    organization: str
    language: str = "en"
    since: int = 1
    until: int = 0
    silent: tuple[int, ...] = ()
    flags: frozenset[str] = frozenset()
    leads_from: int = 0
    leads_until: int = 0

    @property
    def key(self) -> str:
        return self.name.split()[0]

    @property
    def base(self) -> str:
        return {"parent": "parents", "provider": "providers"}.get(self.group, "others")

    @property
    def votes(self) -> bool:
        return not {"facilitator", "power"} & self.flags

    def sits_in(self, number: int) -> bool:
        return self.since <= number and (not self.until or number <= self.until)

    def answers_in(self, number: int) -> bool:
        return self.sits_in(number) and "facilitator" not in self.flags and number not in self.silent


@dataclass(frozen=True)
class Ending:
    """What the table recorded of one milestone. `answers` is a letter of `answers.WAYS`."""

    low: int
    high: int
    how: str
    stand: str
    goal: int | None
    why: str
    above: str
    step: str
    owner: str
    answers: str


@dataclass(frozen=True)
class Words:
    round: int
    code: str
    base: str
    language: str
    outside: bool
    text: str
    translation: str


@dataclass(frozen=True)
class View:
    round: int
    code: str
    by: str
    named: bool
    let_out: bool
    text: str


@dataclass(frozen=True)
class Seen:
    round: int
    code: str
    kind: str
    by: str
    outside: bool
    title: str
    note: str


@dataclass(frozen=True)
class Own:
    """A milestone of this table alone, asked from round `since` on; `endings` begin there."""

    since: int
    content: dict[str, Any]
    endings: tuple[Ending, ...]


@dataclass(frozen=True)
class Table:
    """`day` is the day of April or October on which it meets. From round `new_wording` on it uses the new wording;
    a round of `not_recorded` was opened and has no ending yet. One that `shares` lets its cohort read its newest
    goals and reasons."""

    name: str
    slug: str
    state: str
    time_zone: str
    cohort: str
    language: str
    contact: str
    day: int
    people: tuple[Person, ...]
    endings: dict[str, tuple[Ending, ...]]
    new_wording: int = 0
    not_recorded: tuple[int, ...] = ()
    words: tuple[Words, ...] = ()
    views: tuple[View, ...] = ()
    evidence: tuple[Seen, ...] = ()
    corrected: dict[tuple[int, str], Ending] = field(default_factory=dict)
    own: Own | None = None
    shares: bool = False

    def person(self, key: str) -> Person:
        return next(person for person in self.people if person.key == key)

    def ending(self, code: str, number: int) -> Ending:
        if code in self.endings:
            return self.endings[code][number - 1]
        assert self.own, f"nothing is told of {code}"  # noqa: S101
        return self.own.endings[number - self.own.since]


def tables() -> list[Table]:
    """By name."""
    return sorted(map(read, FOLDER.glob("*.toml")), key=lambda table: table.name)


def read(path: Path) -> Table:
    """KeyError or ValueError when something is missing or a line cannot be understood."""
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    endings = {code: _endings(told["answers"][code], text) for code, text in told["agreed"].items()}
    corrected = {}
    for key, line in told.get("corrected", {}).items():
        number, code = int(key.split("_")[1]), key.split("_")[0]
        corrected[number, code] = _ending(endings[code][number - 1].answers, line)
    return Table(
        name=told["name"],
        slug=told["slug"],
        state=told["state"],
        time_zone=told["time_zone"],
        cohort=told["cohort"],
        language=told.get("language", "en"),
        contact=told["contact"],
        day=told["day"],
        people=tuple(_person(parts) for parts in _lines(told["people"])),
        endings=endings,
        new_wording=told.get("new_wording", 0),
        not_recorded=tuple(told.get("not_recorded", ())),
        words=tuple(_words(*parts) for parts in _lines(told.get("words", ""))),
        views=tuple(_view(*parts) for parts in _lines(told.get("views", ""))),
        evidence=tuple(_seen(*parts) for parts in _lines(told.get("evidence", ""))),
        corrected=corrected,
        own=_own(told["own"]) if "own" in told else None,
        shares=told.get("shares", False),
    )


def _own(told: dict[str, Any]) -> Own:
    """Words come as English and Spanish."""

    def said(part: str, words: list[str]) -> dict[str, str]:
        return {part: words[0], f"{part}_es": words[1]}

    content = {
        "kind": "both",
        **said("name", told["name"]),
        **said("question", told["question"]),
        "anchors": [{"level": n, **said("text", words)} for n, words in enumerate(told["levels"], start=1)],
        "criteria": [
            {"code": f"L.{n}", "type": kind, **said("text", words)}
            for n, (kind, *words) in enumerate(told["lines"], start=1)
        ],
    }
    return Own(told["since"], content, _endings(told["answers"], told["agreed"]))


def _lines(text: str) -> Iterator[list[str]]:
    for line in text.strip().splitlines():
        yield [part.strip() for part in line.split("|")]


def _person(parts: list[str]) -> Person:
    name, group, title, organization, said = (*parts, "", "")[:5]
    marks = said.split()
    years = next((mark for mark in marks if re.fullmatch(r"\d?-\d?", mark)), "1-")
    since, until = (int(part or 0) for part in years.split("-"))
    silent = tuple(int(mark[1:]) for mark in marks if re.fullmatch(r"!\d", mark))
    flags = frozenset(marks) & {"lead", "facilitator", "power"}
    turns = {mark[:5]: int(mark[5:]) for mark in marks if re.fullmatch(r"lead[<>]\d", mark)}
    language = "es" if "es" in marks else "en"
    return Person(
        name, group, title, organization, language, since or 1, until, silent, flags,
        leads_from=turns.get("lead>", 0), leads_until=turns.get("lead<", 0),
    )  # fmt: skip


def _endings(answers: str, text: str) -> tuple[Ending, ...]:
    return tuple(
        _ending(way, line) for way, line in zip(answers.split(), text.strip().splitlines(), strict=True)
    )


def _ending(answers: str, line: str) -> Ending:
    """`2-4m?+3 Why. ^ Why above. > Next step @Owner`."""
    found = LEVEL.match(line)
    if found is None:
        raise ValueError(f"no level at the beginning of: {line}")
    rest, _, step = line[found.end() :].partition(" > ")
    why, _, above = rest.partition(" ^ ")
    step, _, owner = step.partition(" @")
    low = int(found["low"])
    return Ending(
        low=low,
        high=int(found["high"] or low),
        how="none" if found["high"] else HOW[found["how"]],
        stand=STAND[found["stand"]],
        goal=int(found["goal"]) if found["goal"] else None,
        why=why,
        above=above,
        step=step,
        owner=owner,
        answers=answers,
    )


def _words(where: str, base: str, said: str, text: str, translation: str = "") -> Words:
    number, code = where.split()
    return Words(int(number), code, base, said.rstrip("!"), said.endswith("!"), text, translation)


def _view(where: str, by: str, how: str, text: str) -> View:
    number, code = where.split()
    return View(int(number), code, by, "named" in how, "out" in how, text)


def _seen(where: str, kind: str, by: str, title: str, note: str = "") -> Seen:
    number, code = where.split()
    return Seen(int(number), code, kind.rstrip("!"), by, kind.endswith("!"), title, note)
