"""A round as it is printed for its own table: what the table opened, saw and agreed."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from coalitions.models import Seat

from .. import scoring
from ..models import Evidence, Round
from ..told import Told
from .record import InRound, in_rounds
from .series import NEW, Link, links


@dataclass(frozen=True)
class Reported(Told):
    """`change` is in whole levels since the round before; None unless both were agreed and the series goes on.
    `series` is what became of the wording since: "", "editorial", "clarified", "redefined" or "new"."""

    change: int | None
    series: str


def reported(round: Round, *, before: Round | None, seat: Seat) -> list[Reported]:
    """Every milestone of an opened round, in order; nine queries at most, however many there are.

    `before` is the round to compare with, if there is one.
    """
    told = in_rounds([each for each in (before, round) if each], seat=seat)
    earlier = {each.item.code: each for each in told[before.pk]} if before else {}
    on = links(before.version, round.version) if before else {}
    seen = _seen(round)
    return [
        _reported(each, earlier, on.get(each.item.code, NEW) if before else None, seen[each.item.code])
        for each in told[round.pk]
    ]


def opened_before(round: Round) -> Round | None:
    """The newest opened round of this table before this one, on the same framework."""
    rounds = round.coalition.rounds.filter(opened_at__isnull=False, number__lt=round.number)
    same = rounds.filter(version__framework=round.version.framework_id)
    return same.select_related("version__framework").order_by("-number").first()


def _reported(
    each: InRound, earlier: dict[str, InRound], link: Link | None, evidence: list[dict[str, Any]]
) -> Reported:
    was = earlier.get(link.code) if link and link.code and link.goes_on else None
    ticks = each.board.ticks
    return Reported(
        board=each.board,
        versions=each.versions,
        evidence=[{**row, "ticked": ticks.get(row["id"])} for row in evidence],
        change=scoring.change(was.level if was else None, each.level),
        series="" if link is None else "new" if link.code is None else str(link.change),
    )


def _seen(round: Round) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    by_then = Q(round=None) | Q(round__number__lte=round.number)
    seen = Evidence.objects.filter(by_then, coalition=round.coalition_id, private_to=None, hidden=False)
    for each in seen.with_code_now():
        row = {"id": each.pk, "title": each.title, "note": each.note, "url": each.url}
        for code in {each.item_code, each.code_now}:
            found[code].append({**row, "kind": each.get_kind_display()})
    return found
