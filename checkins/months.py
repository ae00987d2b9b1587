"""When the check-in of a month is asked. Pure: plain times, no database.

As with reminders there is no list of what was missed: a month that went by without a check-in has none.
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

MORNING = time(8, 30)
LAST_DAY = 20  # after it the month is nearly over, and the next check-in is near
LASTS = timedelta(days=14)
SATURDAY = 5


def month_of(day: date) -> date:
    """Its first day, which names the month."""
    return day.replace(day=1)


def after(month: date) -> date:
    return month_of(month + timedelta(days=31))


def asked_on(month: date) -> date:
    """The first day of the month from Monday to Friday."""
    first = month_of(month)
    return first + timedelta(days=7 - first.weekday() if first.weekday() >= SATURDAY else 0)


def asked_at(month: date, zone: tzinfo) -> datetime:
    return datetime.combine(asked_on(month), MORNING, tzinfo=zone).astimezone(UTC)


def month_to_ask(now: datetime, zone: tzinfo) -> date | None:
    """The month whose check-in may be asked at this moment; none before its morning and late in a month."""
    today = now.astimezone(zone).date()
    month = month_of(today)
    return month if today.day <= LAST_DAY and now >= asked_at(month, zone) else None


def coming(now: datetime, zone: tzinfo) -> date:
    """The month of the next check-in: from its morning on, the month after."""
    month = month_of(now.astimezone(zone).date())
    return month if now < asked_at(month, zone) else after(month)


def until(now: datetime, zone: tzinfo) -> datetime:
    """How long a letter of this moment means something: two weeks, and not beyond the month."""
    ends = datetime.combine(after(month_of(now.astimezone(zone).date())), time(), tzinfo=zone)
    return min(now + LASTS, ends.astimezone(UTC))
