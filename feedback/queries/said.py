"""What people said and what the table did, for anybody to read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from coalitions.models import Coalition

from ..models import SaidAndDone

MOST = 3


@dataclass(frozen=True)
class Shown:
    said: str
    said_in: str  # the language it is in
    did: str
    did_in: str
    done: str
    due: date | None


def last_said(coalition: Coalition, language: str, *, most: int = MOST) -> list[Shown]:
    """The newest ones, but for those whose quote was hidden since. One query."""
    rows = coalition.said_and_done.exclude(said={})  # type: ignore[attr-defined]
    return shown(rows[:most], language)


def shown(rows: Iterable[SaidAndDone], language: str) -> list[Shown]:
    """Each in this language where it was written in it, else in its first."""
    found = []
    for row in rows:
        said_in, did_in = _in(row.said, language, row.language), _in(row.did, language, row.language)
        said, did = row.said.get(said_in, ""), row.did.get(did_in, "")
        found.append(Shown(said, said_in, did, did_in, row.done, row.due))
    return found


def _in(texts: dict[str, str], language: str, first: str) -> str:
    return next((each for each in (language, first, *texts) if texts.get(each)), first)


@dataclass(frozen=True)
class AtTheTable:
    row: SaidAndDone
    told: Shown
    late: bool  # its day has passed, and it is not done


def table_said(coalition: Coalition, language: str, *, today: date) -> list[AtTheTable]:
    """All of it, the newest first. One query."""
    rows = list(coalition.said_and_done.all())  # type: ignore[attr-defined]
    return [
        AtTheTable(row, told, bool(told.due and told.due < today))
        for row, told in zip(rows, shown(rows, language), strict=True)
    ]


def let_out(coalition: Coalition, language: str) -> list[tuple[date, Shown]]:
    """What the table lets everybody read, each with its day, of which a page shows the month. One query."""
    rows = [row for row in coalition.said_and_done.filter(public=True) if row.said]  # type: ignore[attr-defined]
    return [(row.on, told) for row, told in zip(rows, shown(rows, language), strict=True)]
