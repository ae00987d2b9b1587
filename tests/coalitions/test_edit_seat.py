import uuid

import pytest
from django.urls import reverse

from coalitions.actions import change_seat
from coalitions.models import Event, Group, Seat, Verb
from members.models import Member
from tests.coalitions.test_people import WHEN
from tests.factories.tables import a_seat, seat_of
from web.refusal import Refused

WORDS = {"group": "parent", "title": "", "organization": "", "votes": "on", "role": "member"}


def here(seat: Seat) -> str:
    return reverse("edit_seat", args=[seat.coalition.slug, seat.pk])


def end(seat: Seat) -> str:
    return reverse("end_seat", args=[seat.coalition.slug, seat.pk])


def save(client, seat, form=None, **changed):
    words = {**WORDS, "form": form or uuid.uuid4(), **changed}
    return client.post(here(seat), {name: value for name, value in words.items() if value is not None})


def test_a_change_is_saved_and_on_record(client_of, lead, parent):
    client = client_of(lead)
    answer = save(client, parent, group="provider", organization="Sunny Days", votes=None, reader="on")
    assert (answer.status_code, answer.url) == (303, "/c/care-forward/people/")
    parent = Seat.objects.get(pk=parent.pk)
    assert (parent.group, parent.organization.name, parent.votes, parent.reader) == (
        "provider",
        "Sunny Days",
        False,
        True,
    )
    record = client.get("/c/care-forward/settings/").content.decode()
    assert "changed a seat: <bdi>Paz Parent (" in record
    assert "Paz" not in Event.objects.get().about


def test_the_page_holds_what_is_there_and_no_way_to_change_the_person(client_of, lead, parent):
    save(client_of(lead), parent, organization="Sunny Days", title="Ms")
    html = client_of(lead).get(here(parent)).content.decode()
    assert 'value="Sunny Days"' in html
    assert 'value="Ms"' in html
    for name in ("email", "name", "language"):
        assert f'id="id_{name}"' not in html
    save(client_of(lead), parent, organization="", title="Ms", email="new@a.org", name="New", language="en")
    parent = Seat.objects.get(pk=parent.pk)
    assert parent.organization is None
    assert (parent.member.email, parent.member.name, parent.member.language) == (
        "paz@care-forward.example",
        "Paz Parent",
        "es",
    )


def test_the_same_form_twice_has_one_effect_and_no_change_none(client_of, lead, parent):
    client, form = client_of(lead), uuid.uuid4()
    save(client, parent, form, title="First")
    save(client, parent, title="Second")
    save(client, parent, form, title="First")
    save(client, parent, title="Second")
    assert Seat.objects.get(pk=parent.pk).title == "Second"
    assert Event.objects.filter(verb=Verb.SEAT_CHANGED).count() == 2


@pytest.mark.parametrize(
    "changed", [{"group": "cat"}, {"role": "king"}, {"title": "x" * 121}, {"organization": "a\nb"}]
)
def test_what_cannot_be_is_refused(client_of, lead, parent, changed):
    assert save(client_of(lead), parent, **changed).status_code == 422
    assert not Event.objects.exists()


def test_a_table_keeps_a_lead(client_of, lead, parent):
    client = client_of(lead)
    answer = save(client, lead, group="advocate")
    assert answer.status_code == 422
    assert "A table needs a lead" in answer.content.decode()
    assert client.post(end(lead)).url == here(lead)
    assert "A table needs a lead" in client.get(here(lead)).content.decode()
    save(client, parent, lead="on")
    assert client.post(end(lead)).url == reverse("tables")
    assert client.get("/c/care-forward/people/").status_code == 404


def test_ending_a_seat_is_once_and_on_record(client_of, lead, parent):
    client = client_of(lead)
    for _ in range(2):
        assert client.post(end(parent)).status_code == 303
    assert Seat.objects.get(pk=parent.pk).left is not None
    assert Event.objects.filter(verb=Verb.SEAT_ENDED).count() == 1
    assert client.get(here(parent)).status_code == 404
    assert client_of(parent).get("/c/care-forward/people/").status_code == 404
    assert "ended a seat: <bdi>Paz Parent</bdi>" in client.get("/c/care-forward/settings/").content.decode()


def test_reading_ends_nothing(client_of, lead, parent):
    client_of(lead).get(end(parent))
    assert Seat.objects.get(pk=parent.pk).left is None


def test_only_a_lead_and_only_at_their_own_table(client_of, lead, parent, facilitator, outsider):
    for path in (here(parent), end(parent)):
        assert client_of(facilitator).post(path).status_code == 403
        assert client_of(outsider).post(path).status_code == 404
    foreign = a_seat(outsider.coalition, "Fern Foreign", Group.PARENT)
    for name in ("edit_seat", "end_seat"):
        assert client_of(lead).post(reverse(name, args=["care-forward", foreign.pk])).status_code == 404
    assert Seat.objects.get(pk=foreign.pk).left is None


def test_pay_and_how_to_reach_them_are_kept_with_a_word_of_warning(client_of, lead, parent):
    client = client_of(lead)
    html = client.get(here(parent)).content.decode()
    assert "Talk it over with the person before the first payment." in html
    assert "Only they can change their name, email and language." in html
    save(client, parent, paid="stipend", contact="Text 502-555-0101")
    parent.refresh_from_db()
    assert (parent.paid, parent.contact) == ("stipend", "Text 502-555-0101")
    client.cookies["django_language"] = "es"
    spanish = client.get(here(parent)).content.decode()
    assert "Háblelo con la persona antes del primer pago." in spanish


def listed(coalition) -> Seat:
    return a_seat(coalition, "Roza Diaz", Group.PARENT, arrived=None)


def test_until_they_come_a_lead_corrects_how_they_are_listed(client_of, lead, coalition):
    seat = listed(coalition)
    client = client_of(lead)
    html = client.get(here(seat)).content.decode()
    assert "Not here yet." in html
    assert reverse("readdress_seat", args=["care-forward", seat.pk]) in html
    save(client, seat, listed_name="Rosa Díaz", listed_language="es")
    seat = Seat.objects.select_related("member").get(pk=seat.pk)
    assert (seat.name, seat.language) == ("Rosa Díaz", "es")
    assert seat.member.language == "es", "nobody has opened it, so its mail speaks the language of the list"
    assert "Rosa" not in Event.objects.get().about
    assert save(client, seat, listed_name="", listed_language="es").status_code == 422


def test_an_account_that_is_somebodys_keeps_its_name_and_language(client_of, lead, coalition, outsider):
    seat = seat_of(outsider.member, coalition, arrived=None)
    before = Member.objects.values().get(pk=outsider.member_id)
    save(client_of(lead), seat, listed_name="Rosa Díaz", listed_language="es")
    assert Member.objects.values().get(pk=outsider.member_id) == before
    assert Seat.objects.get(pk=seat.pk).name == "Rosa Díaz"


def test_who_comes_while_the_page_is_open_keeps_what_is_theirs(lead, coalition):
    seat = listed(coalition)
    Seat.objects.filter(pk=seat.pk).update(arrived=WHEN)
    seat.listed_name = "Somebody"
    with pytest.raises(Refused, match="Only they can change it"):
        change_seat(seat=seat, by=lead, organization="", changed=["listed_name"], now=WHEN, form=uuid.uuid4())
    assert Seat.objects.get(pk=seat.pk).listed_name == "Roza Diaz"
