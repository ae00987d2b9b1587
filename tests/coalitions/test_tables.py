from coalitions.models import Seat
from tests.factories.tables import a_member, seat_of

HERE = "/tables/"


def test_one_seat_goes_straight_to_the_table(client_of, parent):
    assert client_of(parent).get(HERE).url == "/c/care-forward/"


def test_several_seats_are_a_list(client_of, parent, other_coalition):
    seat_of(parent.member, other_coalition)
    html = client_of(parent).get(HERE).content.decode()
    assert "Care Forward Kentucky" in html
    assert "/c/kansas-cares/" in html


def test_an_evaluator_goes_to_the_states(client_of, evaluator):
    assert client_of(evaluator).get(HERE).url == "/e/"


def test_a_site_admin_goes_to_the_admin_and_on_an_empty_site_to_the_start(client_of, site_admin, request):
    assert client_of(site_admin).get(HERE).url == "/start/"
    request.getfixturevalue("coalition")
    assert client_of(site_admin).get(HERE).url == "/manage/"


def test_nobodys_member_hears_what_to_do(client_of, db):
    html = client_of(a_member("Newly Invited")).get(HERE).content.decode()
    assert "You have no seat yet" in html
    assert "newly@people.example" in html


def test_a_seat_that_was_left_is_no_seat(client_of, provider):
    Seat.objects.update(left="2026-02-01")
    assert "You have no seat yet" in client_of(provider).get(HERE).content.decode()


def test_a_visitor_signs_in_first(visitor):
    assert visitor.get(HERE).url == "/sign-in/?next=/tables/"
