"""What a table sends besides reminders, and when next, in words."""

import zoneinfo
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coalitions.models import Coalition

from ..weeks import next_week
from .replies import coming


def besides(coalition: Coalition, *, now: datetime) -> tuple[str, ...]:
    """The check-in, and the weekly note to leads."""
    return _checkin(coalition, now), _note(coalition, now)


def _checkin(coalition: Coalition, now: datetime) -> str:
    next_one = coming(coalition, now=now)
    if not next_one.begun:
        return _("Check-ins begin after your table opens its first answers together.")
    if next_one.waits:
        return _("While this round runs, no new check-in goes out.")
    return _("The next check-in goes out on %(day)s.") % {
        "day": date_format(next_one.day, "MONTH_DAY_FORMAT")
    }


def _note(coalition: Coalition, now: datetime) -> str:
    zone = zoneinfo.ZoneInfo(coalition.time_zone)
    monday = next_week(now, zone).moment.astimezone(zone)
    said = {"day": date_format(monday, "MONTH_DAY_FORMAT")}
    return _("Leads get a note on Monday, %(day)s, if something needs them.") % said
