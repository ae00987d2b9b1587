"""The check-in of the demo's table, asked between two rounds, by the same actions as ever."""

import uuid
import zoneinfo
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from checkins import months
from checkins.actions import ask_checkin, reply, set_question
from checkins.actions.replying import News
from checkins.models import Checkin
from checkins.queries.steps import all_steps
from coalitions.models import Coalition, Seat
from outbox.actions.wishes import forget_keys

QUESTION = {
    "en": "What got easier this month, and what got harder?",
    "es": "¿Qué fue más fácil este mes y qué fue más difícil?",
}


@dataclass(frozen=True)
class Said:
    """`step` is the milestone of a next step of theirs; `moves` is days from then."""

    by: str
    words: str = ""
    step: str = ""
    how: str = ""
    line: str = ""
    moves: int = 0


SAID = (
    Said("joyce", "Budget day has a date now, so buses are easier to book.", "M6", "going", "Two buses are booked, one is not."),
    Said("susan", step="M4", how="help", line="I need three parents to tell the board what a substitute costs."),
    Said("imani", step="M1", how="moved", line="Two dads said maybe. I see them next month.", moves=40),
    Said(
        "miguel", "Más fácil: ya hay quien cuide a los niños. Más difícil: la hora.", "M3", "kept",
        "Lo leímos en los dos idiomas.",
    ),
    Said("lucia", "Más fácil llegar, porque pagan la gasolina el mismo día."),
    Said("tasha"),
)  # fmt: skip


def before(opens: datetime) -> tuple[date, datetime]:
    """(the month, when it is asked): the newest check-in that came at least a day before a round opens."""
    zone = zoneinfo.ZoneInfo(str(opens.tzinfo))
    month = months.month_of((opens - timedelta(days=1)).date())
    at = months.asked_at(month, zone)
    if at > opens - timedelta(days=1):
        month = months.month_of(month - timedelta(days=1))
        at = months.asked_at(month, zone)
    return month, at


def check_in(coalition: Coalition, seats: dict[str, Seat], *, opens: datetime) -> None:
    """Asked before the round that is open now; six have said something."""
    month, at = before(opens)
    set_question(
        coalition=coalition, by=seats["dana"], month=month, said=QUESTION, now=at - timedelta(days=1),
        form=uuid.uuid4(),
    )  # fmt: skip
    ask_checkin(coalition=coalition, month=month, now=at)
    forget_keys(beginning="checkin/")  # its mail went out back then
    checkin = Checkin.objects.get(coalition=coalition, month=month)
    checkin.coalition = coalition
    steps = {step.item.code: step for step in all_steps(coalition)}
    for said in SAID:
        seat, now = seats[said.by], at + timedelta(hours=2)
        step = steps.get(said.step)
        due = (now + timedelta(days=said.moves)).date() if said.moves else None
        news = [News(step.agreement.pk, said.how, due, said.line)] if step else []
        reply(
            checkin=checkin, seat=seat, words=said.words, news=news, seen=None,
            language=seat.member.language, now=now, form=uuid.uuid4(),
        )  # fmt: skip
