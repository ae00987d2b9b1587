"""A release as a page: everything on it comes from the frozen document, nothing from live rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from web.charts.board import BoardGap

from . import headlines
from .endings import ending_in, view_in
from .models import Change, Item, Opening, Version
from .models.record import Kind
from .queries.board import Board, board_of
from .queries.series import NEW, Link
from .told import Told, headline_of

FIGURES = ("group", "people", "cannot_say", "counts", "average", "half")


@dataclass(frozen=True)
class ReleasedMilestone(Told):
    """`held` says whether its gap was worth talking about here and in the release before."""

    words: Sequence[tuple[str, str, Sequence[Mapping[str, Any]]]]
    held: bool
    since: Link

    @property
    def gaps(self) -> list[BoardGap]:
        """The bar is a mark, and outside the table a gap is marked when it held in two rounds."""
        return super().gaps if self.held else []

    @property
    def marked(self) -> bool:
        return self.held

    @property
    def averages(self) -> list[tuple[str, str]]:
        """Each group that is shown, and its average in words: all that there is of it in public."""
        return [
            (headlines.group_name(figure.group), headlines.tenths(figure.average))
            for figure in self.board.figures
        ]

    @property
    def dumbbell(self) -> str:
        return headlines.dumbbell_label(self.board)


@dataclass(frozen=True)
class ReleasedRound:
    name: str
    number: int
    meets_on: date
    framework: str
    participation: Mapping[str, Any]
    milestones: Sequence[ReleasedMilestone]
    compared: bool

    @property
    def representative(self) -> bool:
        return bool(self.participation["representative"])

    @property
    def headline(self) -> str:
        return headline_of(self.milestones)


def read(document: Mapping[str, Any], *, earlier: Mapping[str, Any] | None = None) -> ReleasedRound:
    """`earlier` is the release of the round before, to tell which gaps held."""
    before = {board.item.code: board for board, _row in _boards(earlier)} if earlier else {}
    of, compared = document["round"], earlier["round"]["number"] if earlier else None
    return ReleasedRound(
        name=of["name"],
        number=of["number"],
        meets_on=date.fromisoformat(of["meets_on"]),
        framework=f"{document['framework']['slug']} {document['framework']['version']}",
        participation=document["participation"],
        milestones=[
            _milestone(board, row, before, _since(row, compared)) for board, row in _boards(document)
        ],
        compared=earlier is not None,
    )


def read_one(document: Mapping[str, Any], code: str, *, held: bool) -> ReleasedMilestone | None:
    """One milestone of a release, or None; `held` says whether its gap was worth talking about before too."""
    rows = [row for row in document["items"] if row["code"] == code]
    there = [
        _milestone(board, row, {}, _since(row, (row.get("since") or {}).get("round")))
        for board, row in _boards({**document, "items": rows})
    ]
    return replace(there[0], held=held) if there else None


def _boards(document: Mapping[str, Any]) -> list[tuple[Board, Mapping[str, Any]]]:
    version = Version(scale=document["scale"], label=document["framework"]["version"])
    listed = []
    for position, row in enumerate(document["items"], start=1):
        content = {**row["names"], "kind": "outcome" if row["outcome"] else "both", "anchors": []}
        item = Item(
            version=version,
            position=position,
            code=row["code"],
            content=content,
            local=row.get("local", False),
        )
        figures = [Opening(**{key: figure[key] for key in FIGURES}) for figure in row["figures"]]
        listed.append((board_of(item, figures), row))
    return listed


def _since(row: Mapping[str, Any], compared: int | None) -> Link:
    """From the release of the round before. Releases from before wordings could change do not say it."""
    since = row.get("since")
    if since and since["round"] == compared:
        return Link(since["code"], Change(since["change"]), tuple(since["notes"]))
    return NEW if compared is None or since else Link(row["code"], Change.SAME)


def _milestone(
    board: Board, row: Mapping[str, Any], earlier: Mapping[str, Board], since: Link
) -> ReleasedMilestone:
    levels = board.item.version.levels
    before = earlier.get(since.code or "") if since.goes_on else None
    views = [view_in(each) for each in row["dissents"]]
    return ReleasedMilestone(
        board=board,
        versions=[
            (
                ending_in(each, levels, outcome=row["outcome"]),
                [view for view in views if view.answered == each["number"]],
            )
            for each in row["agreements"]
        ],
        words=_grouped(row["words"]),
        evidence=[{**each, "kind": Kind(each["kind"]).label} for each in row["evidence"]],
        held=_held(board, before),
        since=since,
    )


def _grouped(words: Sequence[Mapping[str, Any]]) -> list[tuple[str, str, list[Mapping[str, Any]]]]:
    """Words under the name and the mark of their group, parents and providers first."""
    return [
        (headlines.group_name(code), kind, [word for word in words if word["group"] == code])
        for code, kind in headlines.KINDS.items()
        if any(word["group"] == code for word in words)
    ]


def _held(board: Board, before: Board | None) -> bool:
    if before is None or not (board.worth_talking_about and before.worth_talking_about):
        return False
    return board.gap is not None and before.gap is not None and (board.gap > 0) == (before.gap > 0)
