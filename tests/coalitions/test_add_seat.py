import uuid

import pytest
from django.urls import reverse

from coalitions.models import Event, Seat, Verb
from members.models import Member
from tests.factories.tables import seat_of

HERE = "/c/care-forward/people/add/"
WORDS = {"listed_name": "Rosa Díaz", "email": "rosa@a.org", "group": "parent", "title": "", "organization": "",
         "votes": "on", "role": "member", "listed_language": "es", "paid": "", "contact": ""}  # fmt: skip


def add(client, form=None, **changed):
    words = {**WORDS, "form": form or uuid.uuid4(), **changed}
    return client.post(HERE, {name: value for name, value in words.items() if value is not None})


def test_everything_about_a_seat_is_asked_and_kept(client_of, lead):
    client = client_of(lead)
    html = client.get(HERE).content.decode()
    for name in [*WORDS, "positional_power", "facilitator", "lead", "reader"]:
        assert f'id="id_{name}"' in html, name
    assert "A stipend can change benefits such as child care aid." in html
    given = add(
        client, organization="Us", title="Mom", positional_power="on", reader="on", paid="stipend",
        contact="Text 502-555-0101",
    )  # fmt: skip
    seat = Seat.objects.get(listed_email="rosa@a.org")
    assert (given.status_code, given.url) == (303, f"/c/care-forward/people/?added={seat.pk}")
    assert (seat.name, seat.language, seat.group, seat.title) == ("Rosa Díaz", "es", "parent", "Mom")
    assert (seat.organization.name, seat.paid, seat.contact) == ("Us", "stipend", "Text 502-555-0101")
    assert (seat.votes, seat.positional_power, seat.reader, seat.lead) == (True, True, True, False)
    assert seat.arrived is None
    event = Event.objects.get()
    assert (event.verb, event.about, event.seat) == (Verb.SEAT_GIVEN, str(seat.pk), lead)
    assert not seat.member.has_usable_password()


def test_the_next_thing_to_do_is_to_invite_them(client_of, lead):
    client = client_of(lead)
    html = client.get(add(client).url).content.decode()
    seat = Seat.objects.get(listed_email="rosa@a.org")
    assert "Rosa Díaz has a seat now" in html
    assert reverse("invite", args=["care-forward", seat.pk]) in html
    assert "has a seat now" not in client.get("/c/care-forward/people/?added=nobody").content.decode()


def test_the_same_form_twice_gives_one_seat(client_of, lead):
    client, form = client_of(lead), uuid.uuid4()
    assert add(client, form).url == add(client, form).url
    assert Seat.objects.filter(listed_email="rosa@a.org").count() == 1
    assert Event.objects.count() == 1


def test_a_form_of_another_table_gives_nothing_here(client_of, lead, outsider):
    form = uuid.uuid4()
    add(client_of(lead), form)
    there = HERE.replace("care-forward", "kansas-cares")
    answer = client_of(outsider).post(there, {**WORDS, "form": form})
    assert answer.status_code == 422
    assert outsider.coalition.seats.count() == 1


@pytest.mark.parametrize("typed", ["paz@care-forward.example", " PAZ@Care-Forward.example "])
def test_who_sits_here_already_is_named(client_of, lead, parent, typed):
    answer = add(client_of(lead), email=typed)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "paz@care-forward.example already sits at this table: Paz Parent." in html
    assert 'value="Rosa Díaz"' in html
    assert not Event.objects.exists()


