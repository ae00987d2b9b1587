"""What a table sends besides reminders, and when next, in words."""

import zoneinfo
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coalitions.models import Coalition

from ..weeks import next_week


@dataclass(frozen=True)
class Besides:
    note: str


def besides(coalition: Coalition, *, now: datetime) -> Besides:
    zone = zoneinfo.ZoneInfo(coalition.time_zone)
    monday = date_format(next_week(now, zone).moment.astimezone(zone), "MONTH_DAY_FORMAT")
    note = _("Leads get a note on Monday, %(day)s, if something needs them.") % {"day": monday}
    return Besides(note)
