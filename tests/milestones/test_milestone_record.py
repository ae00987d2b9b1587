"""One milestone over all rounds, and the seven in one list."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coalitions.models import Group
from members.models import Member
from milestones.actions.agreement import record_agreement
from milestones.actions.dissent import add_dissent
from milestones.models import Evidence, Opening
from tests.factories.answered import an_opened_round
from tests.factories.rounds import NOW, a_table, agreed, released, said
from tests.factories.tables import a_seat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _read_in_english(parent):
    Member.objects.update(language="en")


def ledger(coalition):
    return reverse("milestones", args=[coalition.slug])


def record(coalition, code="M5"):
    return reverse("milestone_record", args=[coalition.slug, code])


def read(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def one_round(coalition, lead, number=0, level=3):
    return agreed(an_opened_round(coalition, lead, now=NOW + number * timedelta(days=170)), lead, level)


def say(round, lead, position, seen, **fields):
    record_agreement(
        round=round, item=round.version.items.get(position=position), by=lead, said=said(**fields), seen=seen,
        now=round.opened_at, form=uuid.uuid4(),
    )  # fmt: skip


def test_before_the_first_opening(coalition, parent, client_of):
    assert read(client_of(parent), ledger(coalition)).count("Not assessed") == 7
    assert "No round yet" in read(client_of(parent), record(coalition))


def test_all_versions_and_the_view_beside_the_one_it_answered(coalition, lead, parent, client_of):
    round = one_round(coalition, lead)
    add_dissent(
        round=round, item=round.version.items.get(position=5), seat=parent, text="I see it lower.", language="en",
        named=True, let_out=False, code="", now=round.opened_at, form=uuid.uuid4(),
    )  # fmt: skip
    say(round, lead, 5, 1, level=2, why="After the vote log.", next_step="Open the books", owner=lead)
    page = read(client_of(parent), record(coalition))
    assert "We have examples." in page
    assert "After the vote log." in page
    assert "1 earlier version" in page
    assert "answers version 1" in page
    assert "Lena Lead" in page
    # A new version never folds a view away.
    assert page.index("I see it lower.") < page.index("1 earlier version")


def test_levels_over_rounds_have_a_table_twin_and_a_true_sentence(coalition, lead, parent, client_of):
    one_round(coalition, lead, level=2)
    one_round(coalition, lead, number=1, level=4)
    page = read(client_of(parent), record(coalition))
    assert "The table agreed on 4 Strong in Round 2. In Round 1 it was 2 Starting." in page
    assert '<th scope="row">Round 1</th><td>2 Starting</td>' in page
    listed = read(client_of(parent), ledger(coalition))
    assert listed.count("2 up") == 7


def test_the_four_absences_look_different(coalition, lead, parent, client_of):
    a_table(coalition)
    client = client_of(parent)
    assert "Not assessed" in read(client, ledger(coalition))
    round = an_opened_round(coalition, lead)
    Opening.objects.filter(round=round, item__position=2).exclude(group="parents").delete()
    Opening.objects.filter(round=round, item__position=2).update(
        group="", counts=None, people=None, average=None
    )
    page = read(client, ledger(coalition))
    assert "Opened, not recorded yet" in page
    assert "Too few, or too alike, to show" in page
    say(round, lead, 1, 0, low=2, high=4, how="none")
    page = read(client, ledger(coalition))
    assert "No agreement: from 2 Starting to 4 Strong" in page
    assert page.count("Not released: only the table reads it") == 1
    assert "Too few, or too alike, to show" in read(client, record(coalition, "M2"))


def test_a_released_round_is_not_called_unreleased(coalition, lead, parent, client_of):
    released(one_round(coalition, lead), lead, parent)
    assert "Not released" not in read(client_of(parent), ledger(coalition))


def test_a_high_level_is_claimed_until_proof_is_linked(coalition, lead, parent, client_of):
    round = one_round(coalition, lead, level=4)
    assert read(client_of(parent), ledger(coalition)).count("claimed") == 2
    win = Evidence.objects.create(coalition=coalition, item_code="M6", title="The bill passed", kind="win")
    say(round, lead, 6, 1, level=4, evidence=[win.pk])
    assert read(client_of(parent), ledger(coalition)).count("claimed") == 1


def test_evidence_still_private_is_not_on_the_page(coalition, lead, parent, director, client_of):
    Evidence.objects.create(coalition=coalition, item_code="M5", title="Seen by all")
    Evidence.objects.create(coalition=coalition, item_code="M5", title="Seen by one", private_to=director)
    Evidence.objects.create(coalition=coalition, item_code="M5", title="Seen by none", hidden=True)
    one_round(coalition, lead)
    Evidence.objects.filter(title="Seen by none").update(hidden=True)
    Evidence.objects.filter(title="Seen by one").update(private_to=director)
    page = read(client_of(director), record(coalition))
    assert "Seen by all" in page
    assert "Seen by one" not in page
    assert "Seen by none" not in page


def test_who_may_read(coalition, parent, observer, outsider, client_of, visitor):
    for url in (ledger(coalition), record(coalition)):
        assert client_of(parent).get(url).status_code == 200
        assert client_of(observer).get(url).status_code == 200
        assert client_of(outsider).get(url).status_code == 404
        assert visitor.get(url).status_code == 302
    for unknown in ("M9", "m5x", "a" * 200):
        assert client_of(parent).get(record(coalition, unknown)).status_code == 404


def queries(client, url):
    with CaptureQueriesContext(
        connection,
    ) as found:
        read(client, url)
    return len(found)


def test_the_cost_does_not_grow_with_rounds_or_people(coalition, lead, parent, client_of):
    for number in range(5):
        a_seat(coalition, f"few{number} Person", Group.PARENT)
    one_round(coalition, lead)
    client = client_of(parent)
    few = {url: queries(client, url) for url in (ledger(coalition), record(coalition))}
    for number in range(45):
        a_seat(coalition, f"many{number} Person", Group.PROVIDER if number % 2 else Group.AGENCY)
    for number in range(1, 8):
        round = one_round(coalition, lead, number)
        Evidence.objects.create(coalition=coalition, item_code="M5", title=f"Seen {number}")
        say(round, lead, 5, 1, level=2, evidence=list(Evidence.objects.values_list("pk", flat=True)))
        add_dissent(
            round=round, item=round.version.items.get(position=5), seat=parent, text="Lower.", language="en",
            named=True, let_out=False, code="", now=round.opened_at, form=uuid.uuid4(),
        )  # fmt: skip
    assert {url: queries(client, url) for url in few} == few
    assert max(few.values()) <= 12
