"""What the letter of a check-in says, in the language that is active. It holds a link, and no answer of anybody."""

import zoneinfo
from datetime import datetime

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from outbox.links import STOP_HERE

from ..models import Checkin


def invitation(checkin: Checkin, *, to: str, link: str, until: datetime) -> tuple[str, str]:
    """(subject, text) for a person of this name."""
    table = checkin.coalition
    until = until.astimezone(zoneinfo.ZoneInfo(table.time_zone))
    month = date_format(checkin.month, "F")
    said = {
        "name": to,
        "table": table,
        "month": month,
        "link": link,
        "until": date_format(until, "DATETIME_FORMAT"),
        "stop": STOP_HERE,
    }
    subject = _("Your check-in for %(month)s: %(table)s") % {"month": month, "table": table}
    return subject, render_to_string("checkins/email/checkin.txt", said)
