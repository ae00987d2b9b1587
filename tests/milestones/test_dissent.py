"""Somebody sees it differently, and every choice about it is theirs."""

import uuid

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from coalitions.models import Seat
from members.models import Member
from milestones.actions.dissent import code_of, trace_of
from milestones.models import Dissent, Round
from tests.factories.answered import an_opened_round
from tests.factories.rounds import agreed, released

pytestmark = pytest.mark.django_db


@pytest.fixture
def round(coalition, lead, parent, director):
    Member.objects.update(language="en")  # these tests read the pages
    return agreed(an_opened_round(coalition, lead), lead)


def address(round, position=5):
    return reverse("dissent", args=[round.coalition.slug, round.number, position])


def back(dissent):
    round = dissent.round
    return reverse("take_back", args=[round.coalition.slug, round.number, dissent.item.position, dissent.pk])


def board(round, position=5):
    return reverse("board", args=[round.coalition.slug, round.number, position])


def typed(**fields):
    whole = {
        "form_id": uuid.uuid4(),
        "text": "We are guests here.",
        "language": "en",
        "named": "no",
        "let_out": "no",
    }
    return {**whole, **fields}


def test_unnamed_it_shows_a_code_once_and_keeps_nobody(round, parent, client_of):
    form = typed()
    client = client_of(parent)
    response = client.post(address(round), form)
    dissent = Dissent.objects.get()
    code = code_of(form["form_id"])
    assert response.status_code == 200
    assert code in response.content.decode()
    assert dissent.seat is None
    assert dissent.agreement.number == 1
    assert code not in str(Dissent.objects.values().get())
    assert str(form["form_id"]) not in str(Dissent.objects.values().get())
    for page in (address(round), board(round), back(dissent)):
        assert code not in client.get(page).content.decode()


def test_nothing_about_an_unnamed_view_is_kept_beside_the_person(round, parent, client_of):
    client = client_of(parent)
    before = set(Session.objects.values_list("session_data", flat=True))
    form = typed()
    response = client.post(address(round), form)
    assert set(Session.objects.values_list("session_data", flat=True)) == before
    assert not response.cookies.get("messages")


def test_what_the_database_keeps_leads_to_no_code():
    form = uuid.uuid4()
    assert len({form, trace_of(form), trace_of(trace_of(form))}) == 3
    assert code_of(trace_of(form)) != code_of(form)
    assert code_of(form) == code_of(uuid.UUID(str(form)))


def test_sent_twice_it_counts_once_and_shows_the_same_code(round, parent, client_of):
    form = typed()
    pages = [client_of(parent).post(address(round), form).content.decode() for _ in range(2)]
    assert Dissent.objects.count() == 1
    assert all(code_of(form["form_id"]) in page for page in pages)
    # Back, and the name added: still the one view, and still without a name.
    client_of(parent).post(address(round), {**form, "named": "yes"})
    assert Dissent.objects.get().seat is None


def test_named_it_stands_with_the_name(round, parent, client_of):
    response = client_of(parent).post(address(round), typed(named="yes"))
    assert response.status_code == 303
    page = client_of(parent).get(board(round)).content.decode()
    assert "We are guests here." in page
    assert "Paz Parent" in page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text": " "}, "Write how you see it."),
        ({"text": "x" * 2001}, "at most 2000 characters"),
        ({"named": ""}, "Choose: with your name, or without."),
        ({"let_out": ""}, "Choose who may read it."),
        ({"let_out": "maybe"}, "Pick one from the list."),
        ({"language": "xx"}, "Select a valid choice"),
        ({"form_id": ""}, "This page was open too long."),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(round, parent, client_of, fields, sentence):
    response = client_of(parent).post(address(round), typed(**{"text": "Kept words", **fields}))
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert "text" in fields or "Kept words" in response.content.decode()
    assert not Dissent.objects.exists()


