"""Seven rounds of each table elsewhere, by the same actions that a real table uses, at the moments they would."""

import uuid
import zoneinfo
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.text import slugify

from coalitions.actions import change_seat, leave_table, seat_person, take_seat
from coalitions.models import Coalition, Cohort, Seat, State
from coalitions.roster import Row
from milestones import seasons
from milestones.actions.agreement import Said, record_agreement
from milestones.actions.answers import add_evidence
from milestones.actions.dissent import add_dissent, new_code
from milestones.actions.learning import share_learning
from milestones.actions.local import add_local
from milestones.actions.opening import open_answers
from milestones.actions.release import release_round
from milestones.actions.rounds import open_round, plan_round
from milestones.actions.sealing import seal_round
from milestones.models import Draft, Evidence, Item, Part, Release, Round, Version
from milestones.models.answers import Show
from milestones.queries.board import items_of

from .answers import picks
from .reading import ROUNDS, Ending, Person, Table

OUT_BY = timedelta(days=125)  # after the first day of a half-year every table has met and released in it
NAMES = {"en": ("Spring", "Fall"), "es": ("Primavera", "Otoño")}


@dataclass(frozen=True)
class Sitting:
    """One table with the people who sit there now."""

    table: Table
    coalition: Coalition
    seats: dict[str, Seat]

    def by(self, flag: str) -> Seat:
        return next(seat for seat in self.seats.values() if getattr(seat, flag))

    @property
    def yes(self) -> Seat:
        return next(seat for key, seat in self.seats.items() if self.table.person(key).base != "others")


@dataclass(frozen=True)
class Days:
    name: str
    opens: datetime
    closes: datetime
    meets: datetime


def newest_season(today: date) -> int:
    """The newest half-year in which every table elsewhere has had its round by that day."""
    season = seasons.season_of(today)
    return season if today >= seasons.first_day(season) + OUT_BY else season - 1


def days(table: Table, number: int, today: date) -> Days:
    """Half a year apart: each round meets in another April or October."""
    zone = zoneinfo.ZoneInfo(table.time_zone)
    first = seasons.first_day(newest_season(today) - (ROUNDS[-1] - number))
    meets = date(first.year, first.month + 3, table.day)
    return Days(
        name=f"{NAMES[table.language][first.month > 6]} {first.year}",
        opens=datetime.combine(meets - timedelta(days=20), time(9), zone),
        closes=datetime.combine(meets - timedelta(days=2), time(20), zone),
        meets=datetime.combine(meets, time(18), zone),
    )


def sit_and_meet(table: Table, wordings: tuple[Version, Version], *, now: datetime) -> Coalition:
    coalition = Coalition.objects.create(
        name=table.name, slug=table.slug, state=State.objects.get(code=table.state), time_zone=table.time_zone,
        cohort=Cohort.objects.get(name=table.cohort), main_language=table.language, outside_contact=table.contact,
    )  # fmt: skip
    sitting = Sitting(table, coalition, {})
    for number in ROUNDS:
        when = days(table, number, coalition.today(now))
        new = bool(table.new_wording) and number >= table.new_wording
        _come_and_go(sitting, number, when)
        if table.own and number == table.own.since:
            add_local(
                coalition=coalition, by=sitting.by("lead"), content=table.own.content, now=when.opens, form=uuid.uuid4()
            )  # fmt: skip
        asks_own = table.own is not None and number >= table.own.since
        round = _answered(sitting, None if asks_own else wordings[new], when)
        if number not in table.not_recorded:
            _recorded(sitting, round, when)
    if table.shares:
        newest = Release.objects.filter(round__coalition=coalition).latest("round__number", "number")
        share_learning(release=newest, by=sitting.by("lead"), now=when.meets + timedelta(days=21))
    return coalition


def _come_and_go(sitting: Sitting, number: int, when: Days) -> None:
    """Whoever comes is there before somebody leaves, so that the table is never without a lead."""
    for person in sitting.table.people:
        if person.since == number:
            joined = when.opens - timedelta(days=20)
            seat = seat_person(
                coalition=sitting.coalition, row=_row(person, sitting.table), today=joined.date()
            )
            sitting.seats[person.key] = take_seat(seat=seat, now=joined)
    for person in sitting.table.people:
        if person.until == number - 1 and person.until:
            leave_table(seat=sitting.seats.pop(person.key), today=(when.opens - timedelta(days=10)).date())
    for person in sorted(sitting.table.people, key=lambda person: person.leads_until):
        if number in (person.leads_from, person.leads_until):
            _hand_over(sitting, sitting.seats[person.key], leads=number == person.leads_from, now=when.opens)


def _hand_over(sitting: Sitting, seat: Seat, *, leads: bool, now: datetime) -> None:
    """Whoever takes over comes first, since a table is never without a lead."""
    by = sitting.by("lead")
    seat.lead = leads
    change_seat(seat=seat, by=by, organization="", changed=["lead"], now=now, form=uuid.uuid4())


