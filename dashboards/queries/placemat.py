"""One sheet for the middle of the table: where we were, what to talk about first, and what we promised."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from checkins.queries.standing import Standing, standings
from checkins.queries.steps import open_steps
from coalitions.models import Seat
from milestones import headlines
from milestones.endings import Ending
from milestones.models import Item, Round
from milestones.queries.board import Board, boards, items_of
from milestones.queries.record import InRound, in_rounds
from milestones.queries.report import opened_before
from milestones.queries.series import Link, links

TALK = 3  # what a meeting can begin with
ROWS = 10  # from more than this the type is as small as it gets
SEVEN_AND_ONE = 8
LETTERS, LETTERS_BESIDE = (
    320,
    420,
)  # of all names, and of steps and talk beside them, from which the type is smaller
NAME, NAME_PACKED, STEP, WHO = 64, 36, 90, 40  # letters, from which a text is visibly cut
STEPS = 5  # what fits on the sheet; the rest is on the page of the check-in


@dataclass(frozen=True)
class Line:
    """One milestone. `ending` is what the table recorded last time, `board` what it saw: of this round once that is
    opened, else of the last. `anew` says that its wording changed too much to compare."""

    item: Item
    ending: Ending | None
    board: Board
    anew: bool

    @property
    def row(self) -> dict[str, Any]:
        return headlines.gap_row(self.board)

    @property
    def gap_sentence(self) -> str:
        return headlines.gap_sentence(self.board)


@dataclass(frozen=True)
class Placemat:
    """`last` is the newest opened round before this one, `seen` the round whose groups are shown."""

    round: Round
    last: Round | None
    seen: Round | None
    lines: list[Line]
    steps: list[Standing]
    more: int

    @property
    def type(self) -> str:
        """How small the type has to be for all of it to stand on one page: as it is, "many" or "packed"."""
        if len(self.lines) > ROWS:
            return "many packed"
        names = sum(min(len(line.item.name), NAME) for line in self.lines)
        beside = sum(min(len(each.step.text), STEP) + min(len(each.who), WHO) for each in self.steps)
        beside += sum(min(len(line.item.name), NAME) for line in self.talk)
        crowded = len(self.lines) > SEVEN_AND_ONE or names > LETTERS or beside > LETTERS_BESIDE
        return "many" if crowded else ""

    @property
    def name_room(self) -> int:
        """Letters of a milestone's name; a longer one is visibly cut."""
        return NAME_PACKED if len(self.lines) > ROWS else NAME

    @property
    def talk(self) -> list[Line]:
        """The widest gaps worth talking about, then what was left without agreement."""
        wide = [line for line in self.lines if line.board.worth_talking_about]
        open_still = [line for line in self.lines if line.ending and not line.ending.agreed]
        first = sorted(wide, key=lambda line: -abs(line.board.gap or 0))
        return (first + [line for line in open_still if line not in wide])[:TALK]


def placemat(round: Round, *, seat: Seat, today: date) -> Placemat:
    """In at most ten queries. Of a round that is not opened it reads nothing but its wording."""
    last = opened_before(round)
    seen = round if round.opened_at else last
    told = {each.item.code: each for each in in_rounds([last], seat=seat)[last.pk]} if last else {}
    on = links(last.version, round.version) if last else {}
    now = {board.item.code: board for board in boards(round)} if round.opened_at else {}
    steps = standings(open_steps(round.coalition), today=today)
    return Placemat(
        round=round,
        last=last,
        seen=seen,
        lines=[_line(item, on.get(item.code), told, now) for item in items_of(round.version)],
        steps=steps[:STEPS],
        more=len(steps[STEPS:]),
    )


def _line(item: Item, link: Link | None, told: dict[str, InRound], now: dict[str, Board]) -> Line:
    was = told.get(link.code) if link and link.code and link.goes_on else None
    before = Board(item, was.board.figures, {}) if was else Board(item, (), {})
    return Line(item, was.ending if was else None, now.get(item.code, before), anew=bool(told and not was))
