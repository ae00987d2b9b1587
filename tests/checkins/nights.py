"""The two nights of a school year when clocks jump, minute by minute, and planners that get them wrong."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from unittest import mock
from zoneinfo import ZoneInfo

from checkins import cadence
from checkins.cadence import slots
from members.quiet import next_waking

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
BACK, FORWARD = date(2026, 11, 1), date(2027, 3, 14)
ZONES = [
    "America/New_York",
    "America/Detroit",
    "America/Kentucky/Louisville",
    "America/Kentucky/Monticello",
    "America/Indiana/Indianapolis",
    "America/Indiana/Knox",
    "America/Indiana/Marengo",
    "America/Indiana/Petersburg",
    "America/Indiana/Tell_City",
    "America/Indiana/Vevay",
    "America/Indiana/Vincennes",
    "America/Indiana/Winamac",
    "America/Chicago",
    "America/Menominee",
    "America/North_Dakota/Beulah",
    "America/North_Dakota/Center",
    "America/North_Dakota/New_Salem",
    "America/Denver",
    "America/Boise",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "America/Juneau",
    "America/Sitka",
    "America/Metlakatla",
    "America/Yakutat",
    "America/Nome",
    "America/Adak",
    "Pacific/Honolulu",
    "America/Puerto_Rico",
    "America/St_Thomas",
    "Pacific/Guam",
    "Pacific/Saipan",
    "Pacific/Pago_Pago",
]
# Ends of quiet hours: in the hour that comes twice, in the hour that never comes, and around both.
ENDS = [time(h, m) for h in range(5) for m in (0, 1, 15, 30, 59)] + [time(8)]
STARTS = [time(21), time(0, 30), time(1, 30), time(2, 30)]
# Nobody's quiet hours end and begin again within one hour.
HOURS = [(a, b) for a in STARTS for b in ENDS if a == b or not b <= a < b.replace(b.hour + 1)]
Waking = Callable[[datetime, str, time, time], datetime]


def minutes(zone: str, night: date, *, until: timedelta = timedelta(hours=6)) -> list[datetime]:
    """Every minute that really comes from midnight to another time on the wall, in UTC."""
    midnight = datetime.combine(night, time())
    begins, ends = (
        wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) for wall in (midnight, midnight + until)
    )
    return [begins + n * MINUTE for n in range(int((ends - begins) / MINUTE))]


# Quiet hours


def wrong_wakings(zone: str, night: date, *, waking: Waking = next_waking, step: int = 1) -> tuple[int, int]:
    """(asked, wrong): the answer must be the first minute, now or later, that lies outside the quiet hours.

    Whoever is quiet from half past one has no break when one o'clock comes again.
    """
    span = minutes(zone, night, until=36 * HOUR)
    walls = [minute.astimezone(ZoneInfo(zone)) for minute in span]
    nights = len(minutes(zone, night))
    asked = wrong = 0
    for start, end in HOURS:
        wakes, right = span[-1], []
        for minute, wall in zip(reversed(span), reversed(walls), strict=True):
            awake = not quiet(wall.time(), start, end)
            begun = wall.fold and wall.time() < start < time(2)
            wakes = minute if awake and not begun else wakes
            right.append(minute if awake else wakes)
        right.reverse()
        for at in range(0, nights, step):
            asked += 1
            wrong += waking(span[at], zone, start, end) != right[at]
    return asked, wrong


def quiet(clock: time, start: time, end: time) -> bool:
    return start <= clock < end if start <= end else clock >= start or clock < end


def naive_waking(now: datetime, zone: str, start: time, end: time) -> datetime:
    """By the wall clock alone, as if it never jumped."""
    here = now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    if not quiet(here.time(), start, end):
        return now
    day = here.date() if here.time() < end else here.date() + DAY
    return now + (datetime.combine(day, end) - here)


# Rounds


def rounds(minute: datetime) -> dict[str, tuple[datetime, datetime]]:
    """(opening, closing) of rounds for which this minute is something."""
    return {
        "opens": (minute, minute + 14 * DAY),
        "is half over": (minute - 72 * HOUR, minute + 72 * HOUR),
        "has two days left": (minute - 12 * DAY, minute + 2 * DAY),
        "closes": (minute - 14 * DAY, minute),
    }


def wrong_meanings(zone: str, night: date, *, planner: type | None = None, step: int = 1) -> tuple[int, int]:
    """(rounds, meanings that one seat got twice, or never, or outside their time)."""
    planner = planner or Planner
    span = minutes(zone, night)
    asked = wrong = 0
    # The slots of one round are the same each minute, and there are millions of minutes.
    with mock.patch.object(cadence, "slots", lru_cache(maxsize=8)(slots)):
        for minute in span[::step]:
            for opened, closes in rounds(minute).values():
                asked += 1
                wrong += _wrong(planner(opened, closes, zone), span, opened, closes, zone)
    return asked, wrong


def _wrong(planner, span: list[datetime], opened: datetime, closes: datetime, zone: str) -> int:
    list(planner.says(span[0] - MINUTE))  # what was due before has gone out
    got = Counter(name for now in span for name in planner.says(now))
    due = {slot.name for slot in slots(opened, closes, ZoneInfo(zone)) if span[0] <= slot.moment <= span[-1]}
    return sum(abs(got[name] - (name in due)) for name in {*got, *due})


class Planner:
    """What `plan_reminders` does for one seat without quiet hours: the slot of the moment, and no meaning twice."""

    def __init__(self, opened: datetime, closes: datetime, zone: str) -> None:
        self.round, self.said = (opened, closes, ZoneInfo(zone)), set()

    def says(self, now: datetime) -> Iterator[cadence.Name]:
        slot = cadence.slot_at(now, *self.round)
        if slot and not self.said & set(slot.name.onward):
            self.said.add(slot.name)
            yield slot.name


class WallClock:
    """As a table of times for cron: a meaning goes out when the clock on the wall shows its time."""

    def __init__(self, opened: datetime, closes: datetime, zone: str) -> None:
        self.zone = ZoneInfo(zone)
        opened, closes = (moment.astimezone(self.zone).replace(tzinfo=None) for moment in (opened, closes))
        self.times = {
            opened: cadence.Name.OPENING,
            opened + (closes - opened) / 2: cadence.Name.MIDPOINT,
            closes - 2 * DAY: cadence.Name.TWO_DAYS,
        }

    def says(self, now: datetime) -> Iterator[cadence.Name]:
        wall = now.astimezone(self.zone).replace(tzinfo=None)
        if wall in self.times:
            yield self.times[wall]
