"""One milestone with all that was said of it, ready to read: from a release, or from the table's own rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from web.charts.board import BoardGap, BoardRow

from . import headlines
from .endings import Ending, View
from .models import Item
from .models.framework import Level
from .queries.board import Board


@dataclass(frozen=True)
class Told:
    """`versions` are oldest first, each with the views that answered it."""

    board: Board
    versions: Sequence[tuple[Ending, Sequence[View]]]
    evidence: Sequence[Mapping[str, Any]]

    @property
    def item(self) -> Item:
        return self.board.item

    @property
    def ending(self) -> Ending | None:
        return self.versions[-1][0] if self.versions else None

    @property
    def levels(self) -> list[Level]:
        return self.item.version.levels

    @property
    def scale(self) -> list[tuple[int, str]]:
        return [(level.value, level.name) for level in self.levels]

    @property
    def headline(self) -> str:
        return headlines.headline(self.board, self.levels)

    @property
    def gap_sentence(self) -> str:
        return headlines.gap_sentence(self.board)

    @property
    def dumbbell(self) -> str:
        return headlines.dumbbell_label(self.board)

    @property
    def rows(self) -> list[BoardRow]:
        return headlines.rows(self.board, self.levels)

    @property
    def gaps(self) -> list[BoardGap]:
        return headlines.gaps(self.board)

    @property
    def marked(self) -> bool:
        return self.board.worth_talking_about

    @property
    def dissents(self) -> list[View]:
        return [view for _ending, views in self.versions for view in views]

    @property
    def caption(self) -> str:
        return headlines.caption(self.board, self.levels)


def headline_of(milestones: Sequence[Told]) -> str:
    """On how many milestones the table agreed, and where the two groups can be compared, who was lower."""
    agreed = sum(1 for each in milestones if each.ending and each.ending.agreed)
    said = _("The table agreed a level on %(agreed)s of %(all)s milestones.") % {
        "agreed": agreed,
        "all": len(milestones),
    }
    gaps = [each.board.gap for each in milestones if each.board.gap is not None]
    if not gaps:
        return said
    lower = ngettext(
        "Parents and providers were lower than other members on %(lower)s of the %(all)s milestone that shows both.",
        "Parents and providers were lower than other members on %(lower)s of the %(all)s milestones that show both.",
        len(gaps),
    ) % {"lower": sum(1 for gap in gaps if gap < 0), "all": len(gaps)}
    return f"{said} {lower}"
