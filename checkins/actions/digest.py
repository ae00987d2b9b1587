"""Writing the weekly note: on Monday morning, only where something needs a lead, and once."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.core.cache import cache
from django.utils.translation import override

from coalitions.models import Coalition, Seat
from members.quiet import next_waking
from outbox.actions.wishes import forget_over
from outbox.actions.writing import Letter, enqueue_all
from outbox.channels import has_mailbox

from .. import letters
from ..queries.leads import KIND, STILL_NEEDED, key_of, tables, unwritten
from ..queries.needs import Need, needs
from ..weeks import Week, week_at
from ..zones import zone_named

LOOK_AGAIN = timedelta(hours=1)
log = logging.getLogger(__name__)


def plan_digests(*, now: datetime) -> int:
    """A note for each lead whom something needs and who has none of this week; how many that were."""
    forget_over(kind=KIND, now=now)
    planned = 0
    for some in tables():
        weeks = {table: week for table in some if (week := _week(table, now))}
        for table, leads in (unwritten(weeks) if weeks else {}).items():
            planned += _plan(table, leads, weeks[table], now)
    return planned


def _week(table: Coalition, now: datetime) -> Week | None:
    zone = zone_named(table.time_zone)
    if zone is None:
        log.error("Table %s has no weekly note: its time zone does not exist.", table.pk)
    return week_at(now, zone) if zone else None


def _plan(table: Coalition, leads: Sequence[Seat], week: Week, now: datetime) -> int:
    """A table that needs nobody is looked at again in an hour, and not each minute."""
    looked = f"digest/{table.pk}/{now:%Y-%m-%d/%H}"
    if cache.get(looked):
        return 0
    found = needs(table, now=now)
    due = [(seat, _wakes(seat, now)) for seat in leads if has_mailbox(seat.member.email)] if found else []
    written = [_letter(seat, found, week, wakes) for seat, wakes in due if wakes < week.until]
    enqueue_all(written, now=now)
    if not written:
        cache.set(looked, True, LOOK_AGAIN.total_seconds())
    return len(written)


def _wakes(seat: Seat, now: datetime) -> datetime:
    member = seat.member
    return next_waking(now, seat.coalition.time_zone, member.quiet_from, member.quiet_until)


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
