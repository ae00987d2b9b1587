import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from coalitions.models import Event, Group, Seat, Verb
from milestones.actions.sealing import seal_round
from milestones.models import Draft, Part
from tests.factories.answered import answers
from tests.factories.rounds import a_table, an_open_round
from tests.factories.tables import seat_of

LEAVE = "/me/tables/care-forward/leave/"


@pytest.fixture
def open_round(coalition, lead, parent):
    a_table(coalition)
    round = an_open_round(coalition, lead, now=timezone.now())
    answers(round, coalition.seats.answering())
    return round


def test_the_page_says_what_happens_and_does_nothing(client_of, parent, lead):
    page = client_of(parent).get(LEAVE).content.decode()
    assert "Su lugar termina hoy." in page
    parent.refresh_from_db()
    assert parent.left is None


def test_the_seat_ends_today_and_it_is_on_record(client_of, lead, parent, coalition):
    browser = client_of(parent)
    assert browser.post(LEAVE).url == reverse("me")
    parent.refresh_from_db()
    assert parent.left == coalition.today(timezone.now())
    event = Event.objects.get()
    assert (event.verb, event.seat, event.about) == (Verb.SEAT_LEFT, parent, str(parent.pk))
    assert browser.get(reverse("home", args=["care-forward"])).status_code == 404
    assert (
        "Paz Parent" in client_of(lead).get(reverse("settings_page", args=["care-forward"])).content.decode()
    )


def test_leaving_twice_is_leaving_once(client_of, lead, parent):
    browser = client_of(parent)
    browser.post(LEAVE)
    assert browser.post(LEAVE).url == reverse("me")
    assert browser.get(LEAVE).url == reverse("me")
    assert Event.objects.count() == 1


def test_their_answers_do_not_count(client_of, lead, parent, open_round):
    asked = open_round.parts.count()
    client_of(parent).post(LEAVE)
    open_round.closes_at = timezone.now()
    open_round.save()
    sealed = seal_round(round=open_round, now=timezone.now())
    assert sealed.participation["everyone"]["took_part"] == asked - 1
    assert not Part.objects.filter(seat=parent).exists()
    assert not Draft.objects.exists()


def test_who_leaves_after_the_closing_has_been_counted(client_of, lead, parent, open_round):
    """Nobody has come by since the clock closed the round: it is sealed before the seat ends."""
    open_round.closes_at = timezone.now()
    open_round.save()
    client_of(parent).post(LEAVE)
    open_round.refresh_from_db()
    assert open_round.sealed_at
    assert Part.objects.get(round=open_round, seat=parent).took_part


@pytest.mark.parametrize("change", ["ends their seat", "takes their role"])
def test_what_a_lead_does_after_the_closing_takes_no_answer_away(client_of, lead, parent, open_round, change):
    open_round.closes_at = timezone.now()
    open_round.save()
    seat = ["care-forward", parent.pk]
    if change == "ends their seat":
        answer = client_of(lead).post(reverse("end_seat", args=seat))
    else:
        told = {"form": uuid.uuid4(), "group": parent.group, "role": Seat.NEITHER}
        answer = client_of(lead).post(reverse("edit_seat", args=seat), told)
    assert answer.status_code == 303
    open_round.refresh_from_db()
    assert open_round.sealed_at
    assert Part.objects.get(round=open_round, seat=parent).took_part


def test_the_only_lead_stays(client_of, lead, parent):
    answer = client_of(lead).post(LEAVE)
    assert answer.status_code == 422
    assert "Make somebody else a lead first." in answer.content.decode()
    lead.refresh_from_db()
    assert lead.left is None
    Seat.objects.filter(pk=parent.pk).update(lead=True)
    assert client_of(lead).post(LEAVE).status_code == 303


def test_a_member_may_go_even_where_nobody_leads(client_of, parent):
    assert client_of(parent).post(LEAVE).status_code == 303


def test_no_table_of_theirs_is_no_table(client_of, lead, outsider, site_admin):
    for who in (outsider, site_admin):
        assert client_of(who).get(LEAVE).status_code == 404
        assert client_of(who).post(LEAVE).status_code == 404
    lead.refresh_from_db()
    assert lead.left is None


def test_one_table_of_two(client_of, lead, parent, other_coalition):
    other = seat_of(parent.member, other_coalition, Group.PARENT)
    client_of(parent).post(LEAVE)
    other.refresh_from_db()
    assert other.left is None
