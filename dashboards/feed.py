"""A calendar as bytes (RFC 5545). Moments are written in UTC, which every calendar puts on its own clock."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event

from .queries.dates import Appointment

LOOK_AGAIN = timedelta(hours=6)


def feed(appointments: Iterable[Appointment], *, language: str, now: datetime) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.SITE_NAME}//{language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", settings.SITE_NAME)
    calendar.add("refresh-interval", LOOK_AGAIN, parameters={"VALUE": "DURATION"})
    for each in appointments:
        calendar.add_component(_event(each, now))
    return calendar.to_ical()


def _event(each: Appointment, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{each.code}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", now.astimezone(UTC))
    if isinstance(each.at, datetime):
        event.add("dtstart", each.at.astimezone(UTC))
    else:
        event.add("dtstart", each.at)
        event.add("dtend", each.at + timedelta(days=1))
    event.add("summary", each.title)
    event.add("description", each.text)
    event.add("url", each.url)
    event.add("transp", "TRANSPARENT")
    return event
