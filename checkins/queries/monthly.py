"""Which tables a check-in is asked at, and whom it is sent to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Value
from django.db.models.functions import StrIndex, Substr

from coalitions.models import Coalition, Seat
from milestones.models import Round
from outbox.models import Message

from ..models import Checkin

CHECKINS, UNANSWERED = "check-ins", "checkins.unanswered"
AT_ONCE = 500
CHECKIN = "checkin/"


def checkin_beginning(pk: int) -> str:
    return f"{CHECKIN}{pk}/seat/"


def checkin_key(checkin: Checkin, seat: Seat) -> str:
    """The meaning of one letter. The outbox holds each meaning once, so it is sent once."""
    return f"{checkin_beginning(checkin.pk)}{seat.pk}"


@dataclass(frozen=True)
class Resting:
    """A table that opened answers before, and at which no round runs now."""

    coalition: Coalition
    last_opened: datetime
    last_asked: date | None  # the month of its newest check-in

    @property
    def pk(self) -> int:
        return self.coalition.pk


def resting_tables() -> list[Resting]:
    """In one query."""
    opened, asked = Max("rounds__opened_at"), Q(checkins__asked_at__isnull=False)
    tables = Coalition.objects.exclude(Exists(_running(of=OuterRef("pk"))))
    tables = tables.annotate(opened=opened, asked=Max("checkins__month", filter=asked))
    found = tables.filter(opened__isnull=False).order_by("pk")
    return [Resting(each, each.opened, each.asked) for each in found]


def is_running(coalition: Coalition) -> bool:
    """Whether a round is open for answers, or closed and not opened yet."""
    return _running(of=coalition).exists()


def recipients() -> QuerySet[Seat]:
    """Those who may say how a next step stands, sit there themselves and may be written to: all but observers."""
    here = Seat.objects.current().filter(arrived__isnull=False, member__is_active=True)
    here = here.filter(Q(role=Seat.MEMBER) | Q(facilitator=True) | Q(lead=True))
    return here.filter(silence=None).select_related("member")


def to_ask(coalition: Coalition) -> Iterator[list[Seat]]:
    """At most 500 at a time."""
    last = 0
    seats = recipients().filter(coalition=coalition).order_by("pk")
    while some := list(seats.filter(pk__gt=last)[:AT_ONCE]):
        last = some[-1].pk
        yield some


def unanswered(message: Message) -> bool:
    """Asked by the outbox just before a letter leaves: it has not said anything yet, and a round has not begun.

    The link opens the account: it goes to no mailbox that is not theirs any more.
    """
    _checkin, number, _seat, seat_number = message.key.split("/")
    asked = Checkin.objects.filter(pk=int(number), asked_at__isnull=False, coalition=OuterRef("coalition"))
    seat = recipients().filter(Exists(asked), pk=int(seat_number)).exclude(replies__checkin=int(number))
    running = _running(of=OuterRef("coalition"))
    return seat.exclude(Exists(running)).filter(member__email=message.to).exists()


def past_checkins(now: datetime) -> list[int]:
    """Those that some letter names whose time is up."""
    named = Message.objects.filter(key__startswith=CHECKIN, kind=CHECKINS, not_after__lte=now)
    named = named.annotate(rest=Substr("key", len(CHECKIN) + 1))
    ends = named.annotate(number=Substr("rest", 1, StrIndex(F("rest"), Value("/")) - 1))
    return sorted(int(found) for found in ends.order_by().values_list("number", flat=True).distinct())


def _running(*, of: Coalition | OuterRef) -> QuerySet[Round]:
    return Round.objects.filter(coalition=of, started_at__isnull=False, opened_at=None)