def test_the_code_takes_it_back_everywhere(round, lead, parent, director, client_of):
    form = typed(let_out="yes")
    client_of(parent).post(address(round), form)
    round = released(round, lead, parent)
    dissent = Dissent.objects.get()
    assert "We are guests here." in str(round.releases.get().document)
    for wrong in ("", "aaaa-bbbb-cccc"):
        refused = client_of(director).post(back(dissent), {"code": wrong, "do": "withdraw"})
        assert refused.status_code == 422
    code = code_of(form["form_id"]).upper()
    assert client_of(parent).post(back(dissent), {"code": f" {code} ", "do": "withdraw"}).status_code == 303
    dissent.refresh_from_db()
    assert (dissent.text, dissent.code) == ("", "")
    assert "We are guests here." not in str(round.releases.get().document)
    for page in (board(round), reverse("milestone_record", args=[round.coalition.slug, "M5"])):
        shown = client_of(director).get(page).content.decode()
        assert "We are guests here." not in shown
        assert "A view was withdrawn." in shown
    # Withdrawn is withdrawn: the code opens nothing any more, and asking again changes nothing.
    assert client_of(parent).post(back(dissent), {"code": code, "do": "let_out"}).status_code == 200


def test_a_signed_view_is_its_authors_alone(round, lead, parent, director, client_of):
    client_of(parent).post(address(round), typed(named="yes"))
    dissent = Dissent.objects.get()
    for who in (lead, director):
        assert client_of(who).get(back(dissent)).status_code == 404
        assert client_of(who).post(back(dissent), {"do": "withdraw", "code": ""}).status_code == 404
    assert client_of(parent).post(back(dissent), {"do": "let_out"}).status_code == 303
    dissent.refresh_from_db()
    assert dissent.let_out
    assert client_of(parent).post(back(dissent), {"do": "withdraw"}).status_code == 303
    dissent.refresh_from_db()
    assert (dissent.text, dissent.seat) == ("", None)


def test_the_author_decides_again_who_reads_it(round, parent, client_of):
    form = typed(let_out="yes")
    client_of(parent).post(address(round), form)
    dissent = Dissent.objects.get()
    code = code_of(form["form_id"])
    assert client_of(parent).post(back(dissent), {"code": code, "do": "shout"}).status_code == 422
    assert client_of(parent).post(back(dissent), {"code": code, "do": "keep_in"}).status_code == 303
    dissent.refresh_from_db()
    assert not dissent.let_out


def test_once_the_next_round_starts_only_taking_back_is_left(round, parent, client_of):
    form = typed()
    client_of(parent).post(address(round), form)
    Round.objects.filter(pk=round.pk).update(locked_at=timezone.now())
    dissent, code = Dissent.objects.get(), code_of(form["form_id"])
    assert client_of(parent).post(address(round), typed()).status_code == 422
    assert "closed to new views" in client_of(parent).get(address(round)).content.decode()
    assert client_of(parent).post(back(dissent), {"code": code, "do": "let_out"}).status_code == 422
    assert client_of(parent).post(back(dissent), {"code": code, "do": "withdraw"}).status_code == 303


def test_nothing_to_differ_from_before_a_level_is_recorded(coalition, lead, parent, client_of):
    Member.objects.update(language="en")
    round = an_opened_round(coalition, lead)
    assert "once the table has recorded a level" in client_of(parent).get(address(round)).content.decode()
    assert client_of(parent).post(address(round), typed()).status_code == 422


def test_who_may_add_a_view(round, parent, lead, facilitator, observer, outsider, client_of, visitor):
    Seat.objects.filter(pk=lead.pk).update(role=Seat.NEITHER)
    cases = ((parent, 200), (lead, 403), (facilitator, 403), (observer, 403), (outsider, 404))
    for who, status in cases:
        assert client_of(who).get(address(round)).status_code == status
        assert client_of(who).post(address(round), typed()).status_code == status
    assert visitor.post(address(round), typed()).status_code == 302
    assert Dissent.objects.count() == 1


def test_a_view_of_another_round_is_not_found(round, parent, outsider, client_of):
    client_of(parent).post(address(round), typed())
    dissent = Dissent.objects.get()
    assert client_of(outsider).get(back(dissent)).status_code == 404
    elsewhere = reverse("take_back", args=[round.coalition.slug, round.number, 4, dissent.pk])
    assert client_of(parent).get(elsewhere).status_code == 404
