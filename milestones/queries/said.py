"""What people said about one milestone of an opened round: words, evidence, agreement, dissent."""

from dataclasses import dataclass

from coalitions.models import Seat

from ..endings import Ending, View, ending_of, view_of
from ..models import Evidence, Item, Round, Word
from .board import Board


@dataclass(frozen=True)
class Said:
    """`words` are (group, words), parents and providers first; `evidence` is (evidence, how many ticked it)."""

    words: list[tuple[str, list[Word]]]
    evidence: list[tuple[Evidence, int | None]]
    agreements: list[Ending]
    dissents: list[View]

    @property
    def agreement(self) -> Ending | None:
        return self.agreements[-1] if self.agreements else None


ORDER = ("parents", "parents+providers", "providers", "others", "parents+providers+others")


def said_about(round: Round, item: Item, board: Board, *, seat: Seat) -> Said:
    """Four queries, five with evidence linked to agreements."""
    grouped: dict[str, list[Word]] = {}
    for word in round.words.filter(item=item):
        grouped.setdefault(word.group, []).append(word)
    seen = Evidence.objects.filter(coalition=round.coalition, private_to=None, hidden=False).about(item.code)
    written = round.agreements.filter(item=item).select_related("by__member", "owner__member")
    agreements = written.prefetch_related("evidence")
    dissents = round.dissents.filter(item=item).select_related("seat__member", "agreement")
    return Said(
        words=sorted(grouped.items(), key=lambda pair: ORDER.index(pair[0])),
        evidence=[(evidence, board.ticks.get(evidence.pk)) for evidence in seen],
        agreements=[ending_of(each, item.version.levels, outcome=item.is_outcome) for each in agreements],
        dissents=[view_of(each, seat=seat) for each in dissents],
    )
