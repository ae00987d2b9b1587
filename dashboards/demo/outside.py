"""What people outside said to the invented table, and what it did. Nobody said it: we made it up."""

import random
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from coalitions.models import Coalition, Seat
from feedback.actions import Told, gather, place_voice, reply
from feedback.models import Form, Submission, Voice, Wording
from feedback.queries.published import week_of
from feedback.receipts import digest, receipt_of
from feedback.words import languages, ready_made

CODE = "kentucky"
SET = "direction"
PHONE = "502-555-0148"
FIRST_READ, READ = timedelta(days=23), timedelta(days=1)  # how long ago the two batches could be read


@dataclass(frozen=True)
class Said:
    """One visit: asked, changed and say (of the ready-made set), the language, and own words."""

    asked: str
    changed: str
    say: str
    words: str = ""
    language: str = "en"


FIRST = (
    Said("no", "no", "none", "Mi turno empieza a las cinco de la mañana y nada está abierto.", "es"),
    Said("no", "dont_know", "a_little", "A place that is open when the night shift ends."),
    Said("yes_once", "yes_small", "a_little", "Paying for the days my kid is sick is what breaks us."),
    Said("no", "no", "none", "Que alguien me explique los papeles en mi idioma.", "es"),
    Said("yes_often", "yes_small", "quite_a_bit", "Keep the food money for home providers."),
    Said("yes_once", "no", "a_little", "I run a home. The inspection form changes every year."),
    Said("no", "dont_know", "none", "Một chỗ giữ trẻ gần trạm xe buýt.", "vi"),
    Said("no", "no", "none"),
    Said("yes_often", "yes_big", "a_lot", "The new waiting list is a help. Please keep it in Spanish too."),
    Said("no", "dont_know", "a_little", "مكان واحد لطفليّ الاثنين، لا مكانان.", "ar"),
    Said("yes_once", "yes_small", "quite_a_bit"),
    Said("dont_know", "dont_know", "dont_know", "Evening hours. Evening hours. Evening hours."),
    Said("no", "no", "a_little", "Subieron la cuota y nadie nos avisó.", "es"),
    Said("yes_once", "yes_small", "a_little", "Answer the phone at the subsidy office."),
)
SECOND = (
    Said("yes_once", "yes_small", "a_little", "Someone finally asked. Now do something with it."),
    Said("no", "no", "none", "Necesitamos cuidado los sábados.", "es"),
    Said("yes_often", "yes_small", "quite_a_bit", "We lost two teachers to the warehouse this month."),
    Said("no", "dont_know", "a_little", "A ride. The nearest open spot is 40 minutes away."),
    Said("yes_once", "no", "none", "Yon moun ki pale kreyòl nan biwo a.", "ht"),
    Said("no", "yes_small", "a_little"),
)
WAITING = FIRST[:4]

SORTED = {
    "Mi turno empieza": ("Evening and night", "My shift starts at five in the morning and nothing is open."),
    "A place that is open": ("Evening and night", ""),
    "Evening hours": ("Evening and night", ""),
    "Que alguien me explique": ("Papers", "Somebody to explain the papers to me in my language."),
    "Một chỗ": ("Near a bus", "A child care place near the bus stop."),
    "Subieron la cuota": ("Cost", "They raised the fee and nobody told us."),
}


@dataclass(frozen=True)
class Answer:
    """`to` are the first words of those it answers, `due` in days from the build."""

    to: tuple[str, ...]
    done: str
    said: dict[str, str]
    did: dict[str, str]
    due: int = 0
    public: bool = False


