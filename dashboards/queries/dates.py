"""When a person's tables close a round and meet, and when their own next steps are due, for a calendar. Nothing
here knows who answered."""

import zoneinfo
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from checkins.queries.steps import Step, open_steps_at
from coalitions.models import Seat
from coalitions.roles import Can
from members.models import Member
from milestones.models import Round
from outbox.links import absolute


@dataclass(frozen=True)
class Appointment:
    """A moment with its zone, or a whole day. `code` stays the same for as long as it is the same appointment."""

    code: str
    at: datetime | date
    title: str
    text: str
    url: str


def appointments(member: Member, *, now: datetime) -> list[Appointment]:
    """The closing and the meeting of each round that is planned or open, and the day of each open step of their
    own, in four queries.

    Those of a closed round stay until its answers are opened: the meeting is what one wants to be reminded of.
    """
    here = Seat.objects.current().filter(member=member, arrived__isnull=False).select_related("coalition")
    seats = [seat for seat in here if seat.can(Can.READ_TABLE)]
    tables = [seat.coalition_id for seat in seats]
    rounds = Round.objects.filter(Q(opened_at=None) | Q(meets_on__gte=now.date()), coalition__in=tables)
    found: list[Appointment] = []
    for round in rounds.select_related("coalition").order_by("closes_at", "pk"):
        found += [_closing(round), _meeting(round)]
    own = {seat.pk: seat for seat in seats}
    for step in open_steps_at(tables):
        owner = own.get(step.agreement.owner_id or 0)
        if owner and step.due:
            found.append(_step(step, step.due, owner))
    return found


def _closing(round: Round) -> Appointment:
    there = round.closes_at.astimezone(zoneinfo.ZoneInfo(round.coalition.time_zone))
    said = {"when": date_format(there, "DATETIME_FORMAT"), "place": round.coalition.name, "round": round.name}
    return Appointment(
        code=f"round-{round.pk}-closes",
        at=there,
        title=_("%(round)s closes, %(place)s") % said,
        text=_("Answers are taken until %(when)s, by the clock of the table.") % said,
        url=_home(round),
    )


def _meeting(round: Round) -> Appointment:
    return Appointment(
        code=f"round-{round.pk}-meets",
        at=round.meets_on,
        title=_("We open the answers together, %(place)s") % {"place": round.coalition.name},
        text=_("The whole table sees the answers to “%(round)s” at the same moment.") % {"round": round.name},
        url=_home(round),
    )


def _step(step: Step, due: date, owner: Seat) -> Appointment:
    said = {"step": step.text, "place": owner.coalition.name, "milestone": step.item.name}
    return Appointment(
        code=f"step-{step.agreement.pk}",
        at=due,
        title=_("Your next step: %(step)s") % said,
        text=_("You said so at %(place)s, for “%(milestone)s”.") % said,
        url=absolute(reverse("milestone_record", args=[owner.coalition.slug, step.item.code])),
    )


def _home(round: Round) -> str:
    return absolute(reverse("home", args=[round.coalition.slug]))
