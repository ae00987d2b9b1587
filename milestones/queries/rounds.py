"""Where a round is. Nothing here reads an answer."""

from dataclasses import dataclass

from coalitions.models import GROUPS_IN_PLURAL, Coalition, Group, Seat

from ..models import Framework, Part, Round, Version
from .roll import asks

MINUTES_EACH = 1.5


def minutes(questions: int) -> int:
    """About how long so many milestones take to answer; one at least."""
    return max(1, round(questions * MINUTES_EACH))


@dataclass(frozen=True)
class GroupProgress:
    group: Group
    asked: int
    answered: int

    @property
    def name(self) -> str:
        return str(GROUPS_IN_PLURAL[self.group])

    @property
    def kind(self) -> str:
        """The mark: circles are parents and providers, squares everyone else."""
        return "ot" if self.group.base == "others" else "pp"

    @property
    def missing(self) -> int:
        return self.asked - self.answered


@dataclass(frozen=True)
class Progress:
    """`asked` and `answered` are people, `items` milestones. Groups and names are for the lead alone, who
    reminds people; `left` (seat -> milestones) is read for the visitor's own seat."""

    asked: int
    answered: int
    items: int
    left: dict[int, int]
    groups: tuple[GroupProgress, ...]
    waiting_for: tuple[Seat, ...]


def progress(round: Round, *, seats: list[Seat] | None = None, items: int | None = None) -> Progress:
    """How many of those at the table have answered every milestone, while the round is open.

    `seats` are the coalition's current seats with their members, and `items` how many milestones the round asks
    about, for a page that has them already.
    """
    items = round.questions if items is None else items
    parts = {part.seat_id: part for part in Part.objects.filter(round=round) if part.seat_id}
    if seats is None:
        seats = list(round.coalition.seats.current().select_related("member"))
    seats = [seat for seat in seats if asks(parts.get(seat.pk), seat)]
    group_of = {seat.pk: parts[seat.pk].group if seat.pk in parts else seat.group for seat in seats}
    done = {seat.pk for seat in seats if seat.pk in parts and parts[seat.pk].saved == items}
    groups = []
    for group in Group:
        asked = [pk for pk, of in group_of.items() if of == group.value]
        if asked:
            groups.append(GroupProgress(group, len(asked), sum(1 for pk in asked if pk in done)))
    waiting = tuple(seat for seat in seats if seat.pk not in done)
    left = {seat.pk: items - ((parts[seat.pk].saved or 0) if seat.pk in parts else 0) for seat in seats}
    return Progress(len(seats), len(done), items, left, tuple(groups), waiting)


def roll_unknown_before(round: Round) -> bool:
    """Whether the table came here without who took part in an earlier round, so that the gate shows less. One query."""
    return round.coalition.rounds.filter(number__lt=round.number, roll_unknown=True).exists()


def latest_round(coalition: Coalition) -> Round | None:
    """The newest round, with its wording."""
    return coalition.rounds.select_related("version__framework").order_by("-number").first()


def all_rounds(coalition: Coalition) -> list[Round]:
    """Newest first, with their wording."""
    return list(coalition.rounds.select_related("version__framework").order_by("-number"))


def newest_version(coalition: Coalition) -> Version:
    """The newest wording of the framework this coalition uses, or of the first one there is.

    Its own, with local items, if it has one that follows the newest.
    """
    last = latest_round(coalition)
    framework = last.version.framework if last else Framework.objects.earliest("pk")
    newest = framework.versions.published().latest("pk")
    own = coalition.wordings.filter(follows=newest, draft=False).order_by("-pk").first()
    return own or newest
