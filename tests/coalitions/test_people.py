import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from coalitions.models import Group, Invitation, Seat
from members.actions.links import link_for
from members.models import Link
from outbox.models import ProblemAddress
from tests.factories.tables import a_seat

HERE = "/c/care-forward/people/"
WHEN = datetime(2026, 11, 3, 15, tzinfo=UTC)


def test_parents_come_first_then_providers(client_of, lead, director, provider, parent, observer):
    html = client_of(observer).get(HERE).content.decode().partition("<main")[2]
    places = [
        html.index(name)
        for name in ("Paz Parent", "Prue Provider", "Lena Lead", "Dee Director", "Ob Observer")
    ]
    assert places == sorted(places)
    assert "Holds power by position" in html


def test_only_who_keeps_the_list_sees_addresses(client_of, lead, facilitator, parent, observer):
    for seat in (parent, facilitator, observer):
        html = client_of(seat).get(HERE).content.decode()
        assert lead.member.email not in html
        assert "people/import" not in html
        assert reverse("want_seat", args=["care-forward"]) not in html
    html = client_of(lead).get(HERE).content.decode()
    assert parent.member.email in html


def test_people_without_a_name_are_not_shown_by_their_address(client_of, lead, provider):
    type(lead.member).objects.filter(pk=lead.member.pk).update(name="")
    html = client_of(provider).get(HERE).content.decode()
    assert "No name given" in html
    assert lead.member.email not in html


def test_whoever_left_is_gone(client_of, lead, parent):
    Seat.objects.filter(pk=parent.pk).update(left="2026-02-01")
    assert "Paz Parent" not in client_of(lead).get(HERE).content.decode()


def test_the_drawing_says_the_votes_in_words(client_of, lead, parent, provider, observer):
    lead.coalition.wanted_seats.create(group="parent", who="A dad")
    html = client_of(lead).get(HERE).content.decode()
    assert "4 people at the table. 2 of 3 votes: parents and providers. 1 empty seat." in html


def test_nobody_else_comes_in(client_of, visitor, coalition, outsider):
    assert client_of(outsider).get(HERE).status_code == 404
    assert visitor.get(HERE).url.startswith("/sign-in/")


def test_a_lead_says_who_is_missing(client_of, lead, parent):
    client, there = client_of(lead), reverse("want_seat", args=["care-forward"])
    words = {"group": "parent", "who": "A dad", "why": "Only moms so far"}
    for _ in range(2):
        answer = client.post(there, words)
        assert (answer.status_code, answer.url) == (303, HERE)
    wanted = lead.coalition.wanted_seats.get()
    assert "Only moms so far" in client_of(parent).get(HERE).content.decode()
    for _ in range(2):
        assert client.post(reverse("fill_seat", args=["care-forward", wanted.pk])).status_code == 303
    assert not lead.coalition.wanted_seats.exists()


@pytest.mark.parametrize("words", [{}, {"group": "parent", "who": ""}, {"group": "x", "who": "A dad"}])
def test_an_empty_seat_needs_words(client_of, lead, words):
    answer = client_of(lead).post(reverse("want_seat", args=["care-forward"]), words)
    assert answer.status_code == 422
    assert 'class="errors" role="alert"' in answer.content.decode()
    assert not lead.coalition.wanted_seats.exists()


def test_typed_words_are_kept_and_stay_on_one_line(client_of, lead):
    words = {"group": "parent", "who": "A dad\r\nBcc: x", "why": "<b>why</b>"}
    answer = client_of(lead).post(reverse("want_seat", args=["care-forward"]), words)
    assert answer.status_code == 422
    assert 'value="&lt;b&gt;why&lt;/b&gt;"' in answer.content.decode()


def test_only_a_lead_writes_and_only_at_their_own_table(client_of, lead, parent, outsider):
    wanted = lead.coalition.wanted_seats.create(group="parent", who="A dad")
    gone = reverse("fill_seat", args=["care-forward", wanted.pk])
    assert client_of(parent).post(gone).status_code == 403
    assert client_of(outsider).post(gone).status_code == 404
    client_of(outsider).post(reverse("fill_seat", args=["kansas-cares", wanted.pk]))
    client_of(lead).get(gone)
    assert lead.coalition.wanted_seats.exists()


@pytest.mark.parametrize("seats", [1, 5, 50, 200])
def test_it_costs_the_same_for_few_and_many(client_of, lead, observer, seats, django_assert_num_queries):
    waiting(lead.coalition, seats)
    for who, cost in ((lead, 7), (observer, 5)):
        client = client_of(who)
        client.get(HERE)
        with django_assert_num_queries(cost):
            client.get(HERE)


def waiting(coalition, seats: int) -> list[Seat]:
    """People on the list, every second one invited and not one of them here."""
    listed = [a_seat(coalition, f"Person{n} Many", Group.PARENT, arrived=None) for n in range(seats)]
    for seat in listed[::2]:
        an_invitation(seat, by=coalition.seats.get(lead=True))
    return listed


