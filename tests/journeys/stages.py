"""Sets five tables, one at each stage of a round, and prints what is there as JSON."""

import json
import re
import sys
import uuid
from datetime import timedelta

from django.conf import settings
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from coalitions.actions import address_of, invite, start_import, want_seat
from coalitions.checks import addresses
from coalitions.models import Cohort, Group, Seat
from feedback.actions import Told, change_words, make_form, reply
from feedback.models import Result, Voice
from members.actions.links import token_for
from members.actions.owner import create_owner
from milestones.actions.agreement import record_agreement
from milestones.actions.answers import add_evidence, save_answer
from milestones.actions.dissent import add_dissent, code_of, trace_of
from milestones.models import Version
from milestones.models.record import How
from outbox.models import StopLink
from tests.factories.answered import an_opened_round, answers
from tests.factories.outside import WORDING, gathered, many, visits
from tests.factories.rounds import a_table, agreed, an_open_round, released, said, sealed, seven_milestones
from tests.factories.tables import a_coalition, a_member, a_seat, seat_of

LANGUAGES = ("en", "es")
NOW = timezone.now()


def set_tables() -> None:
    seven_milestones()
    members = {
        f"{role} {language}": a_member(f"{role}-{language} {role.title()}", language=language)
        for role in ("lead", "member", "evaluator")
        for language in LANGUAGES
    }
    cohort = Cohort.objects.create(name="First cohort")
    cohort.evaluators.set([members["evaluator en"], members["evaluator es"]])
    pages = [("nowhere", "/nowhere/")]
    for stage, make in STAGES.items():
        coalition = a_coalition(f"{stage.title()} Together", slug=stage, state="KY", cohort=cohort)
        seats = {who: _sit(coalition, member) for who, member in members.items() if "evaluator" not in who}
        want_seat(coalition=coalition, group=Group.PARENT, who="A father", why="No father sits here yet.")
        make(coalition, seats["lead en"], seats["member en"])
        _an_import(seats["lead en"])
        _ask_outside(coalition, seats["member en"])
        pages += _asked(coalition, seats["lead en"])
        pages += _pages(coalition, seats["member en"])
    for language in LANGUAGES:
        members[f"admin {language}"] = a_member(f"Admin-{language} Person", is_staff=True, language=language)
    pages += [("owner", _owner_link()), ("start", "/start/"), ("tables", "/tables/")]
    sessions = {who: session_of(member) for who, member in members.items()}
    json.dump({"pages": list(dict.fromkeys(pages)), "sessions": sessions}, sys.stdout)


def _sit(coalition, member) -> Seat:
    lead = member.name.startswith("lead")
    group = Group.ADVOCATE if lead else Group.PARENT
    return seat_of(member, coalition, group, lead=lead, reader=not lead, joined=NOW.date())


def _ask_outside(coalition, reader) -> None:
    """A form that is answered and in which something is changed again, what came of it, and a first reply."""
    form = make_form(
        coalition=coalition, questions="direction", name="Library nights", languages=["en", "es"],
        form=uuid.uuid4(),
    )  # fmt: skip
    form.wordings.update(content=WORDING, published_on=NOW.date())
    visits(form, *many(12, "We wait for a place"))
    gathered(form)
    change_words(form=form)
    voice = Voice.objects.filter(batch__form=form).first()
    told = Told(
        "on", {"en": "You wait too long", "es": "Esperan mucho"}, {"en": "We ask for more places", "es": "Pedimos más lugares"},
        "en", due=NOW.date() + timedelta(days=30), public=True, voices=[voice.pk],
    )  # fmt: skip
    reply(by=reader, told=told, now=NOW, form=uuid.uuid4())


def _asked(coalition, lead) -> list[tuple[str, str]]:
    """Somebody who is on the way, and the pages about it."""
    seat = a_seat(coalition, "Lou Listed", Group.PARENT, language="es", arrived=None)
    asked = invite(seat=seat, by=lead, now=NOW, form=uuid.uuid4())
    a_seat(coalition, "Nia Next", Group.PROVIDER, arrived=None)
    here = f"/c/{coalition.slug}/people/{seat.pk}/"
    return [
        ("invitation", address_of(asked).removeprefix(settings.SITE_URL)),
        ("invite listed", f"{here}invite/"),
        ("edit listed", here),
    ]


def _owner_link() -> str:
    form = uuid.uuid4()
    create_owner(
        email="olive@people.example",
        name="Olive Owner",
        path="/start/",
        form=form,
        now=NOW,
        lasts=timedelta(days=3),
    )
    return f"/l/{token_for(form)}/"


