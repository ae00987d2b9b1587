"""What needs a lead at a table: counts, and the page where each is looked after. No answer, and no name."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext_lazy

from coalitions.models import Coalition, Invitation, Seat
from milestones.models import Item, Part, Round, Stage
from milestones.queries.roll import asks
from outbox.queries import problem_addresses

from .steps import open_steps

UNUSED_FOR = timedelta(days=7)
HALF_A_YEAR = timedelta(days=182)

UNREACHED = ngettext_lazy(
    "Mail does not reach %(n)s person in the open round.",
    "Mail does not reach %(n)s people in the open round.",
    "n",
)
HELP = ngettext_lazy("%(n)s next step needs help.", "%(n)s next steps need help.", "n")
LAPSED = ngettext_lazy(
    "%(n)s next step is past its day, and nobody has said how it went.",
    "%(n)s next steps are past their day, and nobody has said how they went.",
    "n",
)
CLOSED = gettext_lazy("The round has closed. Its answers wait to be opened together.")
NOT_RECORDED = ngettext_lazy(
    "The table has not recorded yet what it agrees on %(n)s milestone.",
    "The table has not recorded yet what it agrees on %(n)s milestones.",
    "n",
)
AGREED = gettext_lazy("The round is agreed. It has not been released to evaluators.")
UNUSED = ngettext_lazy(
    "%(n)s invitation has not been used for more than a week.",
    "%(n)s invitations have not been used for more than a week.",
    "n",
)
NO_ROUND = gettext_lazy("The last round was opened six months ago, and no new one is planned.")


@dataclass(frozen=True)
class Need:
    """One sentence, in the language of whoever reads it, and the address of its page on this site."""

    said: object
    path: str
    n: int = 1

    @property
    def sentence(self) -> str:
        return str(self.said % {"n": self.n})  # type: ignore[operator]


def needs(coalition: Coalition, *, now: datetime) -> tuple[Need, ...]:
    """The most pressing first. Nine queries at most, whatever there is."""
    rounds = list(coalition.rounds.order_by("-number"))
    seats = list(coalition.seats.current().filter(member__is_active=True).select_related("member"))
    asked = _asked_in(coalition)
    found = (
        *_about_rounds(coalition, rounds, seats, asked, now),
        *_about_steps(coalition, now),
        *_about_invitations(coalition, seats, asked, now),
    )
    return tuple(need for need in found if need.n)


def _about_rounds(
    coalition: Coalition,
    rounds: list[Round],
    seats: list[Seat],
    asked: dict[int, list[Invitation]],
    now: datetime,
) -> Iterator[Need]:
    here = [coalition.slug]
    for round in rounds:
        stage = round.stage(now)
        at = [coalition.slug, round.number]
        if stage == Stage.OPEN:
            yield Need(UNREACHED, reverse("people", args=here), _unreached(round, seats, asked))
        elif stage == Stage.CLOSED:
            yield Need(CLOSED, reverse("open_answers", args=at))
        elif stage == Stage.OPENED:
            open_still = Item.objects.filter(version=round.version_id).exclude(
                pk__in=round.agreements.values("item")
            )
            yield Need(NOT_RECORDED, reverse("round", args=at), open_still.count())
        elif stage == Stage.AGREED:
            yield Need(AGREED, reverse("release", args=at))
    last = rounds[0].opened_at if rounds else None
    if last and last <= now - HALF_A_YEAR:
        yield Need(NO_ROUND, reverse("new_round", args=here))


def _unreached(round: Round, seats: list[Seat], asked: dict[int, list[Invitation]]) -> int:
    """Of all whom the round asks, so that the number says nothing about who has answered. An address is looked
    up only if its owner sits here, or this table has written to it."""
    parts = {part.seat_id: part for part in Part.objects.filter(round=round)}
    mailed = {pk for pk, each in asked.items() if any(one.way == Invitation.MAIL for one in each)}
    known = [seat for seat in seats if seat.arrived or seat.pk in mailed]
    addresses = [seat.email for seat in known if asks(parts.get(seat.pk), seat)]
    return len(problem_addresses(addresses))


def _about_steps(coalition: Coalition, now: datetime) -> Iterator[Need]:
    steps, today = open_steps(coalition), coalition.today(now)
    page = coalition.get_absolute_url()
    yield Need(HELP, page, sum(step.asks_for_help for step in steps))
    yield Need(LAPSED, page, sum(step.is_lapsed(today) and not step.asks_for_help for step in steps))


def _about_invitations(
    coalition: Coalition, seats: Iterable[Seat], asked: dict[int, list[Invitation]], now: datetime
) -> Iterator[Need]:
    waiting = [asked[seat.pk] for seat in seats if not seat.arrived and seat.pk in asked]
    unused = [each for each in waiting if not any(one.link and one.link.used_at for one in each)]
    old = [each for each in unused if max(one.at for one in each) <= now - UNUSED_FOR]
    yield Need(UNUSED, reverse("people", args=[coalition.slug]), len(old))


def _asked_in(coalition: Coalition) -> dict[int, list[Invitation]]:
    """By seat, what was not taken back."""
    rows = Invitation.objects.filter(seat__coalition=coalition, seat__left=None).select_related("link")
    found: dict[int, list[Invitation]] = {}
    for each in rows.exclude(link__ended_at__isnull=False):
        found.setdefault(each.seat_id, []).append(each)
    return found
