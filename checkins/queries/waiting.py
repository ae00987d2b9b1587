"""Who is still to be reminded."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat, StrIndex, Substr

from coalitions.models import Seat
from milestones.models import Part, Round
from milestones.queries.roll import asks, part_of
from outbox.models import Message

from ..cadence import Name

KIND, STILL_WAITING = "reminders", "checkins.still_waiting"
AT_ONCE = 5_000
ROUND = "round/"
NOT_ASKED = -1
# Of a seat and its person only what decides and what a letter needs: there may be many.
OF_SEAT = ("coalition_id", "role", "facilitator", "lead", "reader", "left")
OF_MEMBER = ("email", "name", "language", "quiet_from", "quiet_until")
NEEDED = (*OF_SEAT, *(f"member__{field}" for field in OF_MEMBER))


def beginning(round_pk: int) -> str:
    """What the keys of all reminders of a round begin with."""
    return f"{ROUND}{round_pk}/seat/"


def key_of(round: Round, seat: Seat, name: Name) -> str:
    """The meaning of one reminder. The outbox holds each meaning once, so it is sent once."""
    return f"{beginning(round.pk)}{seat.pk}/{name.value}"


def open_rounds(now: datetime) -> QuerySet[Round]:
    """With their table, and how many questions each has."""
    running = Round.objects.filter(started_at__lte=now, closes_at__gt=now, sealed_at=None)
    # Read with the round, it stands in for the property of that name, which would ask for each.
    running = running.annotate(questions=Count("version__items"))  # type: ignore[no-redef]
    return running.select_related("coalition").order_by("pk")


def waiting(rounds: Iterable[Round], name: Name) -> Iterator[list[tuple[Round, Seat]]]:
    """At most 5,000 at a time: seats that one of these open rounds waits for, without this reminder or a later one.

    A later one counts, so that a round which is extended does not go back to what it said before.
    Whoever has not taken their seat is left out: the invitation is their way in, and it says more.
    """
    for each in _one_per_table(rounds):
        by_table, last = {round.coalition_id: round for round in each}, 0
        seats = Seat.objects.current().filter(arrived__isnull=False, member__is_active=True, silence=None)
        # By a name: each mention of `coalition__rounds` would be another look at all rounds of the table.
        seats = seats.annotate(of_round=F("coalition__rounds")).filter(
            of_round__in=[round.pk for round in each]
        )
        seats = seats.annotate(on_roll=_on_roll())
        seats = seats.exclude(_has_one_of(name.onward)).select_related("member").only(*NEEDED).order_by("pk")
        while some := list(seats.filter(pk__gt=last)[:AT_ONCE]):
            last = some[-1].pk
            pairs = ((by_table[seat.coalition_id], seat) for seat in some)
            yield [(round, seat) for round, seat in pairs if _waits(_part(seat.on_roll), seat, round)]
            if len(some) < AT_ONCE:
                break


def _one_per_table(rounds: Iterable[Round]) -> list[list[Round]]:
    """All in one list, but for a table with two open rounds: then a seat is looked at once for each."""
    lists: list[dict[int, Round]] = []
    for round in rounds:
        free = next((each for each in lists if round.coalition_id not in each), None)
        if free is None:
            lists.append(free := {})
        free[round.coalition_id] = round
    return [list(each.values()) for each in lists]


def _on_roll() -> Subquery:
    """What their part says is saved, in one query with the seats; nothing if they are not on the roll."""
    parts = Part.objects.filter(round=OuterRef("of_round"), seat=OuterRef("pk"))
    return Subquery(parts.values_list(Coalesce("saved", NOT_ASKED)))


@cache
def _part(saved: int | None) -> Part | None:
    return None if saved is None else Part(saved=None if saved == NOT_ASKED else saved)


def still_waiting(message: Message) -> bool:
    """Asked by the outbox just before a reminder leaves. The time is up by `not_after`, so no clock is asked."""
    _round, number, _seat, seat_number, _slot = message.key.split("/")
    round = Round.objects.filter(pk=number, started_at__isnull=False, sealed_at=None).first()
    here = Seat.objects.current().filter(arrived__isnull=False, member__is_active=True, silence=None)
    seat = here.select_related("member").filter(pk=seat_number).first()
    if round is None or seat is None or seat.member.email != message.to:
        return False  # the link opens the account: it goes to no mailbox that is not theirs any more
    return _waits(part_of(round, seat), seat, round)


def reminded_rounds() -> list[int]:
    """The rounds that some reminder names."""
    number = Substr("key", len(ROUND) + 1)
    named = Message.objects.filter(key__startswith=ROUND, kind=KIND).annotate(rest=number)
    ends = named.annotate(number=Substr("rest", 1, StrIndex("rest", Value("/")) - 1))
    return sorted(int(found) for found in ends.order_by().values_list("number", flat=True).distinct())


def _waits(part: Part | None, seat: Seat, round: Round) -> bool:
    return asks(part, seat) and not (part and part.saved == round.questions)


def _has_one_of(names: tuple[Name, ...]) -> Exists:
    number, round_number = Cast(OuterRef("pk"), CharField()), Cast(OuterRef("of_round"), CharField())
    known = Q()
    for name in names:
        known |= Q(key=Concat(Value(ROUND), round_number, Value("/seat/"), number, Value(f"/{name.value}")))
    return Exists(Message.objects.filter(known))
