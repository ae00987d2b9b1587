"""Invitations by mail: who gets one, how often, and what it opens."""

import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coalitions import actions
from coalitions.models import Event, Group, Invitation, Seat, Verb
from dashboards.actions import close_account
from members.models import Link
from outbox.actions.sending import send_all
from outbox.actions.wishes import stop
from outbox.models import Message, Why
from tests.factories.tables import a_seat, seat_of
from web.refusal import Refused

NOON = datetime(2026, 11, 21, 17, tzinfo=UTC)


@pytest.fixture
def dad(coalition) -> Seat:
    """Listed, and not here yet."""
    return a_seat(coalition, "Dan Dad", Group.PARENT, language="es", arrived=None)


def link_in(message) -> str:
    return re.search(r"/i/[\w-]+/", message.text)[0]


def ask(dad, lead, *, now=None, form=None):
    return actions.invite(seat=dad, by=lead, now=now or timezone.now(), form=form or uuid.uuid4())


def is_in(client, seat) -> bool:
    return client.session.get("_auth_user_id") == str(seat.member_id)


def test_a_lead_asks_and_the_person_comes(client_of, lead, dad, mailoutbox):
    page = client_of(lead).get(reverse("invite", args=["care-forward", dad.pk]))
    html = page.content.decode()
    assert "Tiene un lugar" in html or "Lena Lead" in html
    form = page.context_data["form"]["form"].value()
    answer = client_of(lead).post(reverse("invite", args=["care-forward", dad.pk]), {"form": form})
    assert answer.url == reverse("people", args=["care-forward"])
    message = Message.objects.get()
    assert (message.to, message.language, message.kind) == (dad.member.email, "es", "invitations")
    assert "List-Unsubscribe" in message.headers
    phone = Client()
    url = link_in(message)
    assert "Lena Lead" in phone.get(url).content.decode()
    assert phone.post(url).url == reverse("this_round", args=["care-forward"])
    assert is_in(phone, dad)
    dad.refresh_from_db()
    assert dad.arrived == dad.coalition.today(timezone.now())
    assert [event.verb for event in Event.objects.all()] == [Verb.SEAT_TAKEN, Verb.INVITED]
    assert phone.get(reverse("home", args=["care-forward"])).status_code == 200


def test_night_mail_waits_for_the_morning_of_the_table(lead, dad):
    ask(dad, lead, now=datetime(2026, 11, 22, 4, tzinfo=UTC))
    assert Message.objects.get().not_before == datetime(2026, 11, 22, 13, tzinfo=UTC)


def test_the_same_form_is_the_same_invitation(lead, dad):
    form = uuid.uuid4()
    assert ask(dad, lead, form=form) == ask(dad, lead, form=form)
    assert Message.objects.count() == Event.objects.count() == 1


def test_a_second_one_ends_the_first_and_a_hasty_one_is_the_first(lead, dad):
    first = ask(dad, lead, now=NOON)
    assert ask(dad, lead, now=NOON + timedelta(minutes=9)) == first
    second = ask(dad, lead, now=NOON + timedelta(minutes=11))
    assert second != first
    first.link.refresh_from_db()
    assert first.link.ended_at
    assert dad.invitations.standing(NOON + timedelta(minutes=12)).get() == second


def test_one_to_a_person_who_already_sits_elsewhere_opens_both_tables(lead, outsider):
    """And tells this table nothing of the other before they come."""
    seat = seat_of(outsider.member, lead.coalition, arrived=None, listed_name="As Listed")
    ask(seat, lead)
    phone = Client()
    phone.post(link_in(Message.objects.get()))
    seat.refresh_from_db()
    assert (seat.name, bool(seat.arrived)) == ("Otto Outsider", True)
    assert phone.get(reverse("home", args=["kansas-cares"])).status_code == 200
    assert phone.get(reverse("home", args=["care-forward"])).status_code == 200


def test_nobody_is_asked_who_left_or_is_here(lead, dad, provider):
    with pytest.raises(Refused, match="is here already"):
        ask(provider, lead)
    Seat.objects.filter(pk=dad.pk).update(left=dad.joined)
    with pytest.raises(Refused, match="has left the table"):
        ask(dad, lead)
    assert not Message.objects.exists()


