"""A person's own answers, for the score page alone. Nothing else may read a draft."""

from dataclasses import dataclass

from coalitions.models import Seat

from ..models import Agreement, Change, Draft, Evidence, Item, Round, Word
from .series import NEW, Link, Wordings, wordings


@dataclass(frozen=True)
class Mine:
    """The visitor's answers so far, by milestone."""

    items: list[Item]
    drafts: dict[int, Draft]

    @property
    def answered(self) -> set[int]:
        return {pk for pk, draft in self.drafts.items() if draft.pick is not None}

    @property
    def next_item(self) -> Item | None:
        return next((item for item in self.items if item.pk not in self.answered), None)

    @property
    def path(self) -> list[tuple[Item, bool]]:
        return [(item, item.pk in self.answered) for item in self.items]


def my_answers(round: Round, seat: Seat, items: list[Item]) -> Mine:
    """Two queries: drafts and their ticks."""
    drafts = {draft.item_id: draft for draft in round.drafts.filter(seat=seat).prefetch_related("ticks")}
    return Mine(items, drafts)


def seen_so_far(round: Round, seat: Seat, item: Item) -> list[Evidence]:
    """Evidence on this milestone that this seat may see while scoring."""
    return list(Evidence.objects.filter(coalition=round.coalition).about(item.code).seen_by(seat))


@dataclass(frozen=True)
class LastTime:
    """What the table recorded on this milestone before. `since` is what became of the wording; where it came to
    ask something else there is no agreement to compare with."""

    agreement: Agreement | None
    since: Link


def last_time(round: Round, item: Item) -> LastTime:
    """What was recorded last in this series; one query, and three more where nothing was in this wording."""
    before = Agreement.objects.filter(round__coalition=round.coalition_id, round__number__lt=round.number)
    before = before.select_related("round__version", "item").order_by("-round__number", "-number")
    same = before.filter(item__version=item.version_id, item__code=item.code).first()
    if same:
        return LastTime(same, Link(item.code, Change.SAME))
    since = NEW
    written = list(before.filter(round__version__framework=round.version.framework_id))
    asked = wordings([round.version, *(each.round.version for each in written)]) if written else Wordings({})
    for agreement in written:
        link = asked.link(agreement.round.version_id, round.version_id, item.code)
        if link.code == agreement.item.code:
            if link.goes_on:
                return LastTime(agreement, link)
            since = link
    return LastTime(None, since)


def texts_others_know(round: Round, seat: Seat, item: Item) -> tuple[list[str], list[str]]:
    """(words this table has read before, names of people at it), to warn a writer gently."""
    before = {"round__coalition": round.coalition, "round__number__lt": round.number, "item__code": item.code}
    known = set(Word.objects.filter(**before).exclude(text="").values_list("text", flat=True))
    known |= set(Agreement.objects.filter(**before).values_list("why", flat=True))
    known |= {text for pair in seen_so_far(round, seat, item) for text in (pair.title, pair.note) if text}
    others = round.coalition.seats.current().exclude(pk=seat.pk).select_related("member")
    return sorted(known), [other.name for other in others if other.name]
