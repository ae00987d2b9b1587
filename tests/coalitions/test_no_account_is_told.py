"""Whether an address has an account elsewhere: nothing that a lead does or reads tells it.

Each way through the pages is walked twice from the same start, once with an address that nobody has and once with
one that somebody has. Every body, status and header must be the same, and so must every row that the table reads.
"""

import re
import uuid
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coalitions.models import Cohort, Event, Import, Seat
from members.models import Member
from tests.coalitions.test_people import an_invitation
from tests.factories.tables import seat_of

ADDRESS = "ann@elsewhere.example"
CANARIES = ("Annie Account", "elsewhere account")
CHANGING = (
    (re.compile(r'(name="csrfmiddlewaretoken"[^>]*value=")[^"]*'), r"\1"),
    (re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"), "UUID"),
    (re.compile(r"/(people|import)/\d+/"), r"/\1/PK/"),
    (re.compile(r"added=\d+"), "added=PK"),
)
KEPT_OUT = {
    "Set-Cookie",
    "Content-Length",
}  # the length moves with the digits of a row's number; bodies are compared


class Rollback(Exception):
    pass


class Walk:
    """What one way through the pages said, without tokens and numbers of rows."""

    def __init__(self, client: Client) -> None:
        self.client, self.said = client, []

    def get(self, path: str):
        return self._keep(self.client.get(path))

    def post(self, path: str, words: dict):
        return self._keep(self.client.post(path, {**words, "form": uuid.uuid4()}))

    def _keep(self, answer):
        headers = {name: plain(value) for name, value in answer.items() if name not in KEPT_OUT}
        self.said.append((answer.status_code, headers, plain(answer.content.decode())))
        return answer


def plain(text: str) -> str:
    for pattern, instead in CHANGING:
        text = pattern.sub(instead, text)
    return text


def rows() -> list[tuple]:
    """Everything a page of the table reads: seats as they are shown, and what is on record."""
    seats = [
        (
            seat.name,
            seat.email,
            seat.language,
            seat.group,
            seat.votes,
            seat.joined,
            seat.arrived,
            seat.contact,
        )
        for seat in Seat.objects.filter(coalition__slug="care-forward").select_related("member")
    ]
    return [*seats, *Event.objects.filter(coalition__slug="care-forward").values_list("verb", "seat")]


def once(walk: Callable[[Walk], None], lead: Seat, begin: Callable[[], None]) -> tuple[list, list]:
    """One walk through a world that is gone afterwards."""
    found: tuple[list, list] = ([], [])
    try:
        with transaction.atomic():
            begin()
            client = Client()
            client.force_login(lead.member)
            taken = Walk(client)
            walk(taken)
            found = taken.said, rows()
            raise Rollback
    except Rollback:
        return found


def nobody() -> None:
    pass


def an_account() -> Member:
    return Member.objects.create_user(ADDRESS, name="Annie Account", language="es", last_login=timezone.now())


def switched_off() -> None:
    an_account()
    Member.objects.filter(email=ADDRESS).update(is_active=False)


def a_seat_elsewhere() -> None:
    from tests.factories.tables import a_coalition

    there = a_coalition("There", slug="there", state="KS")
    seat_of(an_account(), there, title="elsewhere account", contact="elsewhere account")


def listed_elsewhere() -> None:
    from tests.factories.tables import a_coalition

    there = a_coalition("There", slug="there", state="KS")
    seat_of(Member.objects.create_user(ADDRESS), there, arrived=None, listed_name="elsewhere account")


def an_evaluator() -> None:
    Cohort.objects.create(name="elsewhere account").evaluators.add(an_account())


def a_site_admin() -> None:
    an_account()
    Member.objects.filter(email=ADDRESS).update(is_staff=True, is_superuser=True)


WORDS = {"listed_name": "Ann Listed", "email": ADDRESS, "group": "parent", "votes": "on", "role": "member",
         "listed_language": "en", "contact": "502-555-0101"}  # fmt: skip


def look_around(walk: Walk) -> None:
    """The pages on which somebody who has not come yet is seen by a lead."""
    seat = Seat.objects.get(coalition__slug="care-forward", listed_email=ADDRESS, left=None)
    for name in ("people", "past_people", "home", "settings_page", "invite_all"):
        walk.get(reverse(name, args=["care-forward"]))
    for name in ("edit_seat", "seat_history", "readdress_seat", "invite"):
        walk.get(reverse(name, args=["care-forward", seat.pk]))


def add(walk: Walk) -> None:
    walk.get(walk.post(reverse("add_seat", args=["care-forward"]), WORDS).url)
    look_around(walk)
    assert walk.post(reverse("add_seat", args=["care-forward"]), WORDS).status_code == 422


def bring_in(walk: Walk) -> None:
    lines = f"name,email,group,contact\nAnn Listed,{ADDRESS},parent,502-555-0101\nJo,jo@a.org,provider,\n"
    for again in (False, True):
        roster = SimpleUploadedFile("people.csv", lines.encode())
        url = walk.post(reverse("import_roster", args=["care-forward"]), {"roster": roster}).url
        look = walk.get(url).content.decode()
        assert ("Already here" in look) is again
        if not again:
            seen = re.search(r'name="seen" value="(\w+)"', look)[1]
            walk.get(walk.post(url, {"seen": seen}).url)
    changed = lines.replace("Ann Listed", "Ann Otherwise")
    roster = SimpleUploadedFile("people.csv", changed.encode())
    url = walk.post(reverse("import_roster", args=["care-forward"]), {"roster": roster}).url
    assert "something else: Name" in walk.get(url).content.decode()
    Import.objects.all().delete()
    look_around(walk)


def readdress(walk: Walk) -> None:
    walk.post(reverse("add_seat", args=["care-forward"]), {**WORDS, "email": "typo@elsewhere.example"})
    seat = Seat.objects.get(listed_email="typo@elsewhere.example")
    an_invitation(seat, by=seat.coalition.seats.get(lead=True), at=timezone.now())
    path = reverse("readdress_seat", args=["care-forward", seat.pk])
    walk.get(walk.post(path, {"email": ADDRESS}).url)
    look_around(walk)
    walk.get(walk.post(path, {"email": "typo@elsewhere.example"}).url)
    walk.get(reverse("seat_history", args=["care-forward", seat.pk]))


def change_and_end(walk: Walk) -> None:
    walk.post(reverse("add_seat", args=["care-forward"]), WORDS)
    seat = Seat.objects.get(coalition__slug="care-forward", listed_email=ADDRESS)
    words = {**WORDS, "listed_name": "Ann Corrected", "listed_language": "es", "group": "agency"}
    walk.post(reverse("edit_seat", args=["care-forward", seat.pk]), words)
    look_around(walk)
    walk.post(reverse("invite", args=["care-forward", seat.pk]), {})
    look_around(walk)
    walk.post(reverse("end_seat", args=["care-forward", seat.pk]), {})
    walk.get(reverse("past_people", args=["care-forward"]))
    walk.get(walk.post(reverse("return_seat", args=["care-forward", seat.pk]), {}).url)
    look_around(walk)


WALKS = (add, bring_in, readdress, change_and_end)
WORLDS = (an_account, switched_off, a_seat_elsewhere, listed_elsewhere, an_evaluator, a_site_admin)


@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize("walk", WALKS)
def test_an_account_cannot_be_told_from_none(lead, parent, time_machine, walk, world):
    time_machine.move_to(timezone.now(), tick=False)
    without, with_one = once(walk, lead, nobody), once(walk, lead, world)
    assert len(without[0]) > 5
    for before, after in zip(without[0], with_one[0], strict=True):
        assert before == after
    assert without[1] == with_one[1]
    assert not [canary for canary in CANARIES if canary in str(with_one)]


def test_the_walk_would_see_it(lead, monkeypatch, time_machine):
    """As it was before: the table read the account's name."""
    time_machine.move_to(timezone.now(), tick=False)
    monkeypatch.setattr(Seat, "is_taken", True)
    assert once(add, lead, nobody)[0] != once(add, lead, an_account)[0]


@pytest.mark.parametrize("world", [nobody, *WORLDS])
def test_other_members_cannot_tell_either(lead, parent, world):
    """Somebody who is listed and not here, on the pages that everybody reads."""

    def seen(begin) -> list:
        def walk(taken: Walk) -> None:
            taken.post(reverse("add_seat", args=["care-forward"]), WORDS)
            taken.client.force_login(parent.member)
            for name in ("people", "past_people", "home"):
                taken.get(reverse(name, args=["care-forward"]))

        return once(walk, lead, begin)[0][1:]

    assert seen(nobody) == seen(world)