def email_of(person: Person, table: Table) -> str:
    return f"{slugify(person.key)}@{table.slug}.example"


def _row(person: Person, table: Table) -> Row:
    helps = "facilitator" in person.flags
    return Row(
        line=0, name=person.name, email=email_of(person, table), group=person.group, title=person.title,
        organization=person.organization, votes=person.votes, power="power" in person.flags,
        role="neither" if helps else "member", facilitator=helps, lead="lead" in person.flags,
        reader=False, language=person.language,
    )  # fmt: skip


def _answered(sitting: Sitting, version: Version | None, when: Days) -> Round:
    """Asked, answered at once for all, closed, sealed and opened. Without a version it asks the newest, and what is
    the table's own."""
    round = plan_round(
        coalition=sitting.coalition, version=version, name=when.name, meets_on=when.meets.date(),
        closes_at=when.closes, now=when.opens,
    )  # fmt: skip
    round = open_round(round=round, by=sitting.by("lead"), now=when.opens)
    items = {item.code: item for item in items_of(round.version)}
    for seen in sitting.table.evidence:
        if seen.round == round.number:
            evidence = add_evidence(
                round=round, seat=sitting.seats[seen.by], item=items[seen.code], kind=seen.kind, title=seen.title,
                note=seen.note, url="", now=when.opens, form=uuid.uuid4(),
            )  # fmt: skip
            Evidence.objects.filter(pk=evidence.pk).update(outside=seen.outside)
    _answer(sitting, round, items)
    seal_round(round=round, now=when.closes)
    return open_answers(round=round, by=sitting.by("facilitator"), now=when.meets)


def _answer(sitting: Sitting, round: Round, items: dict[str, Item]) -> None:
    """Drafts as the score page would have left them; each thing said goes to somebody who can have said it."""
    table = sitting.table
    drafts: dict[tuple[str, str], Draft] = {}
    for code, item in items.items():
        for key, pick in picks(table, round.number, code, table.ending(code, round.number)).items():
            drafts[code, key] = Draft(round=round, seat=sitting.seats[key], item=item, pick=pick)
    for said in (said for said in table.words if said.round == round.number):
        free = (
            draft
            for (code, key), draft in drafts.items()
            if code == said.code and not draft.words and _speaks(table.person(key), said.base, said.language)
        )
        draft = next(free)
        draft.words, draft.translation, draft.language = said.text, said.translation, said.language
        draft.show = Show.BOTH if said.translation else Show.ORIGINAL
        draft.shared, draft.quotable = True, said.outside
    Draft.objects.bulk_create(drafts.values())
    there = {draft.seat_id for draft in drafts.values()}
    Part.objects.filter(round=round, seat__in=there).update(saved=len(items), confirmed=True)


def _speaks(person: Person, base: str, language: str) -> bool:
    return person.base == base and person.language == language


def _recorded(sitting: Sitting, round: Round, when: Days) -> None:
    """Agree, see it differently, release; and once more where the table corrected itself."""
    items = {item.code: item for item in items_of(round.version)}
    at = when.meets + timedelta(hours=2)
    for code, item in items.items():
        _record(sitting, round, item, sitting.table.ending(code, round.number), seen=0, now=at)
    for view in (view for view in sitting.table.views if view.round == round.number):
        seat = sitting.seats[view.by]
        add_dissent(
            round=round, item=items[view.code], seat=seat, text=view.text, language=seat.member.language,
            named=view.named, let_out=view.let_out, code=new_code(), now=at, form=uuid.uuid4(),
        )  # fmt: skip
    _release(sitting, round, at + timedelta(days=4))
    for (number, code), ending in sitting.table.corrected.items():
        if number == round.number:
            _record(sitting, round, items[code], ending, seen=1, now=at + timedelta(days=10))
            _release(sitting, round, at + timedelta(days=11))


def _release(sitting: Sitting, round: Round, now: datetime) -> None:
    release_round(round=round, by=sitting.by("lead"), yes_by=sitting.yes, now=now, form=uuid.uuid4())


def _record(sitting: Sitting, round: Round, item: Item, ending: Ending, *, seen: int, now: datetime) -> None:
    codes = [row["code"] for row in item.content["criteria"]]
    marks = ["met"] * (ending.low - 1) + ["partly"] + ["not yet"] * len(codes)
    evidence = Evidence.objects.filter(coalition=round.coalition, item_code=item.code)
    said = Said(
        low=ending.low, high=ending.high, how=ending.how, why=ending.why, stand=ending.stand,
        above_because=ending.above, next_step=ending.step,
        owner=sitting.seats[ending.owner] if ending.owner else None,
        due=now.date() + timedelta(days=75) if ending.step else None,
        is_goal=bool(ending.goal), goal_level=ending.goal,
        criteria=dict(zip(codes, marks, strict=False)), evidence=list(evidence.values_list("pk", flat=True)),
    )  # fmt: skip
    record_agreement(
        round=round, item=item, by=sitting.by("facilitator"), said=said, seen=seen, now=now, form=uuid.uuid4()
    )
