"""Asking a table once a month how its promises stand, and the lead's question for it."""

import logging
import uuid
import zoneinfo
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from coalitions.actions import record, sent_before
from coalitions.models import Coalition, Seat, Verb
from members.actions.links import link_for, token_for
from members.models import Link
from outbox.actions.writing import Letter, enqueue_all
from outbox.channels import has_mailbox
from outbox.links import absolute
from web.refusal import Refused

from .. import letters, months
from ..models import Checkin
from ..queries import CHECKINS, UNANSWERED, Resting, checkin_key, resting_tables, to_ask
from ..zones import zone_named
from .apart import apart
from .forgetting import forget_past_checkins, form_of

log = logging.getLogger(__name__)


def ask_checkins(*, now: datetime) -> int:
    """The letters of the check-in of this month, at every table where it is due; how many that were.

    Again, it writes none. A month in which nothing ran is left out, so nobody gets two.
    """
    forget_past_checkins(now=now)
    return apart(lambda resting: _ask_if_due(resting, now), resting_tables(), name="check-in of the table")


def _ask_if_due(table: Resting, now: datetime) -> int:
    """Not to a table that opened its answers since that morning: it has just talked about all of it."""
    zone = zone_named(table.coalition.time_zone)
    if zone is None:
        log.error("Table %s has no check-in: its time zone does not exist.", table.coalition.pk)
    month = months.month_to_ask(now, zone) if zone else None
    if zone is None or month is None or (table.last_asked and table.last_asked >= month):
        return 0
    if table.last_opened > months.asked_at(month, zone):
        return 0
    return ask_checkin(coalition=table.coalition, month=month, now=now)


@transaction.atomic
def ask_checkin(*, coalition: Coalition, month: date, now: datetime) -> int:
    """Asked and written to everybody, or neither. Of two sweeps at once the later one finds it asked."""
    Coalition.objects.select_for_update().get(pk=coalition.pk)
    checkin, _new = Checkin.objects.get_or_create(coalition=coalition, month=month)
    if checkin.is_asked:
        return 0
    checkin.asked_at, checkin.coalition = now, coalition
    checkin.save(update_fields=["asked_at"])
    until = months.until(now, zoneinfo.ZoneInfo(coalition.time_zone))
    return sum(_write(checkin, seats, until, now) for seats in to_ask(coalition))


def _write(checkin: Checkin, seats: Sequence[Seat], until: datetime, now: datetime) -> int:
    zone = checkin.coalition.time_zone
    due = [(seat, seat.member.wakes(now, zone)) for seat in seats if has_mailbox(seat.member.email)]
    due = [(seat, wakes) for seat, wakes in due if wakes < until]
    Link.objects.bulk_create((_link(checkin, seat, until, now) for seat, _when in due), ignore_conflicts=True)
    enqueue_all((_letter(checkin, seat, wakes, until) for seat, wakes in due), now=now)
    return len(due)


def _link(checkin: Checkin, seat: Seat, until: datetime, now: datetime) -> Link:
    """The whole account, since it goes to their own mailbox; once."""
    path = reverse("checkin", args=[checkin.coalition.slug])
    form = form_of(checkin_key(checkin, seat))
    return link_for(seat.member, form=form, path=path, now=now, lasts=until - now)


def _letter(checkin: Checkin, seat: Seat, wakes: datetime, until: datetime) -> Letter:
    key, member = checkin_key(checkin, seat), seat.member
    link = absolute(reverse("link", args=[token_for(form_of(key))]))
    with override(member.language):
        subject, text = letters.invitation(checkin, to=member.name, link=link, until=until)
    return Letter(
        key=key,
        to=member.email,
        subject=subject,
        text=text,
        kind=CHECKINS,
        language=member.language,
        check=UNANSWERED,
        not_before=wakes,
        not_after=until,
    )


@transaction.atomic
def set_question(
    *, coalition: Coalition, by: Seat, month: date, said: Mapping[str, str], now: datetime, form: uuid.UUID
) -> Checkin:
    """The lead's question for the next check-in; empty in both languages is none.

    The same form again changes nothing. Refused for any other month: what was asked stays as it was.
    """
    Coalition.objects.select_for_update().get(pk=coalition.pk)
    about = f"{month:%Y-%m}"
    if twice := coalition.events.filter(form=form).first():
        if (twice.verb, twice.about) != (Verb.QUESTION_SET, about):
            raise Refused(sent_before())
        return coalition.checkins.get(month=month)
    zone = zoneinfo.ZoneInfo(coalition.time_zone)
    if month != months.coming(now, zone):
        raise Refused(_("This check-in was asked by now. Your question can go into the next one."))
    checkin, _new = Checkin.objects.get_or_create(coalition=coalition, month=month)
    known = [code for code, _name in settings.LANGUAGES]
    checkin.question = {code: said[code].strip() for code in known if said.get(code, "").strip()}
    checkin.save(update_fields=["question"])
    record(coalition=coalition, seat=by, verb=Verb.QUESTION_SET, about=about, at=now, form=form)
    return checkin
