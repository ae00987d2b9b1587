"""How a milestone ended, and who sees it differently, ready to read: from the table's rows or from a release.

At the table a next step has a name and a kept view its words; outside it never had them to begin with.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from coalitions.models import Seat

from .models import Agreement, Dissent
from .models.framework import Level
from .models.record import How, Mark, Stand
from .scoring import claimed
from .texts import agree_how


@dataclass(frozen=True)
class Ending:
    """One version of what the table recorded on one milestone."""

    number: int
    low: Level
    high: Level
    how: str
    why: str
    stand: str
    above_because: str
    next_step: str
    owner: str
    due: date | None
    is_goal: bool | None
    goal: Level | None
    criteria: Mapping[str, str]
    claimed: bool
    by: str = ""
    at: datetime | None = None

    @property
    def agreed(self) -> bool:
        return self.how != How.NO_AGREEMENT

    @property
    def level(self) -> int | None:
        return self.low.value if self.agreed else None

    @property
    def says(self) -> str:
        if self.agreed:
            return str(self.low)
        return _("No agreement: from %(low)s to %(high)s") % {"low": self.low, "high": self.high}

    @property
    def how_text(self) -> str:
        return dict(zip(How.values, agree_how(), strict=True))[self.how].rstrip(".")

    @property
    def stand_text(self) -> str:
        return {
            Stand.YES: _("The parents and providers here stand behind it."),
            Stand.NO: _("The parents and providers here do not stand behind it."),
            Stand.MORE_TIME: _("The parents and providers here want more time."),
        }[Stand(self.stand)]

    @property
    def goal_text(self) -> str:
        if self.is_goal is None and self.goal is None:
            return ""
        now = (
            _("Not a goal for us now.")
            if self.is_goal is False
            else _("A goal for us now.")
            if self.is_goal
            else ""
        )
        year = _("In a year we want to be at %(level)s.") % {"level": self.goal} if self.goal else ""
        return f"{now} {year}".strip()

    @property
    def marks(self) -> list[tuple[str, int]]:
        """How many lines of the list were marked how, in the order of the marks."""
        counted = Counter(self.criteria.values())
        return [(str(mark.label), counted[mark.value]) for mark in Mark if counted[mark.value]]


@dataclass(frozen=True)
class View:
    """Somebody sees it differently. `text` is empty where it was withdrawn, or kept and read outside."""

    id: int
    text: str
    language: str
    by: str
    kept: bool
    withdrawn: bool
    answered: int
    mine: bool = False
    unnamed: bool = True

    @property
    def held_back(self) -> bool:
        return self.kept and not self.text and not self.withdrawn


def called(seat: Seat | None) -> str:
    """A person's name at their own table; their group when they have none, and never an address."""
    return (seat.name or str(seat.get_group_display())) if seat else ""


def ending_of(agreement: Agreement, levels: Iterable[Level], *, outcome: bool) -> Ending:
    """At the table. Reads `by`, `owner` and, of an outcome, `evidence`: fetch them with the agreement."""
    return _ending(
        {**vars(agreement), "proof": agreement.proof if outcome else 0},  # only an outcome is ever claimed
        levels,
        outcome=outcome,
        due=agreement.due,
        owner=called(agreement.owner) or agreement.owner_title,
        by=called(agreement.by),
        at=agreement.at,
    )


def ending_in(row: Mapping[str, Any], levels: Iterable[Level], *, outcome: bool) -> Ending:
    """In a release."""
    due = date.fromisoformat(row["due"]) if row["due"] else None
    return _ending(row, levels, outcome=outcome, due=due, owner=row["owner"])


def _ending(row: Mapping[str, Any], levels: Iterable[Level], *, outcome: bool, **more: Any) -> Ending:
    named = {level.value: level for level in levels}
    agreed = row["how"] != How.NO_AGREEMENT
    same = ("number", "how", "why", "stand", "above_because", "next_step", "is_goal", "criteria")
    return Ending(
        **{key: row[key] for key in same},
        low=named[row["low"]],
        high=named[row["high"]],
        goal=named.get(row["goal_level"]),
        claimed=agreed and claimed(outcome, row["low"], row["proof"]),
        **more,
    )


def view_of(dissent: Dissent, *, seat: Seat) -> View:
    """At the table, for the one who reads it: their own signed view can be changed."""
    return View(
        id=dissent.pk,
        text=dissent.text,
        language=dissent.language,
        by=called(dissent.seat),
        kept=not dissent.let_out,
        withdrawn=dissent.withdrawn_at is not None,
        answered=dissent.agreement.number,
        mine=dissent.seat_id == seat.pk,
        unnamed=dissent.seat_id is None,
    )


def view_in(row: Mapping[str, Any]) -> View:
    """In a release."""
    return View(
        **{key: row[key] for key in ("id", "text", "language", "by", "kept", "withdrawn", "answered")}
    )
