"""Who is still to be reminded."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat, StrIndex, Substr

from coalitions.models import Seat
from milestones.models import Item, Part, Round
from milestones.queries.roll import asks, part_of
from outbox.models import Message

from ..cadence import Name

KIND, STILL_WAITING = "reminders", "checkins.still_waiting"
AT_ONCE = 500
ROUND = "round/"


def beginning(round_pk: int) -> str:
    """What the keys of all reminders of a round begin with."""
    return f"{ROUND}{round_pk}/seat/"


def key_of(round: Round, seat: Seat, name: Name) -> str:
    """The meaning of one reminder. The outbox holds each meaning once, so it is sent once."""
    return f"{beginning(round.pk)}{seat.pk}/{name.value}"


def open_rounds(now: datetime) -> QuerySet[Round]:
    """With their table."""
    running = Round.objects.filter(started_at__lte=now, closes_at__gt=now, sealed_at=None)
    return running.select_related("coalition").order_by("pk")


def waiting(round: Round, name: Name) -> Iterator[list[Seat]]:
    """At most 500 seats at a time: those an open round waits for, without this reminder or a later one.

    A later one counts, so that a round which is extended does not go back to what it said before.
    Whoever has not taken their seat is left out: the invitation is their way in, and it says more.
    """
    last, items = 0, _items(round)
    seats = round.coalition.seats.current().filter(
        arrived__isnull=False, member__is_active=True, silence=None
    )
    seats = seats.exclude(_has_one_of(round, name.onward)).select_related("member").order_by("pk")
    while some := list(seats.filter(pk__gt=last)[:AT_ONCE]):
        last = some[-1].pk
        parts = {part.seat_id: part for part in Part.objects.filter(round=round, seat__in=some)}
        yield [seat for seat in some if _waits(parts.get(seat.pk), seat, items)]


def still_waiting(message: Message) -> bool:
    """Asked by the outbox just before a reminder leaves. The time is up by `not_after`, so no clock is asked."""
    _round, number, _seat, seat_number, _slot = message.key.split("/")
    round = Round.objects.filter(pk=number, started_at__isnull=False, sealed_at=None).first()
    here = Seat.objects.current().filter(arrived__isnull=False, member__is_active=True, silence=None)
    seat = here.select_related("member").filter(pk=seat_number).first()
    if round is None or seat is None or seat.member.email != message.to:
        return False  # the link opens the account: it goes to no mailbox that is not theirs any more
    return _waits(part_of(round, seat), seat, _items(round))


def reminded_rounds() -> list[int]:
    """The rounds that some reminder names."""
    number = Substr("key", len(ROUND) + 1)
    named = Message.objects.filter(key__startswith=ROUND, kind=KIND).annotate(rest=number)
    ends = named.annotate(number=Substr("rest", 1, StrIndex("rest", Value("/")) - 1))
    return sorted(int(found) for found in ends.order_by().values_list("number", flat=True).distinct())


def _items(round: Round) -> int:
    return Item.objects.filter(version=round.version_id).count()


def _waits(part: Part | None, seat: Seat, items: int) -> bool:
    return asks(part, seat) and not (part and part.saved == items)


def _has_one_of(round: Round, names: tuple[Name, ...]) -> Exists:
    number = Cast(OuterRef("pk"), CharField())
    known = Q()
    for name in names:
        known |= Q(key=Concat(Value(beginning(round.pk)), number, Value(f"/{name.value}")))
    return Exists(Message.objects.filter(known))
