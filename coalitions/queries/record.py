"""Who did what, in words. It is stored without a language and without a name."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..models import Coalition, Event, Group, Seat, Verb

# Their `about` is a seat, and after a colon what changed: "12:group=parent>provider,title".
ABOUT_A_SEAT = {
    Verb.SEAT_GIVEN,
    Verb.INVITED,
    Verb.LINK_MADE,
    Verb.INVITATION_ENDED,
    Verb.SEAT_TAKEN,
    Verb.SEAT_READDRESSED,
    Verb.SEAT_CHANGED,
    Verb.SEAT_ENDED,
    Verb.SEAT_LEFT,
    Verb.LISTING_ERASED,
}
NAMES = {
    "listed_name": gettext_lazy("name"),
    "listed_language": gettext_lazy("language"),
    "facilitator": gettext_lazy("facilitator"),
    "lead": gettext_lazy("lead"),
    "reader": gettext_lazy("reads what people outside write"),
    "role": gettext_lazy("role"),
    "asked": gettext_lazy("asked in the open round too"),
}
YES_OR_NO = {"yes": gettext_lazy("yes"), "no": gettext_lazy("no")}
VALUES = {"group": dict(Group.choices), "role": dict(Seat.ROLES)}


@dataclass(frozen=True)
class Deed:
    at: datetime
    who: str
    did: str
    about: str


def deeds(coalition: Coalition, most: int = 200) -> list[Deed]:
    """Who did what, the newest first. Two queries."""
    events = coalition.events.select_related("seat__member")[:most]
    names = {str(seat.pk): seat.known_as for seat in coalition.seats.select_related("member")}
    return [Deed(event.at, _who(event), event.get_verb_display(), _about(event, names)) for event in events]


def _who(event: Event) -> str:
    return event.seat.known_as if event.seat else _("Whoever runs this site, or someone who left")


def _about(event: Event, names: dict[str, str]) -> str:
    """Stored without a language and without a name: a number of people, a seat, the names of fields."""
    if event.verb == Verb.ROSTER_IMPORTED and event.about:
        number = int(event.about.partition(":")[0])
        return ngettext("%(n)s person", "%(n)s people", number) % {"n": number}
    if event.verb == Verb.SETTINGS_CHANGED:
        return _changes(Coalition, event.about)
    if event.verb == Verb.QUESTION_SET and event.about:
        return date_format(date.fromisoformat(f"{event.about}-01"), "YEAR_MONTH_FORMAT")
    if event.verb in ABOUT_A_SEAT:
        seat, _colon, fields = event.about.partition(":")
        return f"{names.get(seat, '–')} ({seat_changes(fields)})" if fields else names.get(seat, "–")
    return event.about


def seat_changes(fields: str) -> str:
    """ "group=parent>provider,title" as a person reads it."""
    return _changes(Seat, fields)


def _changes(model: type[Coalition | Seat], about: str) -> str:
    known = {field.name: str(field.verbose_name) for field in model._meta.concrete_fields}
    known |= {name: str(words) for name, words in NAMES.items() if model is Seat}
    return ", ".join(_change(known, each) for each in about.split(","))


def _change(known: dict[str, str], told: str) -> str:
    """One field; where both are on record, what it was and what it became."""
    name, _equals, values = told.partition("=")
    called = known.get(name, name)
    before, arrow, after = values.partition(">")
    if not arrow:
        return called
    words = VALUES.get(name, YES_OR_NO)
    said = {"what": called, "before": words.get(before, before), "after": words.get(after, after)}
    return _("%(what)s: from “%(before)s” to “%(after)s”") % said


def gave(event: Event, seat: Seat) -> bool:
    """Whether this list brought in that seat: its `about` is how many, and the first and the last of them."""
    told = re.fullmatch(r"\d+:(\d+)-(\d+)", event.about)
    return told is not None and int(told[1]) <= seat.pk <= int(told[2])
