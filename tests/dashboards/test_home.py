from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from milestones.models import Round
from tests.factories.rounds import a_table, agreed, an_open_round, everyone_answers, opened, released
from tests.milestones.conftest import *  # noqa: F403  the rounds of the milestones' own tests


@pytest.fixture
def home(coalition):
    return reverse("home", args=[coalition.slug])


def test_a_new_table_has_three_steps(client_of, lead, parent, home):
    page = client_of(lead).get(home).content.decode()
    assert reverse("new_round", args=["care-forward"]) in page
    assert reverse("new_round", args=["care-forward"]) not in client_of(parent).get(home).content.decode()


def test_the_lead_sees_groups_and_a_member_one_total(client_of, lead, parent, open_round, home):
    assert 'class="seats"' in client_of(lead).get(home).content.decode()
    member = client_of(parent).get(home).content.decode()
    assert 'class="seats"' not in member
    assert reverse("next_milestone", args=["care-forward", 1]) in member


def test_the_progress_can_be_fetched_alone(client_of, lead, open_round, home):
    answer = client_of(lead).get(home, headers={"HX-Request": "true", "HX-Target": "progress"})
    assert "<html" not in answer.content.decode()
    assert 'id="progress"' in answer.content.decode()


def test_a_part_nobody_listed_gets_the_whole_page(client_of, lead, open_round, home):
    answer = client_of(lead).get(home, headers={"HX-Request": "true", "HX-Target": "secrets"})
    assert "<html" in answer.content.decode()


@pytest.mark.parametrize(
    "stage", ["answered_round", "closed_round", "opened_round", "agreed_round", "released_round"]
)
def test_every_stage_has_a_home(request, stage, client_of, lead, parent, facilitator, observer, home):
    request.getfixturevalue(stage)
    for who in (lead, parent, facilitator, observer):
        assert client_of(who).get(home).status_code == 200


def test_past_closing_home_seals(client_of, observer, answered_round, home):
    Round.objects.update(closes_at=timezone.now())
    client_of(observer).get(home)
    answered_round.refresh_from_db()
    assert answered_round.sealed_at


def test_while_milestones_are_left_last_time_is_folded(
    client_of, lead, parent, released_round, table, coalition, home
):
    assert "<details" in client_of(parent).get(home).content.decode()
    ledger = '<table class="ledger">'
    assert ledger in client_of(parent).get(home).content.decode()


def _queries(client, url: str, watch) -> int:
    client.get(url)
    with watch as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_it_costs_the_same_with_few_and_many(client_of, lead, coalition, home):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    few = a_table(coalition, [("parent", 3), ("agency", 1)])
    an_open_round(coalition, lead)
    Round.objects.update(closes_at=timezone.now() + timedelta(days=9))
    browser = client_of(lead)
    small = _queries(browser, home, CaptureQueriesContext(connection))
    Round.objects.all().delete()
    for n in range(8):
        round = an_open_round(coalition, lead, now=timezone.now() + timedelta(days=200 * (n - 8)))
        everyone_answers(round, [*few, lead])
        released(agreed(opened(round, lead), lead), lead, yes_by=few[0])
    a_table(coalition, [("provider", 46)])
    an_open_round(coalition, lead, now=timezone.now())
    large = _queries(browser, home, CaptureQueriesContext(connection))
    assert large <= 12
    assert large - small <= 3, (
        "what is opened costs three queries more than nothing opened, and no more after that"
    )
