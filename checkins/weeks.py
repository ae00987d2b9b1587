"""When leads get their weekly note: Monday morning by the clock of the table, at the latest on that Wednesday.

Pure: plain times, no database.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

MORNING = time(8, 30)
THURSDAY = timedelta(days=3)


@dataclass(frozen=True)
class Week:
    """From `moment` until `until`; what is not written by then is not written any more."""

    name: str  # year and week as in ISO 8601: "2026-48"
    moment: datetime
    until: datetime


def week_at(now: datetime, zone: tzinfo) -> Week | None:
    """The week whose note may be written now; none from Thursday to Monday morning."""
    week = _week_of(now.astimezone(zone).date(), zone)
    return week if week.moment <= now < week.until else None


def next_week(now: datetime, zone: tzinfo) -> Week:
    """The first one whose morning is still to come."""
    today = now.astimezone(zone).date()
    week = _week_of(today, zone)
    return week if now < week.moment else _week_of(today + timedelta(days=7), zone)


def _week_of(day: date, zone: tzinfo) -> Week:
    monday = day - timedelta(days=day.weekday())
    year, number, _day = monday.isocalendar()
    return Week(f"{year}-{number:02}", _at(monday, MORNING, zone), _at(monday + THURSDAY, time(), zone))


def _at(day: date, clock: time, zone: tzinfo) -> datetime:
    return datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)
