"""Home, composed from what each room knows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from checkins.queries.replies import to_answer
from checkins.queries.standing import Standing, standings
from checkins.queries.steps import steps_told
from coalitions.models import Group, Seat, WantedSeat
from coalitions.roles import Can
from feedback.queries.inbox import unread
from feedback.queries.said import Shown, last_said
from milestones.models import Round, Stage
from milestones.queries.ledger import Line, ledger
from milestones.queries.rounds import Progress, minutes, progress

SAID = 2  # “you said, we did” on home
NOT_BEGUN = (None, Stage.DRAFT)


@dataclass(frozen=True)
class Task:
    url: str
    text: str
    more: str = ""


@dataclass(frozen=True)
class Step:
    """One of the three a new table takes before its first round."""

    url: str
    text: str
    more: str
    done: bool


@dataclass(frozen=True)
class Table:
    """Who sits here, as the seat map draws them: parents and providers first."""

    seats: list[tuple[str, bool]]
    wanted: list[WantedSeat]
    family_votes: int
    votes: int


@dataclass(frozen=True)
class Home:
    seat: Seat
    round: Round | None
    stage: Stage | None
    progress: Progress | None
    left: int | None
    ledger: list[Line]
    table: Table
    tasks: list[Task]
    steps: list[Step]
    said: list[Shown]
    promises: list[Standing]

    @property
    def minutes(self) -> int:
        return minutes(self.left or 0)


def home(seat: Seat, *, rounds: list[Round], now: datetime) -> Home:
    """Everything on home, in a constant number of queries; `rounds` are all, newest first."""
    round = rounds[0] if rounds else None
    stage = round.stage(now) if round else None
    seats = list(seat.coalition.seats.current().select_related("member"))
    recorded = ledger(seat.coalition, rounds)
    last = recorded.lines
    so_far = None
    if round and stage in (Stage.DRAFT, Stage.OPEN):
        known = last[0].board.item.version_id == round.version_id if last else False
        so_far = progress(round, seats=seats, items=len(last) if known else None)
    # How many milestones this seat has not saved yet; none if the round does not ask it.
    left = so_far.left.get(seat.pk) if so_far and stage == Stage.OPEN else None
    begun = any(each.opened_at for each in rounds)
    tasks = [*_tasks(seat, round, so_far, stage, left, last), *_to_read(seat, now)]
    if begun and not left:  # one's own answers come first
        tasks[:0] = _checkin(seat, now)
    steps = first_steps(seat, seats, planned=bool(round)) if len(rounds) < 2 and stage in NOT_BEGUN else []
    said = last_said(seat.coalition, get_language() or "en", most=SAID)
    promises = standings(steps_told(recorded.told), today=seat.coalition.today(now))
    return Home(seat, round, stage, so_far, left, last, table(seat, seats), tasks[:3], steps, said, promises)


def first_steps(seat: Seat, seats: list[Seat], *, planned: bool) -> list[Step]:
    """People, dates, invitations: for a lead, until the first round opens."""
    if not (seat.can(Can.PEOPLE) and seat.can(Can.RUN_ROUNDS)):
        return []
    listed = len(seats) > 1
    asked = not seat.coalition.seats.uninvited().exists()
    here = [seat.coalition.slug]
    people = ngettext("%(n)s person is on the list.", "%(n)s people are on the list.", len(seats))
    return [
        Step(
            reverse("people", args=here),
            _("Add the people at your table"),
            people % {"n": len(seats)} if listed else _("Bring in a list, or add them one by one."),
            listed,
        ),
        Step(
            reverse("rounds" if planned else "new_round", args=here),
            _("Pick the dates"),
            _("Two to three weeks works well."),
            planned,
        ),
        Step(
            reverse("invite_all", args=here),
            _("Invite everybody"),
            _("Each gets a link to their own seat, by mail."),
            listed and asked,
        ),
    ]


def table(seat: Seat, current: list[Seat]) -> Table:
    order = list(Group.values)
    sitting = [each for each in current if each.role != Seat.NEITHER]
    seats = sorted(sitting, key=lambda each: order.index(each.group))
    family = [each for each in seats if Group(each.group).base != "others"]
    return Table(
        seats=[("ot" if Group(each.group).base == "others" else "pp", each.votes) for each in seats],
        wanted=list(seat.coalition.wanted_seats.all()),
        family_votes=sum(each.votes for each in family),
        votes=sum(each.votes for each in seats),
    )


def _tasks(
    seat: Seat,
    round: Round | None,
    so_far: Progress | None,
    stage: Stage | None,
    left: int | None,
    last: list[Line],
) -> Iterator[Task]:
    """What this person is needed for next, in the order it is due."""
    if round is None:
        return
    if left:
        more = ngettext("%(n)s milestone left", "%(n)s milestones left", left) % {"n": left}
        yield _task("next_milestone", round, _("Finish your own answers"), more)
    if stage == Stage.OPEN and so_far and so_far.waiting_for and seat.can(Can.SEE_WHO_ANSWERED):
        n = len(so_far.waiting_for)
        people = ngettext(
            "See who has not answered: %(n)s person", "See who has not answered: %(n)s people", n
        )
        yield _task("round", round, people % {"n": n}, _("Only you see the names, to remind them."))
    if stage == Stage.OPENED and seat.can(Can.RECORD):
        missing = next((line.board.item for line in last if line.ended != round), None)
        if missing:
            yield _task("board", round, _("Record what the table agrees"), missing.name, missing.position)
    for at, needed, name, what, besides in WHEN:
        if at == stage and seat.can(needed):
            yield _task(name, round, str(what), str(besides))


def _to_read(seat: Seat, now: datetime) -> Iterator[Task]:
    n = unread(seat.coalition, today=seat.coalition.today(now)) if seat.can(Can.READ_VOICES) else 0
    if n:
        voices = ngettext("%(n)s voice from outside to read", "%(n)s voices from outside to read", n)
        url = reverse("voices", args=[seat.coalition.slug]) + "?unanswered=1"
        yield Task(url, voices % {"n": n}, _("Nobody has answered them yet."))


def _checkin(seat: Seat, now: datetime) -> Iterator[Task]:
    asked = to_answer(seat, now=now)
    if asked:
        month = {"month": date_format(asked.month, "F")}
        yield Task(
            reverse("checkin", args=[seat.coalition.slug]),
            _("Your check-in for %(month)s") % month,
            _("About one minute"),
        )


def _task(name: str, round: Round, text: str, more: str, *args: int) -> Task:
    where = [] if name == "new_round" else [round.number]
    return Task(reverse(name, args=[round.coalition.slug, *where, *args]), text, more)


WHO_SPEAKS = gettext_lazy("Pick who speaks first. Book the interpreter.")
WHEN = (
    (Stage.DRAFT, Can.RUN_ROUNDS, "round", gettext_lazy("Open the round for answers"), ""),
    (Stage.OPEN, Can.OPEN_ANSWERS, "open_answers", gettext_lazy("Plan the opening"), WHO_SPEAKS),
    (Stage.CLOSED, Can.OPEN_ANSWERS, "open_answers", gettext_lazy("Open the answers together"), WHO_SPEAKS),
    (
        Stage.AGREED,
        Can.RELEASE,
        "release",
        gettext_lazy("Release the round to evaluators"),
        gettext_lazy("A parent or provider says yes first."),
    ),
    (
        Stage.RELEASED,
        Can.RUN_ROUNDS,
        "new_round",
        gettext_lazy("Plan the next round"),
        gettext_lazy("A full round every six months."),
    ),
)
