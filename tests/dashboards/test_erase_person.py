"""Whoever runs the site erases somebody who cannot do it themselves."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from coalitions.models import Seat
from members.models import Member
from tests.dashboards.somebody import CANARIES
from tests.dashboards.test_close_account import STAYS, everything_kept
from tests.factories.tables import seat_of

ADDRESS = CANARIES["members.Member.email"]


def test_it_says_what_will_happen_and_does_nothing(seat, capsys):
    before = everything_kept()
    call_command("erase_person", ADDRESS)
    said = capsys.readouterr().out
    assert "Account: yes. Tables: Care Forward Kentucky, Kansas Cares." in said
    assert "Nothing was changed. Add --yes" in said
    assert everything_kept() == before


def test_nothing_of_theirs_is_left(seat, capsys):
    call_command("erase_person", f" {ADDRESS.upper()} ", "--yes")
    assert "Erased." in capsys.readouterr().out
    kept = everything_kept()
    assert [field for field, words in CANARIES.items() if words in kept and field not in STAYS] == []


def test_a_listing_under_an_address_that_is_not_theirs_any_more(coalition, lead, db):
    moved = Member.objects.create_user("new@people.example", name="Own Name", last_login=timezone.now())
    seat_of(moved, coalition, "parent", arrived=None, listed_name="Canary", listed_email="old@people.example")
    call_command("erase_person", "old@people.example", "--yes")
    assert "old@people.example" not in everything_kept() and "Canary" not in everything_kept()
    assert Member.objects.get(pk=moved.pk).name == "Own Name"


def test_it_refuses_as_the_page_does(seat):
    Seat.objects.filter(coalition=seat.coalition).update(lead=False)
    Seat.objects.filter(pk=seat.pk).update(lead=True)
    before = everything_kept()
    with pytest.raises(CommandError, match="You are the only lead of Care Forward Kentucky"):
        call_command("erase_person", ADDRESS, "--yes")
    assert everything_kept() == before


def test_nobody_has_this_address(db):
    with pytest.raises(CommandError, match="Nobody has this address"):
        call_command("erase_person", "none@people.example", "--yes")
