import uuid

import pytest
from django.urls import reverse

from coalitions.models import Event, Group, Seat, Verb
from tests.factories.tables import a_seat

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
