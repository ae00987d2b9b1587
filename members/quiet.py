"""When a message may ring somebody's phone. Pure: plain times, no database."""

import zoneinfo
from datetime import UTC, datetime, time, timedelta

MINUTE = timedelta(minutes=1)


def next_waking(now: datetime, zone: str, quiet_from: time, quiet_until: time) -> datetime:
    """`now`, or the end of the quiet hours that `now` lies in, by the clock of `zone`.

    Quiet hours may pass midnight; equal times mean there are none. In the night when clocks jump, the end is
    the first moment at or after `quiet_until` that the clock shows, and when an hour comes twice it is not
    over as long as the clock shows it again.
    """
    here = zoneinfo.ZoneInfo(zone)
    clock = now.astimezone(here).time()
    if not _quiet(clock, quiet_from, quiet_until):
        return now
    day = now.astimezone(here).date()
    if clock >= quiet_until:
        day += timedelta(days=1)
    # Two readings of one time on the wall differ only if the clock jumps over it; then the end lies between them.
    end = datetime.combine(day, quiet_until, tzinfo=here)
    wakes = min(each.astimezone(UTC) for each in (end, end.replace(fold=1)))
    if wakes < now:
        wakes = now.astimezone(UTC).replace(second=0, microsecond=0) + MINUTE
    while _quiet(wakes.astimezone(here).time(), quiet_from, quiet_until):
        wakes += MINUTE
    return wakes.astimezone(now.tzinfo)


def _quiet(clock: time, quiet_from: time, quiet_until: time) -> bool:
    if quiet_from <= quiet_until:
        return quiet_from <= clock < quiet_until
    return clock >= quiet_from or clock < quiet_until