def test_an_address_that_somebody_is_only_listed_under_sits_here_too(client_of, lead):
    client = client_of(lead)
    add(client)
    assert "rosa@a.org already sits at this table: Rosa Díaz." in add(client).content.decode()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Write their email address."),
        ("rosa", "This is not an email address."),
        ("rosa@a", "This is not an email address."),
        ("ro sa@a.org", "Write one email address, without spaces."),
        ("rosa@a.org, jo@a.org", "Write one email address, without spaces."),
        ("rosa@a.org\r\nBcc: jo@a.org", "Write one email address, without spaces."),
        ("jo@a.org\r\n<rosa@a.org>", "Write one email address, without spaces."),
        ("rösa@a.org", "letters that mail cannot carry everywhere"),
        ("rosa@á.org", "letters that mail cannot carry everywhere"),
        ("x" * 300 + "@a.org", "This email address is too long."),
        ("rosa@a.org\x00", "letters"),
        ("<script>@a.org", "This is not an email address."),
    ],
)
def test_an_address_that_cannot_be_is_refused_in_words(client_of, lead, typed, sentence):
    answer = add(client_of(lead), email=typed)
    assert answer.status_code in (400, 422)
    if answer.status_code == 422:
        assert sentence in answer.content.decode() or "Null characters" in answer.content.decode()
    assert not Member.objects.filter(email__contains="a.org").exists()


@pytest.mark.parametrize("typed", ["  ROSA@A.org  ", "Rosa Díaz <rosa@a.org>", "mailto:rosa@a.org"])
def test_an_address_as_people_paste_it_is_understood(client_of, lead, typed):
    assert add(client_of(lead), email=typed).status_code == 303
    assert Seat.objects.filter(listed_email="rosa@a.org").exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"listed_name": ""},
        {"listed_name": "Rosa\r\nBcc: x"},
        {"listed_name": "x" * 121},
        {"group": ""},
        {"group": "cat"},
        {"role": "king"},
        {"listed_language": "fr"},
        {"paid": "often"},
        {"contact": "x" * 121},
        {"contact": "a\nb"},
        {"organization": "a\nb"},
        {"form": "1"},
    ],
)
def test_what_cannot_be_is_refused_and_kept(client_of, lead, changed):
    answer = add(client_of(lead), **changed)
    assert answer.status_code == 422
    assert 'value="rosa@a.org"' in answer.content.decode()
    assert not Event.objects.exists()


def test_two_tables_that_list_one_person_read_nothing_of_each_other(client_of, lead, outsider):
    """Whoever was first wrote the name that the account would have, and the other table would read it."""
    add(client_of(lead), listed_name="Rosa as Kentucky writes")
    there = HERE.replace("care-forward", "kansas-cares")
    client_of(outsider).post(there, {**WORDS, "listed_name": "Rosa", "form": uuid.uuid4()})
    here = Seat.objects.get(coalition=outsider.coalition, listed_email="rosa@a.org")
    client_of(here).post(reverse("take_seat", args=["kansas-cares"]))
    here.refresh_from_db()
    assert here.arrived
    assert Member.objects.get(email="rosa@a.org").name == "Rosa"


def test_somebody_who_changed_their_address_can_be_listed_under_the_new_one(client_of, lead, outsider):
    """The old listing is not theirs any more: otherwise the refusal would tell whose the new address is."""
    client = client_of(lead)
    add(client, email=outsider.member.email, listed_name="Otto")
    old, listed = outsider.member.email, Seat.objects.get(coalition=lead.coalition, member=outsider.member)
    Member.objects.filter(pk=outsider.member.pk).update(email="otto@new.example")
    assert add(client, email="otto@new.example", listed_name="Somebody").status_code == 303
    listed.refresh_from_db()
    assert (listed.email, listed.member.email) == (old, old)
    assert Seat.objects.get(coalition=lead.coalition, member=outsider.member).name == "Somebody"


def test_only_a_lead(client_of, lead, parent, facilitator, outsider, visitor):
    for seat, status in ((parent, 403), (facilitator, 403), (outsider, 404)):
        assert add(client_of(seat)).status_code == status
    assert visitor.get(HERE).status_code == 302
    client_of(lead).get(HERE)
    assert not Seat.objects.filter(listed_email="rosa@a.org").exists()


def test_an_account_that_sits_here_under_no_shown_address_is_refused(client_of, lead, parent, outsider):
    """Both of these listings would be one person's; there is one seat for each."""
    seat_of(outsider.member, lead.coalition, arrived=None, listed_email=parent.member.email)
    answer = add(client_of(lead), email=outsider.member.email)
    assert answer.status_code == 422
    assert f"{outsider.member.email} already sits at this table." in answer.content.decode()
