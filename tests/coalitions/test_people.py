import pytest
from django.urls import reverse

from coalitions.models import Group, Seat
from tests.factories.tables import a_seat

HERE = "/c/care-forward/people/"


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
        assert "import" not in html
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


def test_it_costs_the_same_for_few_and_many(client_of, lead, django_assert_num_queries):
    client = client_of(lead)
    client.get(HERE)
    with django_assert_num_queries(5):
        client.get(HERE)
    for n in range(12):
        a_seat(lead.coalition, f"Person{n} Many", Group.PARENT)
    with django_assert_num_queries(5):
        client.get(HERE)
