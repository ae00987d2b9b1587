"""What check-ins keep of one person, for that person to read."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import lazy

from coalitions.models import Group, Seat
from members.models import Member
from milestones.models import Item

from ..models import How, Reply, Silence, StepNews


@dataclass(frozen=True)
class ReplyHeld:
    table: str
    month: object
    words: str
    on: date


@dataclass(frozen=True)
class NewsHeld:
    """How they said that one of their next steps stands."""

    table: str
    milestone: object
    stands: object
    new_day: date | None
    words: str
    on: date


@dataclass(frozen=True)
class SilenceHeld:
    """A seat of theirs that gets no reminders and no check-ins by mail."""

    table: str
    since: date
    by: object


@dataclass(frozen=True)
class Held:
    said: tuple[ReplyHeld, ...]
    steps: tuple[NewsHeld, ...]
    silenced: tuple[SilenceHeld, ...]


def held(member: Member) -> Held:
    """All rows that name this person, in three queries."""
    replies = Reply.objects.filter(seat__member=member).select_related("checkin__coalition")
    news = StepNews.objects.filter(seat__member=member)
    news = news.select_related("agreement__round__coalition", "agreement__item__version").order_by("pk")
    quiet = (
        Silence.objects.filter(seat__member=member)
        .select_related("seat__coalition", "by__member")
        .order_by("pk")
    )
    return Held(
        said=tuple(
            ReplyHeld(each.checkin.coalition.name, _month(each.checkin.month), each.words, each.on)
            for each in replies.order_by("pk")
        ),
        steps=tuple(_news(each) for each in news),
        silenced=tuple(SilenceHeld(each.seat.coalition.name, each.since, _known(each.by)) for each in quiet),
    )


def _known(seat: Seat | None) -> object:
    """By name, or by group."""
    return (seat.name or Group(seat.group).label) if seat else ""


def _news(each: StepNews) -> NewsHeld:
    agreement = each.agreement
    return NewsHeld(
        table=agreement.round.coalition.name,
        milestone=_named(agreement.item),
        stands=How(each.how).label,
        new_day=each.due,
        words=each.words,
        on=each.on,
    )


def _month(month: date) -> object:
    """In the language of whoever reads it, whenever they do."""
    return lazy(lambda: date_format(month, "YEAR_MONTH_FORMAT"), str)()


def _named(item: Item) -> object:
    return lazy(lambda: item.name, str)()
