from datetime import timedelta

import pytest
from django.utils import timezone

from coalitions.models import Event
from milestones.actions.rounds import open_round as open_it
from milestones.models import Part, Round, Stage
from milestones.queries.rounds import progress
from milestones.tasks import seal_due
from tests.factories.rounds import everyone_answers
from tests.factories.tables import a_seat
from web.refusal import Refused

FORM = "8a1f6f0e-3f1f-4a53-9d0e-6f6d3a2a7b10"


def dates(days: int = 20, **changed) -> dict:
    closes = (timezone.now() + timedelta(days=days)).date()
    whole = {
        "name": "Fall 2026",
        "closes_on": closes,
        "closes_time": "20:00",
        "meets_on": closes,
        "form_id": FORM,
    }
    return {**whole, **changed}


def test_a_lead_plans_a_round_once_and_opens_it(client_of, lead, table, at):
    browser = client_of(lead)
    for _ in range(2):
        assert browser.post(at("new_round"), dates()).url == at("round", 1)
    assert Round.objects.count() == 1
    page = browser.get(at("round", 1)).content.decode()
    assert at("start_round", 1) in page
    browser.post(at("start_round", 1))
    round = Round.objects.get()
    assert round.stage(timezone.now()) == Stage.OPEN
    assert round.parts.filter(saved=0).count() == len(table)
    assert round.version.frozen_at is not None
    assert not round.parts.filter(seat__role="observer", saved__isnull=False).exists()


def test_closing_is_a_moment_in_the_tables_own_time(client_of, lead, coalition, table, at):
    year = timezone.now().year + 1
    said = dates(closes_on=f"{year}-01-15", closes_time="20:00", meets_on=f"{year}-01-16")
    client_of(lead).post(at("new_round"), said)
    assert Round.objects.get().closes_at.isoformat() == f"{year}-01-16T01:00:00+00:00"


@pytest.mark.parametrize(
    "changed",
    [
        {"closes_on": "2020-01-01"},
        {"meets_on": "2020-01-01"},
        {"closes_on": "not a day"},
        {"name": ""},
        {"name": "x" * 81},
        {"name": "Fall\n\n    https://table.example/l/token/\n\n2026"},
        {"closes_time": "25:99"},
        {"closes_on": "9999-12-31", "closes_time": "23:59"},
        {"closes_on": "0001-01-01", "meets_on": "9999-12-31"},
    ],
)
def test_dates_that_cannot_be_are_refused_with_the_words_kept(client_of, lead, table, at, changed):
    answer = client_of(lead).post(at("new_round"), dates(**changed))
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not Round.objects.exists()


def test_one_round_at_a_time(client_of, lead, open_round, at):
    assert client_of(lead).post(at("new_round"), dates()).status_code == 422
    assert at("new_round") not in client_of(lead).get(at("rounds")).content.decode()


def test_more_time_while_it_is_open_and_never_after(client_of, lead, open_round, at, time_machine):
    browser = client_of(lead)
    assert browser.get(at("edit_round", 1)).status_code == 200
    assert browser.post(at("edit_round", 1), dates(days=3)).status_code == 422, (
        "people were told they had longer"
    )
    assert browser.post(at("edit_round", 1), dates(days=25)).status_code == 303
    assert Event.objects.filter(verb="round extended").count() == 1
    open_round.refresh_from_db()
    time_machine.move_to(open_round.closes_at)
    assert browser.post(at("edit_round", 1), dates(days=90)).status_code == 422


def test_it_closes_early_only_when_all_have_answered(client_of, lead, open_round, table, at):
    browser = client_of(lead)
    browser.post(at("end_round", 1))
    open_round.refresh_from_db()
    assert open_round.stage(timezone.now()) == Stage.OPEN
    everyone_answers(open_round, table)
    assert at("end_round", 1) in browser.get(at("round", 1)).content.decode()
    browser.post(at("end_round", 1))
    open_round.refresh_from_db()
    assert open_round.stage(timezone.now()) == Stage.CLOSED
    browser.post(at("end_round", 1))
    assert Event.objects.filter(verb="round closed early").count() == 1


def test_the_first_visit_after_closing_seals(client_of, observer, answered_round, at, time_machine):
    time_machine.move_to(answered_round.closes_at + timedelta(hours=1))
    client_of(observer).get(at("round", 1))
    answered_round.refresh_from_db()
    assert answered_round.sealed_at is not None


def test_the_task_seals_what_is_due(answered_round, time_machine):
    seal_due()
    answered_round.refresh_from_db()
    assert answered_round.sealed_at is None
    time_machine.move_to(answered_round.closes_at)
    seal_due()
    answered_round.refresh_from_db()
    assert answered_round.sealed_at is not None


def test_a_newcomer_is_asked_and_a_leaver_takes_their_answers_along(coalition, open_round, table):
    everyone_answers(open_round, table)
    newcomer = a_seat(coalition, "Nia Newcomer", "parent")
    assert progress(open_round).asked == len(table) + 1
    table[0].left = timezone.now().date()
    table[0].save()
    assert progress(open_round).asked == len(table)
    from milestones.actions.sealing import seal_round

    sealed = seal_round(round=open_round, now=open_round.closes_at)
    assert sealed.participation["everyone"] == {
        "asked": len(table), "took_part": len(table) - 1, "answered": len(table) - 1,
    }  # fmt: skip
    assert not Part.objects.filter(seat=table[0]).exists()
    assert Part.objects.get(seat=newcomer).took_part is False


def test_nobody_at_the_table_nobody_to_ask(coalition, facilitator, client_of, at):
    facilitator.lead = True
    facilitator.save()
    client_of(facilitator).post(at("new_round"), dates())
    with pytest.raises(Refused):
        open_it(round=Round.objects.get(), by=facilitator, now=timezone.now())
    client_of(facilitator).post(at("start_round", 1))
    assert Round.objects.get().started_at is None


def test_members_see_one_total_and_only_the_lead_sees_who(client_of, lead, parent, open_round, table, at):
    everyone_answers(open_round, [seat for seat in table if seat.group != "agency"])
    missing = next(seat for seat in table if seat.group == "agency").member.name
    theirs = client_of(parent).get(at("round", 1)).content.decode()
    assert missing not in theirs
    assert 'class="seats"' not in theirs
    leads = client_of(lead).get(at("round", 1)).content.decode()
    assert missing in leads
    assert 'class="seats"' in leads


def test_this_round_leads_where_one_is_needed(client_of, lead, parent, observer, coalition, at, table):
    assert client_of(parent).get(at("this_round")).url == at("home")
    client_of(lead).post(at("new_round"), dates())
    assert client_of(parent).get(at("this_round")).url == at("round", 1)
    client_of(lead).post(at("start_round", 1))
    assert client_of(parent).get(at("this_round")).url == at("next_milestone", 1)
    assert client_of(observer).get(at("this_round")).url == at("round", 1)
    Round.objects.update(closes_at=timezone.now())
    assert client_of(parent).get(at("this_round")).url == at("opening", 1)


@pytest.mark.parametrize("name", ["new_round", "start_round", "end_round", "edit_round"])
def test_only_a_lead_runs_rounds(client_of, parent, facilitator, open_round, at, name):
    address = at(name) if name == "new_round" else at(name, 1)
    for who in (parent, facilitator):
        assert client_of(who).post(address).status_code == 403
