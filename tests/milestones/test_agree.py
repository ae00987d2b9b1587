"""Recording what the table agrees: once, by whoever came first, with nobody's words lost."""

import uuid

import pytest
from django.urls import reverse

from coalitions.models import Seat
from milestones.models import Agreement, Evidence
from tests.factories.answered import an_opened_round, answers
from tests.factories.rounds import a_table, an_open_round, sealed
from tests.factories.tables import a_seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def round(coalition, lead, facilitator):
    a_table(coalition)
    return an_opened_round(coalition, lead)


def address(round, position=5, name="agree"):
    return reverse(name, args=[round.coalition.slug, round.number, position])


def typed(seen=0, **fields):
    whole = {
        "form_id": uuid.uuid4(), "seen": seen, "how": "everyone", "level": "2", "why": "We vote, but late.",
        "stand": "yes", "above_because": "",
    }  # fmt: skip
    return {**whole, **fields}


def ids_of(evidence):
    return [each.pk for each in evidence]


def test_the_page_shows_every_anchor_and_asks_to_read_aloud(round, lead, client_of):
    page = client_of(lead).get(address(round)).content.decode()
    for anchor in round.version.items.get(position=5).anchors:
        assert anchor.text in page
    assert "Read it aloud in every language in the room before you save." in page
    assert "The level we record today" in page


def test_a_level_is_recorded(round, lead, client_of):
    owner = a_seat(round.coalition, "Olga Owner", "agency", title="Budget director")
    response = client_of(lead).post(
        address(round),
        typed(
            next_step="Put the budget on the agenda", owner=owner.pk, due="2027-01-31", is_goal="yes", goal_level="4",
            **{"mark-M5-1": "met", "mark-M5-2": "not yet"},
        ),
    )  # fmt: skip
    assert response.status_code == 303
    agreement = Agreement.objects.get()
    assert (agreement.number, agreement.low, agreement.high, agreement.by) == (1, 2, 2, lead)
    assert (agreement.owner_title, agreement.goal_level, agreement.is_goal) == ("Budget director", 4, True)
    assert agreement.criteria == {"M5.1": "met", "M5.2": "not yet"}
    page = client_of(lead).get(response.url).content.decode()
    assert "We vote, but late." in page
    assert "Olga Owner" in page


def test_no_agreement_records_a_range(round, lead, client_of):
    client_of(lead).post(
        address(round), typed(how="none", level="", low="2", high="4", above_because="They saw more.")
    )
    agreement = Agreement.objects.get()
    assert (agreement.low, agreement.high, agreement.agreed) == (2, 4, False)
    assert "No agreement: from 2 Starting to 4 Strong" in client_of(lead).get(address(round)).content.decode()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"level": ""}, "Pick the level you record today."),
        ({"level": "9"}, "Pick one of the levels."),
        ({"how": ""}, "Say how the table got there."),
        ({"why": " "}, "Write one or two sentences"),
        ({"why": "x" * 1001}, "at most 1000 characters"),
        ({"stand": ""}, "Ask the parents and providers here."),
        ({"how": "none", "level": "", "low": "4", "high": "2"}, "from a lower level to a higher one"),
        ({"how": "none", "level": "3"}, "from a lower level to a higher one"),
        ({"owner": "99999999999999999999999"}, "Select a valid choice"),
        ({"due": "tomorrow"}, "Write the day as"),
        ({"evidence": ["99999999999999999999999"]}, "Pick only what is listed"),
        ({"evidence": ["x"]}, "Pick only what is listed"),
        ({"mark-M5-1": "great"}, "Pick one from the list."),
        ({"form_id": "no"}, "This page was open too long."),
        ({"seen": "99999999999999999999"}, "Ensure this value is less than"),
        ({"goal_level": "12"}, "Pick one from the list."),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_typed_is_lost(round, lead, client_of, fields, sentence):
    response = client_of(lead).post(address(round), typed(next_step="Call Ana", **fields))
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert "Call Ana" in page
    assert 'role="alert"' in page
    assert "data-focus" in page
    assert not Agreement.objects.exists()


def test_more_than_parents_and_providers_answered_needs_a_reason(round, lead, client_of):
    page = client_of(lead).get(address(round)).content.decode()
    assert "Their average is" in page
    refused = client_of(lead).post(address(round), typed(level="5"))
    assert refused.status_code == 422
    assert "Parents and providers answered lower than this." in refused.content.decode()
    client_of(lead).post(address(round), typed(level="5", above_because="The vote log shows it."))
    assert Agreement.objects.get().above_because == "The vote log shows it."


