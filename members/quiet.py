"""When a message may ring somebody's phone. Pure: plain times, no database."""

import zoneinfo
from datetime import datetime, time, timedelta


def next_waking(now: datetime, zone: str, quiet_from: time, quiet_until: time) -> datetime:
    """`now`, or the end of the quiet hours that `now` lies in, by the clock of `zone`.

    Quiet hours may pass midnight; equal times mean there are none. In the night when clocks jump, the end is
    the first moment at or after `quiet_until` that the clock shows.
    """
    here = now.astimezone(zoneinfo.ZoneInfo(zone))
    clock = here.time()
    if quiet_from <= quiet_until:
        quiet = quiet_from <= clock < quiet_until
    else:
        quiet = clock >= quiet_from or clock < quiet_until
    if not quiet:
        return now
    day = here.date() if clock < quiet_until else here.date() + timedelta(days=1)
    wakes = datetime.combine(day, quiet_until, tzinfo=here.tzinfo)
    return max(now, wakes.astimezone(now.tzinfo))
