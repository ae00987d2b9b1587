"""Builds the demo's coalition by the same actions that a real table uses, at the moments they would."""

import json
import random
import uuid
import zoneinfo
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

import milestones
from checkins.actions import plan_reminders
from coalitions.actions import invite, leave_table, seat_person, take_seat, want_seat
from coalitions.models import Coalition, Cohort, Seat, State
from coalitions.roster import Row
from members.models import Member
from milestones.actions.agreement import Said, record_agreement
from milestones.actions.answers import add_evidence, save_answer, share_words
from milestones.actions.dissent import add_dissent, new_code
from milestones.actions.framework import load_framework
from milestones.actions.opening import open_answers
from milestones.actions.release import release_round
from milestones.actions.rounds import open_round, plan_round
from milestones.actions.sealing import seal_round
from milestones.models import Evidence, Item, Round, Version
from outbox.actions.sending import send_all
from web.refusal import Refused

from . import table
from .agreed import AGREED, CORRECTED, EVIDENCE, MARKS, VIEWS, Agreed
from .answers import Answer, planned
from .checkin import check_in
from .elsewhere import elsewhere
from .outside import hear

OPEN = 4  # the round that a newcomer finds open
APART = timedelta(weeks=26)
SEASONS = ("Winter", "Spring", "Summer", "Fall")


class NotADemo(Refused):
    def __init__(self) -> None:
        super().__init__("Invented people sit only at a demo's table. Set DEMO=1 for a throwaway site.")


@dataclass(frozen=True)
class Calendar:
    """The moments of one round, counted from the day of the build, in the coalition's time zone."""

    opens: datetime
    answers: datetime
    closes: datetime
    meets: datetime

    @property
    def name(self) -> str:
        return f"{SEASONS[self.opens.month % 12 // 3]} {self.opens.year}"


def calendar(number: int, now: datetime) -> Calendar:
    """The fourth closes on a Thursday evening 12 to 18 days from now; each one before, half a year earlier."""
    zone = zoneinfo.ZoneInfo(table.TIME_ZONE)
    day = now.astimezone(zone).date() + timedelta(days=12)
    day += timedelta(days=(3 - day.weekday()) % 7) - (OPEN - number) * APART
    return Calendar(
        opens=datetime.combine(day - timedelta(days=21), time(9), zone),
        answers=datetime.combine(day - timedelta(days=20), time(19), zone),
        closes=datetime.combine(day, time(20), zone),
        meets=datetime.combine(day + timedelta(days=2), time(10, 30), zone),
    )


@transaction.atomic
def build(*, now: datetime) -> Coalition:
    """The whole table, or what is there already. Refuses outside demo mode."""
    if not settings.DEMO:
        raise NotADemo
    there = Coalition.objects.filter(slug=table.SLUG).first()
    if there:
        return there
    coalition, version = _coalition(), _version()
    seats: dict[str, Seat] = {}
    for number in range(1, OPEN + 1):
        when = calendar(number, now)
        if number == OPEN:
            check_in(coalition, seats, opens=when.opens)
        _come_and_go(coalition, seats, number, when)
        round = _ask(coalition, version, seats, number, when)
        if number < OPEN:
            _meet(round, seats, when)
    _ask_somebody(coalition, seats["dana"], now - timedelta(days=2))
    zone = zoneinfo.ZoneInfo(table.TIME_ZONE)
    hear(coalition=coalition, readers=[seats["tasha"], seats["miguel"]], now=now, zone=zone)
    elsewhere(version, now=now)
    return coalition


def _ask_somebody(coalition: Coalition, lead: Seat, now: datetime) -> None:
    seat = seat_person(coalition=coalition, row=_row(table.INVITED), today=coalition.today(now))
    invite(seat=seat, by=lead, now=now, form=uuid.uuid4())


def _row(person: table.Person) -> Row:
    return Row(
        line=0, name=person.name, email=person.email, group=person.group, title=person.title,
        organization=person.organization, votes=person.votes, power=person.power, role=person.role,
        facilitator=person.facilitator, lead=person.lead, reader=person.reader, language=person.language,
    )  # fmt: skip


def _version() -> Version:
    content = Path(milestones.__file__).parent / "content" / "framework.json"
    return load_framework(content=json.loads(content.read_text(encoding="utf-8")))


def _coalition() -> Coalition:
    email, name = table.EVALUATOR
    evaluator = Member.objects.filter(email=email).first() or Member.objects.create_user(email, name=name)
    cohorts = [Cohort.objects.get_or_create(name=name)[0] for name in table.COHORTS]
    evaluator.cohorts.add(*cohorts)
    coalition = Coalition.objects.create(
        name=table.NAME,
        slug=table.SLUG,
        state=State.objects.get(code=table.STATE),
        cohort=cohorts[0],
        time_zone=table.TIME_ZONE,
        outside_contact=table.OUTSIDE_CONTACT,
    )
    for group, who, why in table.WANTED:
        want_seat(coalition=coalition, group=group, who=who, why=why)
    return coalition


def _come_and_go(coalition: Coalition, seats: dict[str, Seat], number: int, when: Calendar) -> None:
    """Who left after the round before, and who joined for this one."""
    for person in table.PEOPLE:
        if person.until and person.until == number - 1:
            leave_table(seat=seats[person.key], today=(when.opens - timedelta(days=80)).date())
        if person.since == number:
            today = (when.opens - timedelta(days=40)).date()
            seat = seat_person(coalition=coalition, row=_row(person), today=today)
            seats[person.key] = take_seat(seat=seat, now=when.opens - timedelta(days=39))


