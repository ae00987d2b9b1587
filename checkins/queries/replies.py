"""What the people of a table said in its check-ins, and what one of them can say now."""

import zoneinfo
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils.translation import get_language

from coalitions.models import Coalition, Seat
from coalitions.roles import Can
from milestones.endings import called
from milestones.models import Item, Round, Stage

from .. import months
from ..models import Checkin, Reply, StepNews
from .monthly import is_running
from .standing import says
from .steps import Step, all_steps

SHOWN = 13  # this month, and a year of those before
OF_EVIDENCE = (Stage.OPENED, Stage.AGREED, Stage.RELEASED)


@dataclass(frozen=True)
class Said:
    """One step, as its owner said it that month."""

    step: str
    says: str
    words: str
    language: str


@dataclass(frozen=True)
class Entry:
    """One person's month. Without words and news it is “nothing new”."""

    who: str
    words: str
    language: str
    news: tuple[Said, ...]
    mine: bool


@dataclass(frozen=True)
class Month:
    month: date
    question: str
    question_language: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Mine:
    """What somebody can say this month, and what they said so far."""

    checkin: Checkin
    reply: Reply | None
    steps: tuple[Step, ...]
    news: Mapping[int, StepNews] = field(default_factory=dict)  # this month's, by the newest agreement


def asked_now(coalition: Coalition, *, today: date) -> Checkin | None:
    """The check-in of this month, if it was asked."""
    month = months.month_of(today)
    found = Checkin.objects.filter(coalition=coalition, month=month, asked_at__isnull=False).first()
    if found:
        found.coalition = coalition
    return found


def to_answer(seat: Seat, *, now: datetime) -> Checkin | None:
    """The check-in of this month that this person was asked and has said nothing to yet. One query."""
    if not seat.can(Can.CHECK_IN):
        return None
    month = months.month_of(seat.coalition.today(now))
    asked = Checkin.objects.filter(coalition=seat.coalition, month=month, asked_at__isnull=False)
    return asked.exclude(Exists(Reply.objects.filter(checkin=OuterRef("pk"), seat=seat))).first()


def mine(checkin: Checkin, seat: Seat) -> Mine:
    """Three queries. A step that was said to be done this month can still be said otherwise.

    A step whose owner has left is for the leads, so that it does not stand there for ever.
    """
    told = StepNews.objects.filter(seat=seat, on__gte=checkin.month, on__lt=months.after(checkin.month))
    own = [step for step in all_steps(checkin.coalition) if _tells(seat, step)]
    now_in = {pk: step.agreement.pk for step in own for pk in step.news_of}
    news = {now_in[each.agreement_id]: each for each in told.order_by("pk") if each.agreement_id in now_in}
    steps = tuple(step for step in own if not step.kept or step.agreement.pk in news)
    return Mine(checkin, checkin.replies.filter(seat=seat).first(), steps, news)


def _tells(seat: Seat, step: Step) -> bool:
    if step.owner is None or step.owner.left is not None:
        return seat.lead
    return step.owner.pk == seat.pk


def evidence_round(coalition: Coalition, *, now: datetime) -> Round | None:
    """The newest opened round, to which the table can add what it has seen; one that begins after it locks it."""
    rounds = coalition.rounds.filter(opened_at__isnull=False).select_related("version").order_by("-number")
    newest = rounds.first()
    if newest is None or newest.stage(now) not in OF_EVIDENCE:
        return None
    return newest


def evidence_items(round: Round | None) -> list[Item]:
    return list(round.version.items.all()) if round else []


def question_of(checkin: Checkin) -> tuple[str, str]:
    """The lead's question and its language: the reader's, else the other."""
    first = (get_language() or "en").split("-")[0]
    order = [first, *(code for code, _name in settings.LANGUAGES if code != first)]
    found = ((checkin.question[code], code) for code in order if checkin.question.get(code))
    return next(found, ("", ""))


def month_by_month(seat: Seat) -> list[Month]:
    """What everybody said, newest month first, in three queries."""
    asked = Checkin.objects.filter(coalition=seat.coalition, asked_at__isnull=False).order_by("-month")
    checkins = list(asked[:SHOWN])
    if not checkins:
        return []
    news = _news(seat.coalition, since=checkins[-1].month)
    entries: dict[int, list[Entry]] = defaultdict(list)
    month_of = {checkin.pk: checkin.month for checkin in checkins}
    for reply in Reply.objects.filter(checkin__in=checkins).select_related("seat__member").order_by("pk"):
        told = tuple(news[month_of[reply.checkin_id], reply.seat_id])
        mine = reply.seat_id == seat.pk
        entry = Entry(called(reply.seat), reply.words, reply.language, told, mine)
        entries[reply.checkin_id].append(entry)
    return [Month(each.month, *question_of(each), tuple(entries[each.pk])) for each in checkins]


def _news(coalition: Coalition, *, since: date) -> dict[tuple[date, int], list[Said]]:
    found: dict[tuple[date, int], list[Said]] = defaultdict(list)
    rows = StepNews.objects.filter(agreement__round__coalition=coalition, seat__isnull=False, on__gte=since)
    for each in rows.select_related("agreement").order_by("agreement__item__position", "pk"):
        assert each.seat_id  # noqa: S101  asked for above
        said = Said(each.agreement.next_step, says(each.how, each.due), each.words, each.language)
        found[months.month_of(each.on), each.seat_id].append(said)
    return found


@dataclass(frozen=True)
class Coming:
    """The next check-in: its month and the day it is asked, if no round runs then. Without an opening there is none."""

    month: date
    day: date
    waits: bool
    begun: bool
    question: Mapping[str, str]


def coming(coalition: Coalition, *, now: datetime) -> Coming:
    zone = zoneinfo.ZoneInfo(coalition.time_zone)
    month = months.coming(now, zone)
    found = Checkin.objects.filter(coalition=coalition, month=month).first()
    return Coming(
        month=month,
        day=months.asked_on(month),
        waits=is_running(coalition),
        begun=coalition.rounds.filter(opened_at__isnull=False).exists(),
        question=found.question if found else {},
    )