def session_of(member) -> str:
    client = Client()
    client.force_login(member)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _an_import(lead) -> None:
    """A list on its way in, with a word to ask about, somebody new, and a line with something wrong."""
    raw = b"name,email,group\nAna,ana@a.org,parent\nNo,nobody,parent\nVi,vi@a.org,Vecina\n"
    start_import(by=lead, raw=raw, file_name="people.csv", form=uuid.uuid4(), now=NOW)


def _open(coalition, lead, member):
    a_table(coalition)
    round = an_open_round(coalition, lead, now=NOW)
    first = round.version.items.first()
    add_evidence(
        round=round, seat=member, item=first, kind="record", title="A list of who came", note="Twelve of us.",
        url="", now=NOW, form=uuid.uuid4(),
    )  # fmt: skip
    for seat in coalition.seats.filter(member__name__contains="-"):
        save_answer(
            round=round, seat=seat, item=first, pick=2, words="Nos escuchan poco.", language="es", now=NOW
        )
    return round


def _closed(coalition, lead, member):
    a_table(coalition)
    round = an_open_round(coalition, lead, now=NOW - timedelta(days=14, minutes=1))
    answers(round, coalition.seats.answering(), words=True)
    return sealed(round)


def _opened(coalition, lead, member):
    a_table(coalition)
    round = an_opened_round(coalition, lead, now=NOW - timedelta(days=15, minutes=1), words=True)
    add_evidence(
        round=round, seat=member, item=round.version.items.first(), kind="record", title="A list of who came",
        note="Twelve of us.", url="", now=NOW, form=uuid.uuid4(),
    )  # fmt: skip
    return round


def _agreed(coalition, lead, member):
    round = _opened(coalition, lead, member)
    first, *_between, last = round.version.items.all()
    agreed(round, lead)
    more = {
        "how": How.MOST,
        "next_step": "Ask ten families.",
        "owner": member,
        "due": NOW.date(),
        "is_goal": True,
    }
    record_agreement(
        round=round, item=first, by=lead, said=said(4, **more), seen=1, now=NOW, form=uuid.uuid4()
    )
    no = said(2, low=2, high=4, how=How.NO_AGREEMENT)
    record_agreement(round=round, item=last, by=lead, said=no, seen=1, now=NOW, form=uuid.uuid4())
    for named in (True, False):
        form = uuid.uuid4()
        add_dissent(
            round=round, item=first, seat=member, text="I see less of it.", language="en", named=named,
            let_out=named, code=code_of(form), now=NOW, form=trace_of(form),
        )  # fmt: skip
    round.refresh_from_db()
    return round


def _released(coalition, lead, member):
    return released(_agreed(coalition, lead, member), lead, yes_by=member)


STAGES = {"open": _open, "closed": _closed, "opened": _opened, "agreed": _agreed, "released": _released}


def _number(coalition, pattern: str) -> int | None:
    """Of what a page is about that is no person."""
    if "import/" in pattern:
        return coalition.imports.get().pk
    if "voices/forms/" in pattern:
        return coalition.forms.get().pk
    if "voices/results/" in pattern:
        return Result.objects.filter(batch__form__coalition=coalition).first().pk
    if "frameworks/" in pattern:
        return Version.objects.latest("pk").pk
    return coalition.said_and_done.first().pk if "said-and-done/" in pattern else None


def _pages(coalition, member) -> list[tuple[str, str]]:
    """(name, address) of whatever can be asked for at this table; where there is no row yet, one that is not there."""
    round = coalition.rounds.get()
    dissent, word = round.dissents.first(), round.words.first()
    link, _new = StopLink.objects.get_or_create(to=member.member.email, kind="reminder")
    filled = {
        "slug": coalition.slug, "number": round.number, "release": 1, "code": "M1", "pk": member.pk,
        "token": link.token, "language": "en", "question": WORDING["questions"][0]["code"], "file": "figures.csv",
    }  # fmt: skip
    found = []
    for pattern in addresses(get_resolver()):
        filled["pk"] = _number(coalition, str(pattern.pattern)) or member.pk
        voice = Voice.objects.filter(batch__form__coalition=coalition).first()
        asked = voice if "voices" in str(pattern.pattern) else None
        id = asked or (word if "words" in str(pattern.pattern) else dissent) or round
        filled["code"] = coalition.forms.get().code if str(pattern.pattern).startswith("go/") else "M1"
        for position in (1, 7):
            values = filled | {"id": id.pk, "position": position}
            address = re.sub(
                r"<(?:\w+:)?(\w+)>", lambda part, values=values: str(values[part[1]]), str(pattern.pattern)
            )
            found.append((pattern.name, f"/{address}"))
    board = next(address for name, address in found if name == "board")
    found += [("projector", f"{board}?projector={step}") for step in STEPS]
    found += [("change", f"{address}?change=1") for name, address in found if name == "agree"]
    return found


STEPS = ("answers", "words", "talk", "agree")
