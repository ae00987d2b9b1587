"""What the table recorded, over all its rounds. The number of queries never grows with rounds or people."""

from collections import defaultdict
from dataclasses import dataclass

from coalitions.models import Coalition, Seat

from ..endings import Ending, View, ending_of, view_of
from ..models import Agreement, Dissent, Evidence, Item, Opening, Round
from ..models.record import Audience
from .board import Board, board_of
from .rounds import newest_version


@dataclass(frozen=True)
class InRound:
    """One milestone in one opened round. `versions` are oldest first, each with the views that answered it."""

    round: Round
    item: Item
    board: Board
    versions: tuple[tuple[Ending, tuple[View, ...]], ...]

    @property
    def ending(self) -> Ending | None:
        return self.versions[-1][0] if self.versions else None

    @property
    def level(self) -> int | None:
        return self.ending.level if self.ending else None

    @property
    def released(self) -> bool:
        return self.round.released_at is not None


@dataclass(frozen=True)
class Story:
    """One milestone over all rounds, oldest first, with what was seen."""

    item: Item
    rounds: tuple[InRound, ...]
    evidence: tuple[Evidence, ...]


def story(coalition: Coalition, code: str, *, seat: Seat) -> Story | None:
    """One milestone over all rounds; None when this coalition's framework has no such milestone."""
    rounds = _rounds(coalition)
    version = rounds[-1].version if rounds else newest_version(coalition)
    item = version.items.filter(code=code).first()
    if item is None:
        return None
    item.version = version
    told = _in_rounds(_opened(rounds), seat=seat, code=code).get(code, [])
    seen = Evidence.objects.filter(coalition=coalition, item_code=code, private_to=None, hidden=False)
    return Story(item, tuple(told), tuple(seen))


def in_rounds(rounds: list[Round], *, seat: Seat) -> dict[int, list[InRound]]:
    """Per round, every milestone it opened, in order; five queries, whatever the number of rounds."""
    found: dict[int, list[InRound]] = {round.pk: [] for round in rounds}
    for told in _in_rounds(rounds, seat=seat).values():
        for each in told:
            found[each.round.pk].append(each)
    return {pk: sorted(told, key=lambda each: each.item.position) for pk, told in found.items()}


def _rounds(coalition: Coalition) -> list[Round]:
    """All rounds, oldest first."""
    rounds = coalition.rounds.select_related("version__framework")
    return list(rounds.order_by("number"))


def _opened(rounds: list[Round]) -> list[Round]:
    """The opened rounds on the newest round's framework: one scale, one series."""
    framework = rounds[-1].version.framework_id if rounds else None
    return [round for round in rounds if round.opened_at and round.version.framework_id == framework]


def _in_rounds(rounds: list[Round], *, seat: Seat, code: str = "") -> dict[str, list[InRound]]:
    """Per milestone code, every round that opened it; five queries."""
    items: dict[int, list[Item]] = defaultdict(list)
    only = {"code": code} if code else {}
    for item in Item.objects.filter(version__in={round.version_id for round in rounds}, **only):
        items[item.version_id].append(item)
    only = {"item__code": code} if code else {}
    openings: dict[tuple[int, int], list[Opening]] = defaultdict(list)
    for row in Opening.objects.filter(round__in=rounds, audience=Audience.TABLE, **only):
        openings[row.round_id, row.item_id].append(row)
    agreements: dict[tuple[int, int], list[Agreement]] = defaultdict(list)
    written = Agreement.objects.filter(round__in=rounds, **only).select_related("by__member", "owner__member")
    for agreement in written.prefetch_related("evidence"):
        agreements[agreement.round_id, agreement.item_id].append(agreement)
    dissents: dict[int, list[Dissent]] = defaultdict(list)
    for dissent in Dissent.objects.filter(round__in=rounds, **only).select_related(
        "seat__member", "agreement"
    ):
        dissents[dissent.agreement_id].append(dissent)
    told: dict[str, list[InRound]] = defaultdict(list)
    for round in rounds:
        for item in items[round.version_id]:
            where = (round.pk, item.pk)
            versions = [(each, dissents[each.pk]) for each in agreements[where]]
            told[item.code].append(_in_round(round, item, openings[where], versions, seat))
    return told


def _in_round(
    round: Round,
    item: Item,
    openings: list[Opening],
    versions: list[tuple[Agreement, list[Dissent]]],
    seat: Seat,
) -> InRound:
    # Items of one version are shared by its rounds; each has the same wording.
    item.version = round.version
    levels = round.version.levels
    read = tuple(
        (ending_of(each, levels, outcome=item.is_outcome), tuple(view_of(view, seat=seat) for view in views))
        for each, views in versions
    )
    return InRound(round, item, board_of(item, openings), read)


def newest_agreement(round: Round, item: Item) -> Agreement | None:
    """With everything an `Ending` reads."""
    rows = round.agreements.filter(item=item).select_related("by__member", "owner__member")
    return rows.prefetch_related("evidence").last()


def not_ended(round: Round) -> list[Item]:
    """The milestones that still need a level, or “no agreement”, in order."""
    return list(round.version.items.exclude(pk__in=round.agreements.values("item")))


@dataclass(frozen=True)
class Inside:
    """How much of a round a release leaves at the table."""

    views: int
    words: int
    evidence: int


def stays_inside(round: Round) -> Inside:
    codes = round.version.items.values("code")
    seen = round.coalition.evidence.filter(item_code__in=codes, outside=False, private_to=None, hidden=False)
    return Inside(
        views=round.dissents.filter(let_out=False, withdrawn_at=None).count(),
        words=round.words.filter(quotable=False, withdrawn_at=None, withheld_because="").count(),
        evidence=seen.count(),
    )