def test_all_are_asked_who_were_never_asked(client_of, lead, parent, dad, coalition):
    others = [a_seat(coalition, f"New{n} Person", Group.PROVIDER, arrived=None) for n in range(3)]
    ask(others[0], lead)
    url = reverse("invite_all", args=["care-forward"])
    page = client_of(lead).get(url)
    html = page.content.decode()
    assert "3 people were not invited yet" in html
    assert html.count('<div class="letter"') == 2, "one for each language that somebody reads"
    form = page.context_data["form"]["form"].value()
    for _ in range(2):
        client_of(lead).post(url, {"form": form})
    assert Invitation.objects.count() == Message.objects.count() == 4
    assert "Everybody on the list has been asked" in client_of(lead).get(url).content.decode()


def test_asking_many_costs_a_few_queries(lead, coalition, django_assert_max_num_queries):
    for n in range(60):
        a_seat(coalition, f"Many{n} Person", Group.PROVIDER, arrived=None)
    with django_assert_max_num_queries(20):
        assert actions.invite_all(coalition=coalition, by=lead, now=NOON, form=uuid.uuid4()) == 60
    assert Message.objects.count() == 60


def test_one_that_was_taken_back_lets_nobody_in_even_with_the_page_open(client_of, lead, dad):
    ask(dad, lead)
    phone, url = Client(), link_in(Message.objects.get())
    assert phone.get(url).status_code == 200
    back = reverse("end_invitation", args=["care-forward", dad.pk])
    for _ in range(2):
        client_of(lead).post(back)
    answer = phone.post(url)
    assert answer.status_code == 410
    assert "Este enlace ya no funciona" in answer.content.decode()
    assert not is_in(phone, dad)
    assert Event.objects.filter(verb=Verb.INVITATION_ENDED).count() == 1


def test_one_that_was_taken_back_is_not_mailed(lead, dad, mailoutbox):
    ask(dad, lead)
    actions.end_invitation(seat=dad, by=lead, now=timezone.now())
    send_all(clock=lambda: timezone.now() + timedelta(hours=20))
    assert mailoutbox == []
    assert Message.objects.get().problem == Why.UNWANTED


def test_whoever_left_is_not_let_in(lead, dad):
    ask(dad, lead)
    actions.end_seat(seat=dad, by=lead, now=timezone.now())
    phone, url = Client(), link_in(Message.objects.get())
    assert phone.post(url).status_code in (404, 410)
    assert not is_in(phone, dad)
    assert "Send me a new link" not in phone.get(url).content.decode()


def test_a_used_one_sends_a_new_one_to_the_mailbox_alone(lead, dad):
    invitation = ask(dad, lead, now=timezone.now() - timedelta(days=15))
    url = link_in(Message.objects.get())
    phone = Client()
    html = phone.get(url).content.decode()
    assert "This link has run out" in html or "Este enlace" in html
    sent = phone.post(url, {"again": "yes"})
    assert dad.member.email not in sent.content.decode()
    assert Message.objects.count() == 2
    new = Message.objects.exclude(key=f"invitation/{invitation.pk}").get()
    assert link_in(new) != url
    assert phone.post(link_in(new)).status_code == 302
    assert is_in(phone, dad)
    again = Client().post(url, {"again": "yes"})
    assert again.content.decode().replace(csrf(again), "") == sent.content.decode().replace(csrf(sent), "")
    assert Message.objects.count() == 2, "who is here gets no more; the page does not say so"


def csrf(answer) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', answer.content.decode())
    return found[1] if found else "-"


def test_asking_for_a_new_one_does_not_flood_the_mailbox(lead, dad):
    ask(dad, lead, now=timezone.now() - timedelta(days=15))
    url = link_in(Message.objects.get())
    for _ in range(20):
        Client().post(url, {"again": "yes"})
    assert Message.objects.count() == 2


