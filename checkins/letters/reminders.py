"""What a reminder says, in the language that is active. Nothing about answers, and not how many are missing."""

import re
import secrets
import zoneinfo

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from coalitions.letters import Preview
from milestones.models import Round
from milestones.queries.rounds import minutes
from outbox.links import STOP_HERE, absolute

from ..cadence import Name

# Where a name and a link go in a text that is rendered once for many; nobody can put one into the name of a table.
TO_HERE, LINK_HERE = secrets.token_hex(16), secrets.token_hex(16)


def reminder(round: Round, name: Name, *, to: str, link: str) -> tuple[str, str]:
    """(subject, text) for a person of this name. Times are those of the table."""
    table = round.coalition
    until = round.closes_at.astimezone(zoneinfo.ZoneInfo(table.time_zone))
    said = {
        "name": _plain(to),
        "table": table,
        "slot": name.value,
        "minutes": minutes(round.questions),
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


def _plain(name: str) -> str:
    """Nobody's name becomes a link."""
    return name.replace(STOP_HERE, STOP_HERE.strip("[]"))


class Blank:
    """A reminder without its reader, in the language that is active: rendered once, then filled in for each.

    A greeting without a name has other words, so it has a blank of its own.
    """

    def __init__(self, round: Round, name: Name, *, named: bool) -> None:
        self.subject, text = reminder(round, name, to=TO_HERE if named else "", link=LINK_HERE)
        self.pieces = re.split(f"({TO_HERE}|{LINK_HERE})", text)

    def filled(self, *, to: str, link: str) -> str:
        """The pieces are put together and never read again, so what a name holds stays as it is."""
        said = {TO_HERE: _plain(to), LINK_HERE: link}
        return "".join(said.get(piece, piece) for piece in self.pieces)


def previews(round: Round, name: Name) -> list[Preview]:
    """The reminder in each language, for the lead to read first. Its links lead nowhere."""
    found = []
    for language, own_name in settings.LANGUAGES:
        with override(language):
            subject, text = reminder(round, name, to="", link=absolute("/l/…/"))
            found.append(Preview(language, own_name, subject, text.replace(STOP_HERE, absolute("/…/"))))
    return found
