import uuid
from datetime import date

import pytest
from django.urls import reverse

from coalitions.actions import change_seat, end_seat, import_roster, return_seat, take_seat
from coalitions.models import Event, Seat, Verb
from coalitions.queries import history
from coalitions.roster import Row
from tests.coalitions.test_add_seat import add
from tests.coalitions.test_edit_seat import save
from tests.coalitions.test_people import WHEN
from tests.factories.tables import a_seat, seat_of


def here(seat: Seat) -> str:
    return reverse("seat_history", args=[seat.coalition.slug, seat.pk])


def told(seat: Seat, **more) -> list[tuple[str, str, str]]:
    return [
        (each.who, each.did, each.about) for each in history(seat, **{"for_a_lead": True, **more}).moments
    ]


def test_who_gave_the_seat_who_asked_them_and_what_changed(client_of, lead, coalition):
    client = client_of(lead)
    add(client)
    seat = Seat.objects.get(listed_email="rosa@a.org")
    client.post(reverse("invite", args=["care-forward", seat.pk]), {"form": uuid.uuid4()})
    client.post(reverse("hand_link", args=["care-forward", seat.pk]), {"form": uuid.uuid4()})
    client_of(seat).post(reverse("take_seat", args=["care-forward"]))
    save(client, seat, group="provider", role="observer", votes=None, title="Ms", lead="on")
    seat = Seat.objects.get(pk=seat.pk)
    about = (
        "group: from “Parent” to “Child care provider”, title, has a vote: from “yes” to “no”, "
        "role: from “Member” to “Observer”, lead: from “no” to “yes”"
    )
    moments = told(seat)
    assert [(who, did) for who, did, _about in moments] == [
        ("Lena Lead", "changed a seat"),
        ("Rosa Díaz", "took their seat"),
        ("Lena Lead", "made a link to hand over"),
        ("Lena Lead", "sent an invitation"),
        ("Lena Lead", "gave a seat"),
    ]
    assert set(moments[0][2].split(", ")) == set(about.split(", "))
    html = client.get(here(seat)).content.decode()
    assert "group: from “Parent” to “Child care provider”" in html
    kept = Event.objects.get(verb=Verb.SEAT_CHANGED).about
    assert "group=parent>provider" in kept
    assert "Ms" not in kept


def test_pay_and_words_are_on_record_without_what_they_say(client_of, lead, parent):
    save(client_of(lead), parent, paid="stipend", contact="CANARY", organization="CANARY")
    about = Event.objects.get().about
    assert "CANARY" not in about
    assert "stipend" not in about
    assert set(about.partition(":")[2].split(",")) == {"paid", "contact", "organization"}


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ("", ""),
        (":group,title", "group, title"),
        (":role=member>observer", "role: from “Member” to “Observer”"),
    ],
)
def test_what_was_recorded_before_is_still_read(lead, parent, about, said):
    verb = Verb.SEAT_CHANGED if about else Verb.SEAT_ENDED
    Event.objects.create(coalition=lead.coalition, seat=lead, verb=verb, about=f"{parent.pk}{about}", at=WHEN)
    Event.objects.create(
        coalition=lead.coalition, seat=lead, verb=Verb.SEAT_GIVEN, about=f"{parent.pk}1", at=WHEN
    )
    assert told(parent) == [("Lena Lead", str(verb.label), said)]


def test_a_list_gave_the_seat(client_of, lead, parent):
    rows = [Row(2, "Rosa", "rosa@a.org", "parent"), Row(3, "Jo", "jo@a.org", "provider")]
    import_roster(coalition=lead.coalition, by=lead, rows=rows, now=WHEN)
    Event.objects.create(coalition=lead.coalition, seat=lead, verb=Verb.ROSTER_IMPORTED, about="9", at=WHEN)
    for row in rows:
        assert told(Seat.objects.get(listed_email=row.email)) == [
            ("Lena Lead", "gave a seat, with a list", "")
        ]
    assert told(parent) == []
    record = client_of(lead).get("/c/care-forward/settings/").content.decode()
    assert "brought in the list of people: <bdi>2 people</bdi>" in record
    assert "<bdi>9 people</bdi>" in record


def test_earlier_seats_of_the_same_person_are_told(client_of, lead, parent):
    end_seat(seat=parent, by=lead, now=WHEN)
    back = return_seat(seat=parent, by=lead, now=WHEN, form=uuid.uuid4())
    periods = history(back, for_a_lead=True).periods
    assert [(each.until, each.came) for each in periods] == [(None, False), (date(2026, 11, 3), True)]
    take_seat(seat=back, now=WHEN)
    assert len(history(Seat.objects.get(pk=back.pk), for_a_lead=True).periods) == 2
    html = client_of(lead).get(here(back)).content.decode()
    assert "From January 15, 2026 to November 3, 2026" in html
    assert "ended a seat" in html
    past = client_of(lead).get(here(parent)).content.decode()
    assert reverse("past_people", args=["care-forward"]) in past


def test_who_has_not_come_is_tied_to_nobody_by_their_account(lead, parent):
    """They left as one address and have another by now: that the new one is theirs is for them to tell."""
    end_seat(seat=parent, by=lead, now=WHEN)
    type(parent.member).objects.filter(pk=parent.member_id).update(email="paz@new.example", name="New Name")
    listed = seat_of(parent.member, lead.coalition, arrived=None, listed_email="paz@new.example")
    assert len(history(listed, for_a_lead=True).periods) == 1
    past = Seat.objects.get(pk=parent.pk)
    assert (past.name, past.email, past.language) == ("Paz Parent", "paz@care-forward.example", "es")


def test_what_the_operator_did_is_nobodys_by_name(lead, parent):
    Event.objects.create(coalition=lead.coalition, verb=Verb.SEAT_GIVEN, about=str(parent.pk), at=WHEN)
    assert told(parent) == [("Whoever runs this site, or someone who left", "gave a seat", "")]


def test_somebody_else_does_not_appear(lead, parent, provider):
    change_seat(
        seat=provider, by=lead, organization="Sunny", changed=["organization"], now=WHEN, form=uuid.uuid4()
    )
    assert told(parent) == []
    assert len(history(parent, for_a_lead=True).periods) == 1


@pytest.mark.parametrize("changes", [0, 20])
def test_it_costs_the_same_however_much_happened(lead, parent, changes, django_assert_num_queries):
    for n in range(changes):
        parent.title = f"Title {n}"
        change_seat(seat=parent, by=lead, organization="", changed=["title"], now=WHEN, form=uuid.uuid4())
    with django_assert_num_queries(2):
        assert len(history(parent, for_a_lead=True).moments) == changes


def test_only_a_lead_and_only_at_their_own_table(client_of, lead, parent, outsider):
    foreign = a_seat(outsider.coalition, "Fern Foreign", "parent")
    assert client_of(parent).get(here(parent)).status_code == 403
    assert client_of(outsider).get(here(parent)).status_code == 404
    path = reverse("seat_history", args=["care-forward", foreign.pk])
    assert client_of(lead).get(path).status_code == 404
