"""The milestones as the table last left them: agreed level, change, and the gap between groups."""

from dataclasses import dataclass, replace

from django.db.models import prefetch_related_objects

from coalitions.models import Coalition

from .. import scoring
from ..endings import Ending, ending_of
from ..models import Agreement, Round
from .board import Board, boards, items_of
from .rounds import newest_version


@dataclass(frozen=True)
class Line:
    """One milestone. `board` is of the newest opening; `ending` of `ended`, the newest round that recorded
    one, which may be older. `change` is in whole levels since the ending before that. `told` has all that was
    recorded for it, the oldest first."""

    board: Board
    opened: Round | None
    ended: Round | None
    ending: Ending | None
    change: int | None
    is_first: bool
    told: tuple[Agreement, ...] = ()

    @property
    def older(self) -> bool:
        return self.ended is not None and self.ended != self.opened


def ledger(coalition: Coalition, rounds: list[Round]) -> list[Line]:
    """Every milestone of the newest wording, in order. Two queries, whatever the number of rounds, and one for
    the evidence of levels that need some.

    `rounds` are all of the coalition's, newest first, with their wording.
    """
    framework = rounds[0].version.framework_id if rounds else None
    opened = [round for round in rounds if round.opened_at and round.version.framework_id == framework]
    listed = boards(opened[0]) if opened else _unopened(coalition, rounds)
    endings: dict[str, list[tuple[Round, Agreement]]] = {}
    known = {round.pk: round for round in opened}
    every: dict[str, list[Agreement]] = {}
    written = Agreement.objects.filter(round__in=opened).select_related("item", "by__member", "owner__member")
    for agreement in written.order_by("round__number", "number"):
        agreement.round = known[agreement.round_id]
        agreement.item.version = agreement.round.version
        every.setdefault(agreement.item.code, []).append(agreement)
        # Written in order, so the last of a round is what stands.
        told = endings.setdefault(agreement.item.code, [])
        if told and told[-1][0].pk == agreement.round_id:
            told.pop()
        told.append((known[agreement.round_id], agreement))
    standing = [agreement for told in endings.values() for _round, agreement in told]
    prefetch_related_objects([each for each in standing if each.item.is_outcome], "evidence")
    newest = opened[0] if opened else None
    lines = [_line(board, newest, endings.get(board.item.code, [])) for board in listed]
    return [replace(line, told=tuple(every.get(line.board.item.code, ()))) for line in lines]


def _unopened(coalition: Coalition, rounds: list[Round]) -> list[Board]:
    version = rounds[0].version if rounds else newest_version(coalition)
    return [Board(item, (), {}) for item in items_of(version)]


def _line(board: Board, opened: Round | None, told: list[tuple[Round, Agreement]]) -> Line:
    if not told:
        return Line(board, opened, None, None, None, is_first=False)
    (ended, agreement), before = told[-1], told[-2][1] if len(told) > 1 else None
    ending = ending_of(agreement, ended.version.levels, outcome=board.item.is_outcome)
    change = scoring.change(before.low if before and before.agreed else None, ending.level)
    return Line(board, opened, ended, ending, change, is_first=before is None)


def widest(lines: list[Line]) -> Line | None:
    """The milestone with the widest gap that is worth talking about; none when two are as wide."""
    worth = [line for line in lines if line.board.worth_talking_about]
    most = max((abs(line.board.gap or 0) for line in worth), default=0)
    found = [line for line in worth if abs(line.board.gap or 0) == most]
    return found[0] if len(found) == 1 else None
