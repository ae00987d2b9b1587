"""The milestones as the table last left them: agreed level, change, and the gap between groups."""

from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from coalitions.models import Coalition

from .. import scoring
from ..endings import Ending, ending_of
from ..models import Agreement, Round
from .board import Board, boards, items_of
from .rounds import newest_version
from .series import Link, Wordings, wordings


@dataclass(frozen=True)
class Line:
    """One milestone. `board` is of the newest opening; `ending` of `ended`, the newest round of this series that
    recorded one, which may be older. `change` is in whole levels since the ending before that, and `since` what
    became of the wording meanwhile; `anew` when it asks something else than before."""

    board: Board
    opened: Round | None
    ended: Round | None
    ending: Ending | None
    change: int | None
    is_first: bool
    since: Link | None = None
    anew: bool = False

    @property
    def older(self) -> bool:
        return self.ended is not None and self.ended != self.opened


@dataclass(frozen=True)
class Ledger:
    """`told` has all that was recorded, the oldest first, and what is asked no more too."""

    lines: list[Line]
    told: list[Agreement]


def ledger(coalition: Coalition, rounds: list[Round]) -> Ledger:
    """Every milestone of the newest wording, in order. Two queries, whatever the number of rounds, one for the
    evidence of levels that need some, and one where the wording has changed.

    `rounds` are all of the coalition's, newest first, with their wording.
    """
    framework = rounds[0].version.framework_id if rounds else None
    opened = [round for round in rounds if round.opened_at and round.version.framework_id == framework]
    listed = boards(opened[0]) if opened else _unopened(coalition, rounds)
    known = {round.pk: round for round in opened}
    told: list[Agreement] = []
    standing: dict[tuple[int, str], Agreement] = {}
    written = Agreement.objects.filter(round__in=opened).select_related("item", "by__member", "owner__member")
    for agreement in written.order_by("round__number", "number"):
        agreement.round = known[agreement.round_id]
        agreement.item.version = agreement.round.version
        told.append(agreement)
        # Written in order, so the last of a round is what stands.
        standing[agreement.round_id, agreement.item.code] = agreement
    outcomes = [each for each in standing.values() if each.item.is_outcome]
    prefetch_related_objects(outcomes, "evidence")
    versions = {round.version_id: round.version for round in opened}
    asked = wordings(versions.values()) if len(versions) > 1 else Wordings({})
    return Ledger([_line(board, opened, standing, asked) for board in listed], told)


def _unopened(coalition: Coalition, rounds: list[Round]) -> list[Board]:
    version = rounds[0].version if rounds else newest_version(coalition)
    return [Board(item, (), {}) for item in items_of(version)]


def _line(
    board: Board, opened: list[Round], standing: dict[tuple[int, str], Agreement], asked: Wordings
) -> Line:
    newest = opened[0] if opened else None
    told: list[tuple[Round, Agreement, Link]] = []  # the newest first
    anew = False
    for round in opened:
        link = asked.link(round.version_id, board.item.version_id, board.item.code)
        anew = anew or (link.code is not None and not link.goes_on)
        agreement = standing.get((round.pk, link.code or "")) if link.goes_on else None
        if agreement:
            told.append((round, agreement, link))
    if not told:
        return Line(board, newest, None, None, None, is_first=False, anew=anew)
    ended, newest_agreement, _link = told[0]
    before, since = (told[1][1], told[1][2]) if len(told) > 1 else (None, None)
    ending = ending_of(newest_agreement, ended.version.levels, outcome=board.item.is_outcome)
    change = scoring.change(before.low if before and before.agreed else None, ending.level)
    return Line(
        board,
        newest,
        ended,
        ending,
        change,
        is_first=before is None,
        since=since,
        anew=anew and before is None,
    )


def widest(lines: list[Line]) -> Line | None:
    """The milestone with the widest gap that is worth talking about; none when two are as wide."""
    worth = [line for line in lines if line.board.worth_talking_about]
    most = max((abs(line.board.gap or 0) for line in worth), default=0)
    found = [line for line in worth if abs(line.board.gap or 0) == most]
    return found[0] if len(found) == 1 else None