def _ask(
    coalition: Coalition, version: Version, seats: dict[str, Seat], number: int, when: Calendar
) -> Round:
    """Open the round and let everybody answer who does; in the open one six stop half-way."""
    round = plan_round(
        coalition=coalition, version=version, name=when.name, meets_on=when.meets.date(),
        closes_at=when.closes, now=when.opens - timedelta(days=7),
    )  # fmt: skip
    round = open_round(round=round, by=seats["dana"], now=when.opens)
    if number == OPEN:
        _remind(when.opens)
    _add_evidence(round, seats, number, when.answers)
    items = list(version.items.select_related("version"))
    for key, answers in planned(number).items():
        so_far = items[: table.LATE[key]] if number == OPEN and key in table.LATE else items
        answer(round=round, seat=seats[key], items=so_far, answers=answers, now=when.answers)
    return round


def _remind(opens: datetime) -> None:
    """Everybody got the first reminder back then, before anybody had answered."""
    plan_reminders(now=opens)
    send_all(clock=lambda: opens + timedelta(minutes=1))


def answer(
    *, round: Round, seat: Seat, items: Iterable[Item], answers: dict[str, Answer], now: datetime
) -> None:
    """One person's answers to these milestones, with their words shared and evidence ticked."""
    draw = random.Random(f"{round.number} {seat.member.email}")  # noqa: S311  the same in every demo
    seen = list(Evidence.objects.filter(coalition=round.coalition).seen_by(seat))
    for item in items:
        given = answers[item.code]
        ticks = [evidence.pk for evidence in seen if evidence.item_code == item.code and draw.random() < 0.5]
        text, language = (given.said.text, given.said.language) if given.said else ("", seat.member.language)
        save_answer(
            round=round,
            seat=seat,
            item=item,
            pick=given.pick,
            words=text,
            language=language,
            ticks=ticks or None,
            now=now,
        )
        if given.said:
            translation = given.said.translation
            share_words(
                round=round, seat=seat, item=item, share=True, show="both" if translation else "original",
                translation=translation, quotable=given.said.outside, now=now,
            )  # fmt: skip


def _add_evidence(round: Round, seats: dict[str, Seat], number: int, now: datetime) -> None:
    for seen in EVIDENCE.values():
        if seen.round == number:
            item = round.version.items.get(code=seen.code)
            evidence = add_evidence(
                round=round, seat=seats[seen.by], item=item, kind=seen.kind, title=seen.title, note=seen.note,
                url="", now=now, form=uuid.uuid4(),
            )  # fmt: skip
            Evidence.objects.filter(pk=evidence.pk).update(outside=seen.outside)


def _meet(round: Round, seats: dict[str, Seat], when: Calendar) -> None:
    """Close, open the answers together, agree, see it differently, release."""
    seal_round(round=round, now=when.closes)
    open_answers(round=round, by=seats["sam"], now=when.meets)
    agreed_at = when.meets + timedelta(hours=2)
    items = {item.code: item for item in round.version.items.select_related("version")}
    for code, agreed in AGREED[round.number].items():
        _record(round, items[code], seats, agreed, when, seen=0, now=agreed_at)
    for view in VIEWS[round.number]:
        seat = seats[view.by]
        add_dissent(
            round=round, item=items[view.code], seat=seat, text=view.text, language=seat.member.language,
            named=view.named, let_out=view.let_out, code=new_code(), now=agreed_at, form=uuid.uuid4(),
        )  # fmt: skip
    _release(round, seats, agreed_at + timedelta(days=3))
    if round.number in CORRECTED:
        code, agreed = CORRECTED[round.number]
        _record(round, items[code], seats, agreed, when, seen=1, now=agreed_at + timedelta(days=20))
        _release(round, seats, agreed_at + timedelta(days=21))


def _release(round: Round, seats: dict[str, Seat], now: datetime) -> None:
    release_round(round=round, by=seats["dana"], yes_by=seats["tasha"], now=now, form=uuid.uuid4())


def _record(
    round: Round,
    item: Item,
    seats: dict[str, Seat],
    agreed: Agreed,
    when: Calendar,
    *,
    seen: int,
    now: datetime,
) -> None:
    codes = [row["code"] for row in item.content["criteria"]]
    titles = [EVIDENCE[key].title for key in agreed.evidence]
    said = Said(
        low=agreed.low,
        high=agreed.high or agreed.low,
        how=agreed.how,
        why=agreed.why,
        stand=agreed.stand,
        above_because=agreed.above,
        next_step=agreed.step,
        owner=seats[agreed.owner],
        due=(when.meets + timedelta(days=agreed.due)).date(),
        is_goal=bool(agreed.goal),
        goal_level=agreed.goal or None,
        criteria={code: MARKS[mark] for code, mark in zip(codes, agreed.criteria, strict=True)},
        evidence=Evidence.objects.filter(coalition=round.coalition, title__in=titles).values_list(
            "pk", flat=True
        ),
    )
    record_agreement(
        round=round, item=item, by=seats["sam"], said=said, seen=seen, now=now, form=uuid.uuid4()
    )