def test_a_hidden_average_is_not_given_away_by_the_question(round, lead, client_of):
    round.openings.update(average=None, counts=None, half=30)
    assert "Their average is" not in client_of(lead).get(address(round)).content.decode()
    assert client_of(lead).post(address(round), typed(level="5")).status_code == 303


def test_the_second_recorder_keeps_their_words_and_may_replace(round, lead, facilitator, client_of):
    client_of(lead).post(address(round), typed(why="Lena wrote this."))
    late = typed(why="Fay wrote this.", level="1")
    response = client_of(facilitator).post(address(round), late)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Lena Lead recorded this at" in page
    assert "Lena wrote this." in page
    assert "Fay wrote this." in page
    assert 'name="seen" id="id_seen" value="1"' in page
    assert Agreement.objects.count() == 1
    assert client_of(facilitator).post(address(round), {**late, "seen": 1}).status_code == 303
    assert list(Agreement.objects.values_list("number", "why", "low")) == [
        (1, "Lena wrote this.", 2),
        (2, "Fay wrote this.", 1),
    ]


def test_posted_twice_it_is_recorded_once(round, lead, client_of):
    form = typed()
    assert [client_of(lead).post(address(round), form).status_code for _ in range(2)] == [303, 303]
    assert Agreement.objects.count() == 1


def test_with_htmx_only_the_part_comes_back(round, lead, facilitator, client_of):
    htmx = {"HX-Request": "true", "HX-Target": "agree"}
    saved = client_of(lead).post(address(round), typed(), headers=htmx)
    assert saved.status_code == 200
    assert saved.content.decode().strip().startswith('<div id="agree">')
    assert "On record." in saved.content.decode()
    conflict = client_of(facilitator).post(address(round), typed(why="Mine"), headers=htmx)
    assert conflict.status_code == 409
    assert conflict.content.decode().strip().startswith('<div id="agree">')
    assert "<html" not in conflict.content.decode()


def test_only_the_evidence_of_this_milestone_and_table_can_be_linked(round, lead, client_of, other_coalition):
    def seen(coalition, code, **fields):
        return Evidence.objects.create(coalition=coalition, item_code=code, title=f"Seen {code}", **fields)

    ours = seen(round.coalition, "M5")
    foreign = [
        seen(round.coalition, "M4"),
        seen(other_coalition, "M5"),
        seen(round.coalition, "M5", private_to=lead),
        seen(round.coalition, "M5", hidden=True),
    ]
    for each in foreign:
        assert client_of(lead).post(address(round), typed(evidence=[each.pk])).status_code == 422
    client_of(lead).post(address(round), typed(evidence=[ours.pk]))
    assert ids_of(Agreement.objects.get().evidence.all()) == [ours.pk]


def test_an_owner_sits_at_this_table(round, lead, outsider, client_of):
    assert client_of(lead).post(address(round), typed(owner=outsider.pk)).status_code == 422


def test_a_change_starts_from_what_is_on_record(round, lead, client_of):
    client_of(lead).post(address(round), typed(next_step="Call Ana", **{"mark-M5-1": "partly"}))
    page = client_of(lead).get(address(round) + "?change=1").content.decode()
    assert "Call Ana" in page
    assert "We vote, but late." in page
    assert '<option value="partly" selected>' in page
    assert 'name="seen" id="id_seen" value="1"' in page


def test_who_may_record(round, lead, facilitator, observer, outsider, client_of, visitor):
    member = round.coalition.seats.filter(role=Seat.MEMBER, lead=False).first()
    for who, status in ((lead, 200), (facilitator, 200), (member, 403), (observer, 403), (outsider, 404)):
        assert client_of(who).get(address(round)).status_code == status
        answered = client_of(who).post(address(round), typed()).status_code
        assert answered == status if status != 200 else answered in (303, 409)
    assert visitor.get(address(round)).status_code == 302
    assert client_of(lead).get(address(round, position=8)).status_code == 404


def test_nothing_can_be_recorded_before_the_opening(coalition, lead, client_of):
    a_table(coalition)
    round = an_open_round(coalition, lead)
    answers(round, coalition.seats.answering())
    round = sealed(round)
    page = client_of(lead).get(address(round)).content.decode()
    assert "recorded after the opening" in page
    assert "average" not in page
    assert client_of(lead).post(address(round), typed(above_because="x")).status_code == 422
    assert not Agreement.objects.exists()
