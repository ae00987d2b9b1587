"""Both nights of 2026-27 in which clocks jump, in every zone of the states and territories, minute by minute."""

import json
import sys
from collections import Counter
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from tests.checkins.nights import (
    BACK,
    FORWARD,
    HOUR,
    MINUTE,
    ZONES,
    WallClock,
    minutes,
    naive_waking,
    quiet,
    wrong_meanings,
    wrong_wakings,
)
from tests.outbox import trial

NIGHTS = {"back": BACK, "forward": FORWARD}
QUIET = {
    "none": (time(0), time(0)),
    "night": (time(21), time(8)),
    "odd": (time(22), time(1, 30)),
    "gap": (time(23), time(2, 30)),
}


def pure(*, zones: list[str] = ZONES, step: int = 1) -> dict[str, tuple[int, int]]:
    """(asked, wrong) of quiet hours and of rounds, and of two ways that go by the clock on the wall."""
    asked = {
        "quiet hours": lambda *night: wrong_wakings(*night, step=step),
        "quiet hours, control: by the wall": lambda *night: wrong_wakings(
            *night, waking=naive_waking, step=step
        ),
        "meanings": lambda *night: wrong_meanings(*night, step=step),
        "meanings, control: by the wall": lambda *night: wrong_meanings(*night, planner=WallClock, step=step),
    }
    found = {}
    for name, ask in asked.items():
        answers = [ask(zone, night) for zone in zones for night in NIGHTS.values()]
        found[name] = sum(number for number, _wrong in answers), sum(wrong for _asked, wrong in answers)
    return found


def driven(zones: list[str], night: str, *, step: int = 1) -> dict[str, Any]:
    """The real actions, driven by a clock that stops at every minute of the night in all these zones."""
    return trial.run(
        "tests.checkins.drill_nights",
        night,
        step,
        *zones,
        EMAIL_URL="memorymail://",
        DATABASE_URL="sqlite://:memory:",
    )


def drive(night: date, step: int, zones: list[str]) -> dict[str, int]:
    """One table for each zone and kind of round, with a seat for each kind of quiet hours."""
    from django.core import mail

    from checkins.actions import plan_reminders
    from coalitions.models import Seat
    from outbox.actions.sending import send_all

    mail.outbox = []
    rounds = [each for zone in zones for each in _rounds(zone, night)]
    people = {seat.member.email: seat for seat in Seat.objects.select_related("member", "coalition")}
    spans = [minutes(zone, night, until=10 * HOUR) for zone in zones]
    first, last = min(span[0] for span in spans), max(span[-1] for span in spans)
    sent: list[tuple[str, datetime]] = []
    for n in range(0, int((last - first) / MINUTE) + 1, step):
        now = first + n * MINUTE
        plan_reminders(now=now)
        plan_reminders(now=now)  # two beats
        send_all(clock=lambda now=now: now)
        sent += [(each.to[0], now) for each in mail.outbox]
        mail.outbox.clear()
    return _judged(rounds, people, sent, first, last) | {"minutes": int((last - first) / MINUTE) + 1}


def _rounds(zone: str, night: date) -> list[Any]:
    """One of each kind, around a minute in the hour that jumps."""
    from coalitions.models import Group, Seat
    from members.models import Member
    from tests.checkins.nights import rounds
    from tests.checkins.tables import an_open_table
    from tests.factories.tables import a_seat

    found = []
    jump = minutes(zone, night)[90]
    for kind, (opened, closes) in rounds(jump).items():
        name = f"{zone.replace('/', ' ').replace('_', ' ')} {kind}"
        round = an_open_table(
            name, 1, opened=opened, closes=closes, zone=zone, quiet_from=time(0), quiet_until=time(0)
        )
        for hours, (start, end) in QUIET.items():
            seat = a_seat(round.coalition, f"{hours} Person", Group.PARENT)
            Member.objects.filter(pk=seat.member_id).update(quiet_from=start, quiet_until=end)
        found.append(round)
    assert Seat.objects.filter(coalition__rounds__in=found).count() == len(found) * (1 + len(QUIET))
    return found


def _judged(
    rounds: list[Any], people: dict[str, Any], sent: list, first: datetime, last: datetime
) -> dict[str, int]:
    from checkins.cadence import slots
    from outbox.models import Message

    by_seat: Counter[tuple[str, str]] = Counter()
    in_quiet = sum(_sleeps(people[to], at) for to, at in sent)
    expected = set()
    for round in rounds:
        zone = ZoneInfo(round.coalition.time_zone)
        seats = [each for each in people.values() if each.coalition_id == round.coalition_id]
        for slot in slots(round.started_at, round.closes_at, zone):
            begin, end = max(slot.moment, first), min(slot.until, last + MINUTE)
            clock = [begin + n * MINUTE for n in range(max(0, int((end - begin) / MINUTE)))]
            for seat in seats:
                if any(not _sleeps(seat, at) for at in clock):
                    expected.add((seat.member.email, slot.name.value))
    for message in Message.objects.filter(sent_at__isnull=False):
        by_seat[message.to, message.key.rpartition("/")[2]] += 1
    letters, arrived = sum(by_seat.values()), len(sent)
    return {
        "expected": len(expected),
        "lost": len(expected - set(by_seat)),
        "doubled": max(0, arrived - len(by_seat)),
        "unexpected": len(set(by_seat) - expected),
        "in_quiet": in_quiet,
        "letters": letters,
    }


def _sleeps(seat: Any, at: datetime) -> bool:
    clock = at.astimezone(ZoneInfo(seat.coalition.time_zone)).time()
    return quiet(clock, seat.member.quiet_from, seat.member.quiet_until)


def drill(step: int = 1, zones: list[str] = ZONES) -> list[dict[str, object]]:
    rows = []
    for name, (asked, wrong) in pure(zones=zones, step=step).items():
        control = "control" in name
        rows.append(
            _row(f"clocks jump: {name}", asked, "many wrong" if control else "0 wrong", wrong, control)
        )
    for night in NIGHTS:
        found = driven(zones, night)
        wrong = found["lost"] + found["doubled"] + found["unexpected"] + found["in_quiet"]
        row = _row(
            f"clocks jump {night}: real actions, {found['minutes']} minutes",
            found["expected"],
            "0 wrong",
            wrong,
        )
        rows.append(row | {"lost": found["lost"], "doubled": found["doubled"]})
    return rows


def _row(name: str, asked: int, expected: str, wrong: int, control: bool = False) -> dict[str, object]:
    holds = bool(asked) and (wrong > 0 if control else wrong == 0)
    return {
        "name": name,
        "injected": asked,
        "expected": expected,
        "lost": 0,
        "doubled": 0,
        "value": wrong,
        "holds": holds,
    }


if __name__ == "__main__":
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    _folder, night, step, *zones = sys.argv[1:]
    print(json.dumps(drive(NIGHTS[night], int(step), zones)))