@pytest.mark.parametrize("name", ["invite", "hand_link", "end_invitation"])
def test_only_a_lead_of_this_table_asks(client_of, parent, facilitator, outsider, lead, dad, name):
    url = reverse(name, args=["care-forward", dad.pk])
    for who, status in ((parent, 403), (facilitator, 403), (outsider, 404)):
        assert client_of(who).post(url, {"form": uuid.uuid4()}).status_code == status
    theirs = reverse(name, args=["kansas-cares", dad.pk])
    assert client_of(outsider).post(theirs, {"form": uuid.uuid4()}).status_code == 404
    assert not Invitation.objects.exists()
    assert not Link.objects.exists()


def test_a_form_without_its_number_is_refused(client_of, lead, dad):
    for name in ("invite", "invite_all"):
        url = reverse(name, args=["care-forward", dad.pk] if name == "invite" else ["care-forward"])
        assert client_of(lead).post(url, {"form": "x"}).status_code == 422
    assert not Invitation.objects.exists()


def test_until_they_take_it_no_room_opens(client_of, dad):
    client = client_of(dad)
    for name in ("home", "people", "this_round", "rounds"):
        answer = client.get(reverse(name, args=["care-forward"]))
        assert answer.url == reverse("take_seat", args=["care-forward"])
    assert client.get("/tables/").url == reverse("home", args=["care-forward"])
    client.get(reverse("take_seat", args=["care-forward"]))
    dad.refresh_from_db()
    assert dad.arrived is None
    for _ in range(2):
        client.post(reverse("take_seat", args=["care-forward"]))
    assert client.get(reverse("home", args=["care-forward"])).status_code == 200
    assert Event.objects.filter(verb=Verb.SEAT_TAKEN).count() == 1


def test_whoever_has_no_name_gets_the_one_they_were_listed_with(client_of, dad):
    type(dad.member).objects.filter(pk=dad.member.pk).update(name="")
    client_of(dad).post(reverse("take_seat", args=["care-forward"]))
    dad.member.refresh_from_db()
    assert dad.member.name == "Dan Dad"


def test_whoever_wants_no_more_from_this_table_is_not_said_to_be_asked(client_of, lead, dad):
    first = ask(dad, lead, now=timezone.now() - timedelta(hours=1))
    stop(to=dad.member.email, kind="invitations", now=timezone.now())
    url = reverse("invite", args=["care-forward", dad.pk])
    answer = client_of(lead).post(url, {"form": uuid.uuid4()})
    assert answer.status_code == 422
    assert "stopped invitations by mail" in answer.content.decode()
    first.link.refresh_from_db()
    assert first.link.ended_at is None, "the link they have goes on"


def test_what_they_told_another_table_is_not_told_here(lead, dad):
    stop(to=dad.member.email, kind="invitations", now=timezone.now())
    assert ask(dad, lead)


def test_a_hasty_second_one_says_that_the_first_stands(client_of, lead, dad):
    url = reverse("invite", args=["care-forward", dad.pk])
    said = [client_of(lead).post(url, {"form": uuid.uuid4()}, follow=True).content.decode() for _ in range(2)]
    assert "is on its way" in said[0]
    assert "less than ten minutes ago" in said[1]


def test_an_account_that_was_closed_is_not_asked_back(client_of, lead, parent):
    close_account(member=parent.member, now=timezone.now())
    past = client_of(lead).get(reverse("past_people", args=["care-forward"])).content.decode()
    assert "Closed their account" in past
    assert "Give a seat again" not in past
    url = reverse("return_seat", args=["care-forward", parent.pk])
    answer = client_of(lead).post(url, {"form": uuid.uuid4()}, follow=True)
    assert "closed their account" in answer.content.decode()
    assert not lead.coalition.seats.uninvited().exists()


def test_whoever_is_signed_in_here_is_told_that_the_button_signs_them_out(client_of, lead, dad):
    ask(dad, lead)
    url = link_in(Message.objects.get())
    assert "Lena Lead is signed in on this device" in client_of(lead).get(url).content.decode()
    assert "signed in on this device" not in Client().get(url).content.decode()
