"""What the table recorded, over all its rounds. The number of queries never grows with rounds or people."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from coalitions.models import Coalition, Seat

from ..endings import Ending, View, ending_of, view_of
from ..models import Agreement, Change, Dissent, Evidence, Item, Opening, Round
from ..models.record import Audience
from .board import Board, board_of
from .rounds import newest_version
from .series import Link, Wordings, wordings


@dataclass(frozen=True)
class InRound:
    """One milestone in one opened round. `versions` are oldest first, each with the views that answered it.

    `link` leads to it from the newest wording; `step` is what became of the wording since the round before, if any.
    """

    round: Round
    item: Item
    board: Board
    versions: tuple[tuple[Ending, tuple[View, ...]], ...]
    link: Link
    step: Link | None

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
    """One milestone over all rounds, oldest first, with what was seen. `over` when it is asked no more."""

    item: Item
    rounds: tuple[InRound, ...]
    evidence: tuple[Evidence, ...]
    over: bool

    @property
    def series(self) -> tuple[InRound, ...]:
        """The rounds whose levels may be compared: since it last came to ask something else."""
        return tuple(each for each in self.rounds if each.link.goes_on)


def story(coalition: Coalition, code: str, *, seat: Seat) -> Story | None:
    """One milestone over all rounds; None when this coalition's framework never had such a milestone."""
    rounds = list(coalition.rounds.select_related("version__framework").order_by("number"))
    framework = rounds[-1].version.framework_id if rounds else None
    of_it = [round for round in rounds if round.version.framework_id == framework]
    item = _newest_item(code, of_it) or newest_version(coalition).items.filter(code=code).first()
    if item is None:
        return None
    versions = {round.version_id: round.version for round in of_it}
    if item.version_id in versions:
        item.version = versions[item.version_id]
    asked = wordings([*versions.values(), item.version]) if len(versions) > 1 else Wordings({})
    told = _in_rounds([round for round in of_it if round.opened_at], item, asked, seat=seat)
    codes = {code, *(each.item.code for each in told)}
    seen = Evidence.objects.filter(coalition=coalition, item_code__in=codes, private_to=None, hidden=False)
    over = item.version_id in versions and item.version_id != rounds[-1].version_id
    return Story(item, tuple(told), tuple(seen), over)


def asked_no_more(rounds: list[Round]) -> list[Item]:
    """What opened rounds asked and the newest of them did not, under any name, the newest wording of each; two
    queries, and none while there was one wording. `rounds` are all, newest first, with their wording."""
    framework = rounds[0].version.framework_id if rounds else None
    opened = [round for round in rounds if round.opened_at and round.version.framework_id == framework]
    versions = {round.version_id: round.version for round in opened}
    if len(versions) < 2:
        return []
    asked, newest = wordings(versions.values()), opened[0].version_id
    goes_on = {version: {link.code for link in asked.links(version, newest).values()} for version in versions}
    found: dict[str, Item] = {}
    for item in Item.objects.filter(version__in=versions).order_by("-version", "position"):
        if item.code not in goes_on[item.version_id]:
            found.setdefault(item.code, item)
    return list(found.values())


def in_rounds(rounds: list[Round], *, seat: Seat) -> dict[int, list[InRound]]:
    """Per round, every milestone it opened, in order, each by itself; five queries, whatever the number of rounds."""
    versions = {round.version_id for round in rounds}
    items: dict[int, list[Item]] = defaultdict(list)
    for item in Item.objects.filter(version__in=versions).order_by("position"):
        items[item.version_id].append(item)
    told = _told_of(rounds)
    return {
        round.pk: [
            _in_round(round, item, told, seat, Link(item.code, Change.SAME), None)
            for item in items[round.version_id]
        ]
        for round in rounds
    }


def _newest_item(code: str, rounds: list[Round]) -> Item | None:
    """As the newest round that has it words it: what is asked no more keeps its record."""
    order = [round.version_id for round in rounds]
    items = {item.version_id: item for item in Item.objects.filter(version__in=order, code=code)}
    return next((items[version] for version in reversed(order) if version in items), None)


def _in_rounds(rounds: list[Round], newest: Item, asked: Wordings, *, seat: Seat) -> list[InRound]:
    """Every round that opened this milestone, however it was worded then; five queries."""
    links = {round: asked.link(round.version_id, newest.version_id, newest.code) for round in rounds}
    codes = {link.code for link in links.values()}
    items = {
        (item.version_id, item.code): item
        for item in Item.objects.filter(version__in={round.version_id for round in rounds}, code__in=codes)
    }
    at = {
        round: items[round.version_id, link.code]
        for round, link in links.items()
        if link.code is not None and (round.version_id, link.code) in items
    }
    told_of = _told_of(list(at), items={item.pk for item in at.values()})
    told: list[InRound] = []
    for round, item in at.items():
        before = told[-1] if told else None
        step = asked.link(before.round.version_id, round.version_id, item.code) if before else None
        told.append(_in_round(round, item, told_of, seat, links[round], step))
    return told


@dataclass(frozen=True)
class _Told:
    """By round and item, and dissent by agreement."""

    openings: dict[tuple[int, int], list[Opening]]
    agreements: dict[tuple[int, int], list[Agreement]]
    dissents: dict[int, list[Dissent]]


def _told_of(rounds: list[Round], *, items: set[int] | None = None) -> _Told:
    """All that was opened, recorded and said differently, or only on these items."""
    told = _Told(defaultdict(list), defaultdict(list), defaultdict(list))
    only: dict[str, Any] = {"round__in": rounds} | ({} if items is None else {"item__in": items})
    for row in Opening.objects.filter(audience=Audience.TABLE, **only):
        told.openings[row.round_id, row.item_id].append(row)
    written = Agreement.objects.filter(**only).select_related("by__member", "owner__member")
    for agreement in written.prefetch_related("evidence"):
        told.agreements[agreement.round_id, agreement.item_id].append(agreement)
    for dissent in Dissent.objects.filter(**only).select_related("seat__member", "agreement"):
        told.dissents[dissent.agreement_id].append(dissent)
    return told


def _in_round(round: Round, item: Item, told: _Told, seat: Seat, link: Link, step: Link | None) -> InRound:
    # Items of one version are shared by its rounds; each has the same wording.
    item.version = round.version
    levels, where = round.version.levels, (round.pk, item.pk)
    read = tuple(
        (
            ending_of(each, levels, outcome=item.is_outcome),
            tuple(view_of(view, seat=seat) for view in told.dissents[each.pk]),
        )
        for each in told.agreements[where]
    )
    return InRound(round, item, board_of(item, told.openings[where]), read, link, step)


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
    kept = round.coalition.evidence.filter(outside=False, private_to=None, hidden=False)
    seen = kept.with_code_now().filter(Q(item_code__in=codes) | Q(code_now__in=codes))
    return Inside(
        views=round.dissents.filter(let_out=False, withdrawn_at=None).count(),
        words=round.words.filter(quotable=False, withdrawn_at=None, withheld_because="").count(),
        evidence=seen.count(),
    )
