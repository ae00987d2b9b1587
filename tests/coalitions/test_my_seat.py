from django.urls import reverse

from coalitions.models import Seat
from tests.coalitions.test_edit_seat import save
from tests.factories.tables import a_seat

HERE = "/c/care-forward/people/me/"


def test_everything_on_record_about_my_own_seat(client_of, lead, provider):
    save(client_of(lead), provider, title="Ms", paid="stipend", contact="Text 502-555-0101", group="parent")
    html = client_of(provider).get(HERE).content.decode()
    for said in (
        "Prue Provider",
        provider.member.email,
        "Ms",
        "Gets a stipend",
        "Text 502-555-0101",
        "Lena Lead",
    ):
        assert said in html
    assert "changed a seat" in html
    assert "group: from “Child care provider” to “Parent”" in html


def test_nobody_elses_seat_is_on_it(client_of, lead, provider, observer):
    save(client_of(lead), provider, title="CANARY-TITLE", paid="stipend", contact="CANARY-CONTACT")
    html = client_of(observer).get(HERE).content.decode()
    assert "CANARY" not in html
    assert "Prue" not in html
    assert "Gets a stipend" not in html


def test_a_lead_without_a_name_is_not_shown_by_their_address(client_of, lead, provider):
    type(lead.member).objects.filter(pk=lead.member.pk).update(name="")
    save(client_of(lead), provider, title="Ms")
    html = client_of(provider).get(HERE).content.decode()
    assert lead.member.email not in html
    assert "Somebody without a name" in html


def test_only_who_has_taken_a_seat(client_of, visitor, coalition, outsider):
    waiting = a_seat(coalition, "Ann Waits", "parent", arrived=None)
    assert client_of(waiting).get(HERE).url == reverse("take_seat", args=["care-forward"])
    assert client_of(outsider).get(HERE).status_code == 404
    assert visitor.get(HERE).status_code == 302
    assert Seat.objects.get(pk=waiting.pk).arrived is None
