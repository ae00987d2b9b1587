import uuid
from datetime import UTC, date, datetime

import pytest

from coalitions.actions import Imported, import_roster, leave_table, record, save_settings, want_seat
from coalitions.imports.refusals import NotAList, Why
from coalitions.models import Event, Seat, Verb
from coalitions.roster import Row
from members.models import Member
from web.refusal import Refused

NOW = datetime(2026, 3, 5, 3, 30, tzinfo=UTC)  # still March 4 in Kentucky
ROSA = Row(2, "Rosa", "rosa@a.org", "parent", organization="Parents Together", language="es")
JO = Row(3, "Jo", "jo@a.org", "provider", joined=date(2026, 1, 5))


def bring_in(seat, *rows, **more):
    return import_roster(coalition=seat.coalition, by=seat, rows=rows, now=NOW, **more)


def test_everyone_gets_a_seat_and_it_is_on_record(lead):
    assert bring_in(lead, ROSA, JO) == Imported(seated=2, already_here=0)
    rosa, jo = Seat.objects.filter(member__email__in=["rosa@a.org", "jo@a.org"]).select_related("member")
    assert (rosa.name, rosa.language, rosa.organization.name) == ("Rosa", "es", "Parents Together")
    assert (rosa.member.name, rosa.member.language) == ("", "es"), "they say themselves what they are called"
    assert (rosa.joined, jo.joined) == (date(2026, 3, 4), date(2026, 1, 5))
    assert not jo.member.has_usable_password()
    event = Event.objects.get()
    assert (event.verb, event.about, event.seat) == (Verb.ROSTER_IMPORTED, f"2:{rosa.pk}-{jo.pk}", lead)


def test_the_same_list_again_changes_nothing(lead):
    bring_in(lead, ROSA, JO)
    before = list(Seat.objects.values()), list(Member.objects.values())
    assert bring_in(lead, ROSA, JO) == Imported(seated=0, already_here=2)
    assert (list(Seat.objects.values()), list(Member.objects.values())) == before
    assert Event.objects.count() == 1


def test_one_refused_row_refuses_the_list(lead, parent):
    moved = Row(5, "Paz", parent.member.email, "agency", lead=True)
    with pytest.raises(NotAList) as caught:
        bring_in(lead, ROSA, moved)
    (refusal,) = caught.value.refusals
    assert (refusal.line, refusal.why, refusal.about) == (5, Why.SEATED_DIFFERENTLY, "group, lead")
    assert not Member.objects.filter(email="rosa@a.org").exists()
    assert not Event.objects.exists()


def test_an_account_stays_its_owners(lead, outsider):
    known = Row(2, "Somebody Else", outsider.member.email, "parent", language="es")
    assert bring_in(lead, known).seated == 1
    outsider.member.refresh_from_db()
    assert (outsider.member.name, outsider.member.language) == ("Otto Outsider", "en")
    assert outsider.member.seats.count() == 2


def test_an_account_that_is_off_looks_like_any_other(lead, outsider):
    Member.objects.filter(pk=outsider.member.pk).update(is_active=False)
    assert bring_in(lead, Row(2, "Somebody", outsider.member.email, "parent")).seated == 1
    assert Seat.objects.get(coalition=lead.coalition, member=outsider.member).name == "Somebody"


def test_sending_the_page_again_after_somebody_left_does_not_bring_them_back(lead):
    form = uuid.uuid4()
    bring_in(lead, ROSA, form=form)
    assert bring_in(lead, ROSA, form=form) == Imported(seated=0, already_here=1)
    leave_table(seat=Seat.objects.get(member__email="rosa@a.org"), today=date(2026, 4, 1))
    with pytest.raises(Refused):
        bring_in(lead, ROSA, form=form)
    assert bring_in(lead, ROSA, form=uuid.uuid4()).seated == 1


def test_leaving_ends_a_seat_once(parent):
    leave_table(seat=parent, today=date(2026, 4, 1))
    assert leave_table(seat=parent, today=date(2026, 5, 1)).left == date(2026, 4, 1)
    assert not parent.coalition.seats.current().exists()


def test_wanting_a_seat_twice_wants_it_once(coalition):
    for _ in range(2):
        want_seat(coalition=coalition, group="parent", who="A dad", why="Only moms so far")
    assert coalition.wanted_seats.count() == 1


def test_a_deed_is_recorded_once_per_form(lead, outsider):
    form = uuid.uuid4()
    said = {"verb": Verb.ROUND_OPENED, "at": NOW, "form": form}
    first = record(coalition=lead.coalition, seat=lead, about="x" * 300, **said)
    assert record(coalition=lead.coalition, seat=lead, **said) == first
    assert len(first.about) == 240
    with pytest.raises(Refused):
        record(coalition=outsider.coalition, seat=outsider, **said)


def test_settings_that_did_not_change_leave_no_trace(lead):
    save_settings(coalition=lead.coalition, by=lead, changed=[], now=NOW, form=uuid.uuid4())
    assert not Event.objects.exists()
