"""Writing the weekly note: on Monday morning, only where something needs a lead, and once."""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial

from django.core.cache import cache
from django.utils.translation import override

from coalitions.models import Coalition, Seat
from outbox.actions.wishes import forget_over
from outbox.actions.writing import Letter, enqueue_all
from outbox.channels import has_mailbox

from .. import letters
from ..queries.leads import KIND, STILL_NEEDED, key_of, tables, unwritten
from ..queries.needs import Need, needs
from ..weeks import Week, week_at
from ..zones import zone_named
from .apart import apart

LOOK_AGAIN = timedelta(hours=1)
log = logging.getLogger(__name__)


def plan_digests(*, now: datetime) -> int:
    """A note for each lead whom something needs and who has none of this week; how many that were."""
    forget_over(kind=KIND, now=now)
    planned = 0
    for some in tables():
        weeks = {table: week for table in some if (week := _week(table, now))}
        leads = unwritten(weeks) if weeks else {}
        planned += apart(partial(_plan, leads, weeks, now), leads, name="weekly note of the table")
    return planned


def _week(table: Coalition, now: datetime) -> Week | None:
    zone = zone_named(table.time_zone)
    if zone is None:
        log.error("Table %s has no weekly note: its time zone does not exist.", table.pk)
    return week_at(now, zone) if zone else None


def _plan(
    leads: Mapping[Coalition, Sequence[Seat]],
    weeks: Mapping[Coalition, Week],
    now: datetime,
    table: Coalition,
) -> int:
    """A table that needs nobody is looked at again in an hour, and not each minute."""
    looked = f"digest/{table.pk}/{now:%Y-%m-%d/%H}"
    if cache.get(looked):
        return 0
    found = needs(table, now=now)
    week, reachable = weeks[table], [seat for seat in leads[table] if has_mailbox(seat.member.email)]
    due = [(seat, seat.member.wakes(now, table.time_zone)) for seat in reachable] if found else []
    written = [_letter(seat, found, week, wakes) for seat, wakes in due if wakes < week.until]
    enqueue_all(written, now=now)
    if not written:
        cache.set(looked, True, LOOK_AGAIN.total_seconds())
    return len(written)


def _letter(seat: Seat, found: Sequence[Need], week: Week, wakes: datetime) -> Letter:
    member = seat.member
    with override(member.language):
        said = [(need.sentence, need.path) for need in found]
        subject, text = letters.digest(seat.coalition, said, to=member.name)
    return Letter(
        key=key_of(seat, week),
        to=member.email,
        subject=subject,
        text=text,
        kind=KIND,
        language=member.language,
        check=STILL_NEEDED,
        not_before=wakes,
        not_after=week.until,
    )