ANSWERS = (
    Answer(
        ("Subieron la cuota", "Answer the phone"),
        "cannot",
        {"en": "They raised the fee and nobody told us.", "es": "Subieron la cuota y nadie nos avisó."},
        {
            "en": "We cannot set the fee: the state does. We asked for a letter to families 60 days before.",
            "es": "No podemos fijar la cuota: la fija el estado. Pedimos una carta a las familias 60 días antes.",
        },
    ),
    Answer(
        ("Que alguien me explique", "The new waiting list"),
        "did",
        {
            "en": "Somebody to explain the papers to me in my language.",
            "es": "Que alguien me explique los papeles en mi idioma.",
        },
        {
            "en": "A person who speaks Spanish now sits at the sign-up table on Tuesdays.",
            "es": "Los martes hay una persona que habla español en la mesa de inscripción.",
        },
        public=True,
    ),
    Answer(
        ("Mi turno empieza", "A place that is open", "Evening hours"),
        "working",
        {
            "en": "My shift starts at five in the morning and nothing is open.",
            "es": "Mi turno empieza a las cinco de la mañana y nada está abierto.",
        },
        {
            "en": "We are asking three centers to try early hours. We tell you what they say.",
            "es": "Pedimos a tres centros que prueben abrir temprano. Le contaremos qué responden.",
        },
        due=40,
        public=True,
    ),
)


def hear(*, coalition: Coalition, readers: list[Seat], now: datetime, zone: tzinfo) -> Form:
    """A form that is open, one batch that was answered in part, one that waits to be read, and a few more."""
    today = now.astimezone(zone).date()

    def morning(day: date) -> datetime:
        return datetime.combine(day, time(6), zone)

    wording = _form(coalition, today)
    first, second = today - FIRST_READ, today - READ
    _visits(wording, FIRST, first - timedelta(days=6))
    gather(form=wording.form, now=morning(first))
    _sort(wording.form)
    for number, answer in enumerate(ANSWERS):
        _answer(
            wording.form, answer, readers[number % 2], morning(first + timedelta(days=3 + 2 * number)), today
        )
    _visits(wording, SECOND, second - timedelta(days=5))
    gather(form=wording.form, now=morning(second))
    _visits(wording, WAITING, today)
    return wording.form


def _form(coalition: Coalition, today: date) -> Wording:
    asked = next(each for each in ready_made() if each["code"] == SET)
    form = Form.objects.create(
        coalition=coalition, code=CODE, name="What would help?", milestone=asked["milestone"], phone=PHONE,
        opens_on=today - timedelta(days=45), reply_by=today + timedelta(days=40), form=uuid.uuid4(),
    )  # fmt: skip
    content = {"questions": asked["questions"]}
    return Wording.objects.create(
        form=form,
        number=1,
        languages=list(languages()),
        content=content,
        published_on=today - timedelta(days=45),
    )


def _visits(wording: Wording, said: Iterable[Said], last: date) -> None:
    draw = random.Random(wording.form.code)  # noqa: S311  the same in every demo
    kept = []
    for each in said:
        answers = {
            "direction_asked": each.asked,
            "direction_changed": each.changed,
            "direction_say": each.say,
        }
        answers |= {"direction_help": each.words} if each.words else {}
        week = week_of(last - timedelta(days=draw.choice((0, 7))))
        kept.append(
            Submission(
                wording=wording,
                language=each.language,
                week=week,
                answers=answers,
                role=draw.choice(("parent", "parent", "provider")),
                receipt=digest(receipt_of(uuid.uuid4())),
            )
        )
    Submission.objects.bulk_create(kept)


def _beginning(form: Form, words: str) -> Voice:
    return Voice.objects.get(batch__form=form, text__startswith=words)


def _sort(form: Form) -> None:
    for words, (theme, translation) in SORTED.items():
        place_voice(
            voice=_beginning(form, words), milestone=form.milestone, theme=theme, translation=translation,
            translated_into="en",
        )  # fmt: skip


def _answer(form: Form, answer: Answer, by: Seat, now: datetime, today: date) -> None:
    told = Told(
        done=answer.done,
        said=answer.said,
        did=answer.did,
        language="en",
        due=today + timedelta(days=answer.due) if answer.due else None,
        milestone=form.milestone,
        public=answer.public,
        voices=[_beginning(form, words).pk for words in answer.to],
    )
    reply(by=by, told=told, now=now, form=uuid.uuid4())