def an_invitation(seat: Seat, *, by: Seat | None, at=WHEN, way="mail") -> Invitation:
    form = uuid.uuid4()
    link = link_for(seat.member, form=form, path="/", now=at, lasts=timedelta(days=14))
    link.save()
    return Invitation.objects.create(seat=seat, by=by, way=way, link=link, form=form, at=at)


def a_problem(address: str) -> None:
    ProblemAddress.objects.create(to=address, problem="550 no such user", since=WHEN)


def test_a_lead_sees_who_has_not_come_and_who_asked_them(client_of, lead, parent):
    listed, asked, taken_back = waiting(lead.coalition, 3)[1], *waiting_again(lead)
    an_invitation(asked, by=lead)
    Link.objects.filter(invitation=an_invitation(taken_back, by=lead)).update(ended_at=WHEN)
    said = {line: text_beside(client_of(lead), line) for line in (listed.name, asked.name, taken_back.name)}
    assert "Listed, not here yet" in said[listed.name]
    assert "Invited on November 3 by Lena Lead, not here yet" in said[asked.name]
    assert "Listed, not here yet" in said[taken_back.name]
    assert "not here yet" not in text_beside(client_of(lead), parent.name)


def test_whoever_is_in_with_a_handed_link_is_not_said_to_be_missing(client_of, lead, through_link):
    seat = waiting_again(lead)[0]
    through_link(seat)
    beside = text_beside(client_of(lead), seat.name)
    assert "Here with a link that was handed over" in beside
    assert "not here yet" not in beside


def waiting_again(lead: Seat) -> list[Seat]:
    return [a_seat(lead.coalition, f"{name} Waits", Group.OTHER, arrived=None) for name in ("Ann", "Bea")]


def text_beside(client, name: str) -> str:
    """The person's cell of the list."""
    html = client.get(HERE).content.decode()
    return re.sub(r"\s+", " ", html[html.index(f"<bdi>{name}") :].partition("</th>")[0])


def test_an_invitation_whose_inviter_is_unknown_is_still_told(client_of, lead):
    asked = a_seat(lead.coalition, "Ann Waits", Group.OTHER, arrived=None)
    an_invitation(asked, by=None)
    assert "Invited on November 3, not here yet" in text_beside(client_of(lead), "Ann Waits")


def test_mail_that_comes_back_is_told_once_this_table_has_written(client_of, lead, parent):
    listed, asked = waiting_again(lead)
    for seat in (listed, asked, parent):
        a_problem(seat.email)
    an_invitation(asked, by=lead)
    client = client_of(lead)
    told = {seat.name: "comes back" in text_beside(client, seat.name) for seat in (listed, asked, parent)}
    assert told == {listed.name: False, asked.name: True, parent.name: True}


def test_what_is_for_leads_is_not_there_for_others(client_of, lead, parent, facilitator, observer, coalition):
    """Canaries: pay, contact, addresses, who was asked and whose mail comes back, on every page of the table."""
    asked = a_seat(
        coalition, "Ann Waits", Group.OTHER, arrived=None, paid="stipend", contact="CANARY-CONTACT-1"
    )
    an_invitation(asked, by=lead)
    gone = a_seat(
        coalition, "Gil Gone", Group.OTHER, left="2026-02-01", paid="stipend", contact="CANARY-CONTACT-2"
    )
    Seat.objects.filter(pk=lead.pk).update(paid="stipend", contact="CANARY-CONTACT-3")
    a_problem(asked.email)
    a_problem(lead.email)
    canaries = ("CANARY-CONTACT", "Gets a stipend", "not here yet", "comes back", "November 3")
    canaries += (asked.email, gone.email, lead.email)
    pages = [
        HERE,
        *(reverse(name, args=["care-forward"]) for name in ("home", "past_people", "my_seat", "rounds")),
    ]
    for seat in (parent, facilitator, observer):
        client = client_of(seat)
        for path in [*pages, f"{HERE}?added={asked.pk}"]:
            html = client.get(path).content.decode()
            assert [canary for canary in canaries if canary in html] == [], path
        for name in ("edit_seat", "seat_history", "readdress_seat", "return_seat"):
            assert client.get(reverse(name, args=["care-forward", asked.pk])).status_code == 403
        assert client.get(reverse("add_seat", args=["care-forward"])).status_code == 403
    seen = client_of(lead).get(reverse("seat_history", args=["care-forward", asked.pk])).content.decode()
    assert "CANARY-CONTACT-1" in seen
    assert "Gets a stipend" in seen
    assert "CANARY-CONTACT-3" in client_of(lead).get(pages[3]).content.decode()


def test_the_list_itself_holds_neither_pay_nor_contact(client_of, lead, parent):
    Seat.objects.filter(pk=parent.pk).update(paid="stipend", contact="CANARY-CONTACT")
    html = client_of(lead).get(HERE).content.decode()
    assert "CANARY-CONTACT" not in html
    assert "stipend" not in html
