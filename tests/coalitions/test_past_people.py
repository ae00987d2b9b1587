import re
import uuid
from datetime import date

import pytest
from django.urls import reverse

from coalitions.actions import end_seat, leave_table, take_seat
from coalitions.models import Event, Seat, Verb
from members.models import Member
from tests.coalitions.test_people import WHEN
from tests.factories.tables import a_seat

HERE = "/c/care-forward/people/left/"
AGAIN = "Give a seat again"


@pytest.fixture
def gone(coalition, lead) -> Seat:
    seat = a_seat(
        coalition, "Gil Gone", "provider", title="Owner", paid="stipend", contact="502-555-0101", reader=True
    )
    end_seat(seat=seat, by=lead, now=WHEN)
    Event.objects.all().delete()
    return seat


def back(client, seat: Seat, form=None):
    path = reverse("return_seat", args=[seat.coalition.slug, seat.pk])
    return client.post(path, {"form": form or uuid.uuid4()})


def said(client) -> str:
    return re.sub(r"\s+", " ", client.get(HERE).content.decode())


def test_everybody_sees_names_and_days_and_leads_see_addresses(client_of, lead, observer, gone):
    html = said(client_of(observer))
    assert "Gil Gone" in html
    assert "January 15, 2026 to November 3, 2026" in html
    assert gone.email not in html
    assert AGAIN not in html
    html = said(client_of(lead))
    assert gone.email in html
    assert AGAIN in html


def test_who_never_came_is_for_leads_to_know(client_of, lead, observer):
    waits = a_seat(lead.coalition, "Ann Waits", "parent", arrived=None)
    end_seat(seat=waits, by=lead, now=WHEN)
    assert "Ann Waits" not in said(client_of(observer))
    assert "Never took the seat" in said(client_of(lead))


def test_nobody_left_is_said(client_of, lead):
    assert "Nobody has left this table." in said(client_of(lead))


def test_who_left_is_known_as_they_were(client_of, lead, gone):
    """What they call themselves later, and under which address, is nothing this table learns."""
    Member.objects.filter(pk=gone.member_id).update(name="CANARY", email="canary@a.org", language="es")
    html = said(client_of(lead))
    assert "Gil Gone" in html
    assert "anary" not in html.lower().replace("binary", "")
    assert "CANARY" not in client_of(lead).get("/c/care-forward/settings/").content.decode()


def test_what_the_table_keeps_is_what_it_read_when_they_left(parent):
    Member.objects.filter(pk=parent.member_id).update(name="Paz Renamed")
    leave_table(seat=parent, today=date(2026, 3, 1))
    assert (parent.name, parent.listed_name) == ("Paz Renamed", "Paz Renamed")


def test_a_seat_given_again_is_as_it_was_and_not_yet_taken(client_of, lead, gone):
    client = client_of(lead)
    answer = back(client, gone)
    seat = Seat.objects.current().get(listed_email=gone.email)
    assert answer.url == f"/c/care-forward/people/?added={seat.pk}"
    assert (seat.name, seat.group, seat.title, seat.reader) == ("Gil Gone", "provider", "Owner", True)
    assert (seat.contact, seat.paid) == ("502-555-0101", "")
    assert seat.arrived is None
    assert seat.member == gone.member
    event = Event.objects.get()
    assert (event.verb, event.about) == (Verb.SEAT_GIVEN, str(seat.pk))
    html = said(client)
    assert "Has a seat here now" in html
    assert AGAIN not in html


def test_it_goes_to_whoever_has_the_address_by_which_the_table_knew_them(client_of, lead, gone):
    Member.objects.filter(pk=gone.member_id).update(email="gil@new.example")
    back(client_of(lead), gone)
    seat = Seat.objects.current().get(listed_email=gone.email)
    assert seat.member.email == gone.email
    assert seat.member != gone.member


def test_the_same_form_twice_gives_one_seat_and_another_is_refused(client_of, lead, gone):
    client, form = client_of(lead), uuid.uuid4()
    assert back(client, gone, form).url == back(client, gone, form).url
    assert back(client, gone).url == HERE
    assert "already sits at this table: Gil Gone." in said(client)
    assert Seat.objects.filter(listed_email=gone.email).count() == 2


def test_who_came_back_under_another_address_is_not_offered_a_second_seat(client_of, lead, gone):
    back(client_of(lead), gone)
    seat = Seat.objects.current().get(listed_email=gone.email)
    take_seat(seat=seat, now=WHEN)
    Member.objects.filter(pk=seat.member_id).update(email="gil@new.example")
    assert AGAIN not in said(client_of(lead))


def test_what_gives_nothing(client_of, lead, parent, facilitator, outsider, gone):
    path = reverse("return_seat", args=["care-forward", gone.pk])
    assert client_of(lead).get(path).url == HERE
    assert client_of(lead).post(path, {"form": "1"}).url == HERE
    assert client_of(facilitator).post(path).status_code == 403
    assert client_of(outsider).post(path).status_code == 404
    assert back(client_of(lead), parent).status_code == 404
    assert client_of(outsider).get(HERE).status_code == 404
    assert not Event.objects.exists()


@pytest.mark.parametrize("people", [1, 50])
def test_it_costs_the_same_for_few_and_many(client_of, lead, people, django_assert_num_queries):
    for n in range(people):
        a_seat(lead.coalition, f"Gone{n} Person", "parent", left="2026-02-01")
    client = client_of(lead)
    client.get(HERE)
    with django_assert_num_queries(5):
        client.get(HERE)
