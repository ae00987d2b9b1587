"""What an invitation says, in the language that is active."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from outbox.links import STOP_HERE, absolute

from .models import Seat

MAILED_DAYS, HANDED_DAYS = 14, 3


def invitation(seat: Seat, by: Seat | None, *, link: str) -> tuple[str, str]:
    """(subject, text) of a mailed invitation."""
    said = {"seat": seat, "table": seat.coalition, "by": by.name if by else "", "link": link}
    said |= {"days": MAILED_DAYS, "stop": STOP_HERE}
    subject = _("Your seat at %(table)s") % {"table": seat.coalition}
    return subject, render_to_string("coalitions/email/invitation.txt", said)


def link_made(seat: Seat, by: Seat) -> tuple[str, str]:
    """(subject, text) of what tells a person that a lead made a link to their seat."""
    said = {"table": seat.coalition, "by": by.name, "here": bool(seat.arrived)}
    return _("Somebody made a link to your seat"), render_to_string("coalitions/email/link_made.txt", said)


@dataclass(frozen=True)
class Preview:
    language: str
    name: str
    subject: str
    text: str


def previews(seats: Iterable[Seat], by: Seat) -> list[Preview]:
    """The invitation in each language that these people are listed with, for the lead to read first."""
    first = {seat.language: seat for seat in seats}
    found = []
    for language, name in settings.LANGUAGES:
        if language in first:
            with override(language):
                subject, text = invitation(first[language], by, link=absolute("/i/…/"))
                found.append(Preview(language, name, subject, text.replace(STOP_HERE, absolute("/…/"))))
    return found
