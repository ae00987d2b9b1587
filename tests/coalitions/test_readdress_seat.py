import uuid

import pytest
from django.urls import reverse

from coalitions.actions import readdress_seat
from coalitions.models import Event, Invitation, Seat, Verb
from members.models import Link, Member
from tests.coalitions.test_people import WHEN, an_invitation
from tests.factories.tables import a_seat, seat_of
from web.refusal import Refused


@pytest.fixture
def listed(coalition) -> Seat:
    return a_seat(coalition, "Ann Waits", "parent", arrived=None)


def here(seat: Seat) -> str:
    return reverse("readdress_seat", args=[seat.coalition.slug, seat.pk])


def correct(client, seat, email="ann@new.example", form=None):
    return client.post(here(seat), {"email": email, "form": form or uuid.uuid4()})


def test_the_seat_goes_to_whoever_has_the_new_address(client_of, lead, listed, outsider):
    client, before = client_of(lead), listed.member
    asked, other = an_invitation(listed, by=lead), an_invitation(outsider, by=outsider)
    assert 'value="ann@care-forward.example"' in client.get(here(listed)).content.decode()
    answer = correct(client, listed, " ANN@new.example ")
    assert (answer.status_code, answer.url) == (303, f"/c/care-forward/people/?added={listed.pk}")
    listed = Seat.objects.get(pk=listed.pk)
    assert (listed.email, listed.member.email, listed.name) == (
        "ann@new.example",
        "ann@new.example",
        "Ann Waits",
    )
    assert not Member.objects.filter(pk=before.pk).exists(), "an address nobody ever used is forgotten"
    assert not Link.objects.alive(WHEN).filter(pk=asked.link_id).exists()
    assert Link.objects.alive(WHEN).filter(pk=other.link_id).exists()
    assert list(listed.coalition.seats.uninvited()) == [listed], "the new address was not asked yet"
    event = Event.objects.get()
    assert (event.verb, event.about, event.seat) == (Verb.SEAT_READDRESSED, str(listed.pk), lead)
    html = client.get("/c/care-forward/settings/").content.decode()
    assert "changed the address of somebody who had not come yet: <bdi>Ann Waits</bdi>" in html


@pytest.mark.parametrize("kept", ["signed in", "other seat", "cohort", "staff"])
def test_an_account_that_is_somebodys_stays(client_of, lead, listed, other_coalition, kept):
    member = listed.member
    if kept == "signed in":
        Member.objects.filter(pk=member.pk).update(last_login=WHEN)
    elif kept == "other seat":
        seat_of(member, other_coalition)
    elif kept == "cohort":
        from coalitions.models import Cohort

        Cohort.objects.create(name="One").evaluators.add(member)
    else:
        Member.objects.filter(pk=member.pk).update(is_staff=True)
    asked = an_invitation(listed, by=lead)
    correct(client_of(lead), listed)
    assert Member.objects.get(pk=member.pk).email == "ann@care-forward.example"
    assert Link.objects.get(pk=asked.link_id).ended_at is not None
    assert not Invitation.objects.exists()


def test_an_account_at_the_new_address_is_not_touched(client_of, lead, listed, outsider):
    before = Member.objects.values().get(pk=outsider.member_id)
    correct(client_of(lead), listed, outsider.member.email)
    listed.refresh_from_db()
    assert listed.member == outsider.member
    assert (listed.name, listed.email) == ("Ann Waits", outsider.member.email)
    assert Member.objects.values().get(pk=outsider.member_id) == before


def test_once_they_are_here_only_they_can(client_of, lead, parent):
    client = client_of(lead)
    for answer in (client.get(here(parent)), correct(client, parent)):
        assert answer.url == reverse("edit_seat", args=["care-forward", parent.pk])
    html = client.get(reverse("edit_seat", args=["care-forward", parent.pk])).content.decode()
    assert "Only they can change it." in html
    assert here(parent) not in html
    with pytest.raises(Refused, match="Only they can change it"):
        readdress_seat(seat=parent, by=lead, email="x@a.org", now=WHEN, form=uuid.uuid4())
    parent.member.refresh_from_db()
    assert parent.member.email == "paz@care-forward.example"
    assert not Event.objects.exists()


def test_who_answered_through_a_handed_link_is_nobody_else_later(client_of, through_link, lead, listed):
    """They never took the seat, and may have answered: that would count for whoever has the new address."""
    through_link(listed)
    listed.refresh_from_db()
    assert listed.arrived is None
    client = client_of(lead)
    answer = correct(client, listed)
    listed.refresh_from_db()
    assert listed.listed_email == "ann@care-forward.example"
    assert "Only they can change it." in client.get(answer.url).content.decode()
    with pytest.raises(Refused, match="Only they can change it"):
        readdress_seat(seat=listed, by=lead, email="x@a.org", now=WHEN, form=uuid.uuid4())


def test_an_address_that_sits_here_is_refused_and_kept(client_of, lead, listed, parent):
    answer = correct(client_of(lead), listed, parent.member.email)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "already sits at this table: Paz Parent." in html
    assert f'value="{parent.member.email}"' in html


def test_what_is_no_address_is_refused(client_of, lead, listed):
    for email in ("", "ann", "a@b.org\r\nBcc: c@d.org", "x" * 300 + "@a.org", "ünn@a.org"):
        assert correct(client_of(lead), listed, email).status_code == 422
    assert not Event.objects.exists()


def test_the_same_form_or_the_same_address_again_changes_nothing(client_of, lead, listed):
    client, form = client_of(lead), uuid.uuid4()
    correct(client, listed, form=form)
    an_invitation(Seat.objects.get(pk=listed.pk), by=lead)
    assert correct(client, listed, form=form).status_code == 303
    assert correct(client, listed).status_code == 303
    assert Event.objects.count() == 1
    assert Invitation.objects.count() == 1


def test_a_form_that_did_something_else_is_refused(client_of, lead, listed):
    form = uuid.uuid4()
    Event.objects.create(coalition=lead.coalition, verb=Verb.SETTINGS_CHANGED, at=WHEN, form=form)
    assert correct(client_of(lead), listed, form=form).status_code == 422


def test_who_has_left_has_no_address_to_correct(lead, listed):
    Seat.objects.filter(pk=listed.pk).update(left="2026-02-01")
    readdress_seat(seat=listed, by=lead, email="x@a.org", now=WHEN, form=uuid.uuid4())
    assert Seat.objects.get(pk=listed.pk).listed_email == "ann@care-forward.example"


def test_only_a_lead_and_only_at_their_own_table(client_of, listed, parent, outsider):
    assert correct(client_of(parent), listed).status_code == 403
    assert correct(client_of(outsider), listed).status_code == 404
    there = here(listed).replace("care-forward", "kansas-cares")
    assert client_of(outsider).post(there, {"email": "x@a.org", "form": uuid.uuid4()}).status_code == 404
    assert not Event.objects.exists()
