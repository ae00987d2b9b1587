"""What a reminder says, in the language that is active. Nothing about answers, and not how many are missing."""

import zoneinfo

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from coalitions.letters import Preview
from milestones.models import Round
from outbox.links import STOP_HERE, absolute

from ..cadence import Name


def reminder(round: Round, name: Name, *, to: str, link: str) -> tuple[str, str]:
    """(subject, text) for a person of this name. Times are those of the table."""
    table = round.coalition
    until = round.closes_at.astimezone(zoneinfo.ZoneInfo(table.time_zone))
    said = {
        "name": to,
        "table": table,
        "slot": name.value,
        "until": date_format(until, "DATETIME_FORMAT"),
        "link": link,
        "stop": STOP_HERE,
    }
    return _subject(name) % {"table": table}, render_to_string("checkins/email/reminder.txt", said)


def _subject(name: Name) -> str:
    return {
        Name.OPENING: _("A new round is open: %(table)s"),
        Name.MIDPOINT: _("There is still time to answer: %(table)s"),
        Name.TWO_DAYS: _("The round closes soon: %(table)s"),
        Name.LAST_MORNING: _("Last reminder for this round: %(table)s"),
    }[name]


def previews(round: Round, name: Name) -> list[Preview]:
    """The reminder in each language, for the lead to read first. Its links lead nowhere."""
    found = []
    for language, own_name in settings.LANGUAGES:
        with override(language):
            subject, text = reminder(round, name, to="", link=absolute("/l/…/"))
            found.append(Preview(language, own_name, subject, text.replace(STOP_HERE, absolute("/…/"))))
    return found
