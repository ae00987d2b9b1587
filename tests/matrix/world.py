"""Two tables, everyone who has something to do with them, and a secret of each."""

import uuid
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.test import Client
from django.utils import timezone

from coalitions import actions
from coalitions.models import Coalition, Cohort, Group, Seat
from feedback.actions import Told, change_words, keep_recording, make_form, reply
from feedback.models import Form, Result, Voice, Wording
from members.models import Member
from milestones.actions.answers import confirm_group, save_answer
from milestones.actions.dissent import add_dissent
from milestones.actions.publishing import publish_round
from milestones.actions.release import fingerprint
from milestones.queries.public import public_document
from outbox.models import StopLink
from tests.factories.outside import WORDING, gathered, many, visits
from tests.factories.rounds import a_table, agreed, an_open_round, everyone_answers, opened, released
from tests.factories.tables import a_coalition, a_member, a_seat

FROM_OUTSIDE = "words from outside"
HERE, THERE = "care-forward", "kansas-cares"
FORM = "kcdfghjm"
ROSTER = b"name,email,group\nNew Person,new@people.example,parent\n"


@dataclass
class World:
    seats: dict[str, Seat] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)
    ids: dict[str, object] = field(default_factory=dict)

    def browser(self, who: str) -> Client:
        """A browser in which they signed in before; whatever a request does to it is forgotten."""
        client = Client()
        if who in self.sessions:
            client.cookies["sessionid"] = self.sessions[who]
        return client

    def secrets(self) -> dict[str, tuple[str, str]]:
        """What would be a leak: each text, whose it is, and of what kind."""
        found = {}
        for who, member in self.members.items():
            found[member.email] = (who, "address")
        for who in self.seats:
            found[f"contact of {who}"] = (who, "contact")
            found[f"draft of {who}"] = (who, "draft")
        found[FROM_OUTSIDE] = ("reader", "voice")
        return found


def a_world() -> World:
    world = World()
    here = a_coalition("Care Forward Kentucky", slug=HERE, state="KY")
    there = a_coalition("Kansas Cares", slug=THERE, state="KS")
    _people(world, here, there)
    _rounds(world, here)
    _form(world, here)
    _outside(world, here)
    for who, seat in world.seats.items():
        world.members[who] = seat.member
        Seat.objects.filter(pk=seat.pk).update(contact=f"contact of {who}")
    _others(world, here, there)
    for who, member in world.members.items():
        client = Client()
        client.force_login(member)
        world.sessions[who] = client.cookies["sessionid"].value
    return world


def _people(world: World, here: Coalition, there: Coalition) -> None:
    neither = {"role": Seat.NEITHER, "votes": False}
    world.seats = {
        "lead": a_seat(here, "Lena Lead", Group.ADVOCATE, lead=True),
        "colead": a_seat(here, "Cora Colead", Group.OTHER, lead=True, **neither),
        "facilitator": a_seat(here, "Fay Facilitator", Group.OTHER, facilitator=True, **neither),
        "reader": a_seat(here, "Rita Reader", Group.PARENT, reader=True, **neither),
        "parent": a_seat(here, "Paz Parent", Group.PARENT, language="es"),
        "provider": a_seat(here, "Prue Provider", Group.PROVIDER),
        "director": a_seat(here, "Dee Director", Group.AGENCY, positional_power=True),
        "observer": a_seat(here, "Ob Observer", Group.FUNDER, role=Seat.OBSERVER, votes=False),
        "listed": a_seat(here, "Lou Listed", Group.PARENT, arrived=None),
        "gone": a_seat(here, "Gus Gone", Group.PROVIDER),
        "outsider": a_seat(there, "Otto Outsider", Group.ADVOCATE, lead=True),
        "stranger": a_seat(there, "Stella Stranger", Group.PARENT),
    }


def _rounds(world: World, here: Coalition) -> None:
    """One that is released, and one that is open in which everyone has begun."""
    now, lead = timezone.now(), world.seats["lead"]
    a_table(here)
    people = here.seats.answering().filter(arrived__isnull=False)
    first = an_open_round(here, lead, now=now - timedelta(days=200))
    everyone_answers(first, people, words=True)
    first = agreed(opened(first, lead), lead)
    dissent = add_dissent(
        round=first, item=first.version.items.first(), seat=world.seats["parent"], text="I see less.",
        language="en", named=True, let_out=False, code="", now=now, form=uuid.uuid4(),
    )  # fmt: skip
    first = released(first, lead, yes_by=world.seats["parent"])
    shown = fingerprint(public_document(first.releases.get()))
    publish_round(round=first, by=lead, now=now, shown=shown)
    world.ids |= {"word": first.words.first().pk, "dissent": dissent.pk}
    second = an_open_round(here, lead, now=now - timedelta(days=1))
    item = second.version.items.first()
    for who in ("lead", "parent", "provider", "director", "gone"):
        seat = world.seats[who]
        confirm_group(round=second, seat=seat, group=seat.group, now=now)
        save_answer(round=second, seat=seat, item=item, pick=2, words=f"draft of {who}", now=now)
    Seat.objects.filter(pk=world.seats["gone"].pk).update(left=now.date())


def _form(world: World, here: Coalition) -> None:
    """One that people outside can answer, and a change of it that waits. A question is read aloud."""
    form = make_form(
        coalition=here,
        questions="direction",
        name="Library nights",
        languages=["en", "es"],
        form=uuid.uuid4(),
    )
    Form.objects.filter(pk=form.pk).update(code=FORM)
    live = form.wordings.get()
    keep_recording(
        wording=live, question="direction_asked", language="en", raw=b"OggS", by=world.seats["lead"]
    )
    form.wordings.update(published_on=timezone.now().date())
    change_words(form=form)
    world.ids["form"] = form.pk


def _outside(world: World, here: Coalition) -> None:
    """A form at /go/M1/ whose answers have been read, one of them answered, and one that waits."""
    day = date(2026, 11, 1)
    form = Form.objects.create(coalition=here, code="M1", name="How is it?", form=uuid.uuid4())
    Wording.objects.create(form=form, number=1, languages=["en"], content=WORDING, published_on=day)
    visits(form, *many(12, FROM_OUTSIDE))
    gathered(form)
    visits(form, *many(1, "waiting, " + FROM_OUTSIDE))
    voice = Voice.objects.first()
    told = Told("did", {"en": "They said"}, {"en": "We did"}, "en", public=True, voices=[voice.pk])
    said = reply(by=world.seats["reader"], told=told, now=timezone.now(), form=uuid.uuid4())
    world.ids |= {"voice": voice.pk, "said": said.pk, "result": Result.objects.first().pk}


def _others(world: World, here: Coalition, there: Coalition) -> None:
    cohort = Cohort.objects.create(name="One")
    Coalition.objects.update(cohort=cohort)
    world.members["evaluator"] = a_member("Eve Evaluator")
    cohort.evaluators.add(world.members["evaluator"])
    world.members["admin"] = a_member("Sam Admin", is_staff=True, is_superuser=True)
    now = timezone.now()
    started = actions.start_import(
        by=world.seats["lead"], raw=ROSTER, file_name="r.csv", form=uuid.uuid4(), now=now
    )
    asked = actions.invite(seat=world.seats["listed"], by=world.seats["lead"], now=now, form=uuid.uuid4())
    wanted = actions.want_seat(coalition=here, group="parent", who="A dad")
    stop = StopLink.objects.create(to=world.seats["parent"].member.email, kind="invitations")
    world.ids |= {"import": started.pk, "wanted": wanted.pk, "stop": stop.token, "asked": asked.pk}
