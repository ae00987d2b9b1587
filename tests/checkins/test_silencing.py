"""Reminders off for one person: by a lead, or by themselves."""

import re
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from checkins.actions import plan_reminders, silence, unsilence
from checkins.models import Silence
from checkins.queries.whom import whom
from coalitions.models import Event, Group, Verb
from dashboards.actions import close_account
from outbox.actions.sending import send_all
from outbox.models import Message, Why
from tests.factories.rounds import an_open_round
from tests.factories.tables import a_seat
from web.refusal import Refused

pytestmark = pytest.mark.django_db
HERE, MINE = "/c/care-forward/reminders/", "/me/tables/care-forward/reminders/"


@pytest.fixture
def running(coalition, lead, parent, provider, observer):
    return an_open_round(coalition, lead, now=timezone.now() - timedelta(days=3))


def read(client, path=HERE) -> str:
    html = client.get(path, headers={"accept-language": "en"}).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def turn(client, seat, way="off", form=None):
    return client.post(f"{HERE}{seat.pk}/{way}/", {"form": form or uuid.uuid4()})


def section(client, name: str) -> str:
    html = client.get(HERE).content.decode()
    found = re.search(rf'<section[^>]*aria-labelledby="{name}".*?</section>', html, re.S)
    return found[0] if found else ""


def verbs() -> list[tuple[str, str]]:
    return list(
        Event.objects.filter(verb__in=[Verb.SILENCED, Verb.UNSILENCED])
        .order_by("pk")
        .values_list("verb", "about")
    )


def test_a_lead_turns_them_off_and_on_again(client_of, lead, parent, provider, running):
    browser = client_of(lead)
    assert "Paz Parent" in section(browser, "whom")
    answer = turn(browser, parent)
    assert (answer.status_code, answer.url) == (303, HERE)
    assert "Paz Parent" not in section(browser, "whom")
    assert "Paz Parent" in section(browser, "off")
    assert "Prue Provider" in section(browser, "whom")
    assert plan_reminders(now=timezone.now()) == 2
    assert not Message.objects.filter(to=parent.member.email).exists()
    turn(browser, parent, "on")
    assert section(browser, "off") == ""
    assert plan_reminders(now=timezone.now()) == 1
    assert verbs() == [("silenced", ""), ("unsilenced", "")], "on record, and nobody is named"


def test_one_that_is_written_already_is_not_sent(running, lead, parent, mailoutbox):
    plan_reminders(now=timezone.now())
    silence(seat=parent, by=lead, now=timezone.now())
    send_all(clock=lambda: timezone.now() + timedelta(days=1))
    assert parent.member.email not in {mail.to[0] for mail in mailoutbox}
    assert Message.objects.get(to=parent.member.email).problem == Why.UNWANTED


def test_the_same_form_again_changes_nothing(client_of, lead, parent, running):
    browser, form = client_of(lead), uuid.uuid4()
    turn(browser, parent, form=form)
    turn(browser, parent, "on")
    turn(browser, parent, form=form)
    assert not Silence.objects.exists()
    for _time in range(2):
        turn(browser, parent)
    assert len(verbs()) == 3
    assert browser.post(f"{HERE}{parent.pk}/off/").status_code == 422
    assert browser.get(f"{HERE}{parent.pk}/off/").status_code == 303


def test_only_leads_of_this_table(client_of, lead, parent, facilitator, outsider, other_coalition, running):
    for who in (parent, facilitator):
        assert turn(client_of(who), parent).status_code == 403
    assert turn(client_of(outsider), parent).status_code == 404
    assert turn(client_of(lead), outsider).status_code == 404
    parent.left = timezone.now().date()
    parent.save()
    assert turn(client_of(lead), parent).status_code == 404
    with pytest.raises(Refused):
        silence(seat=parent, by=lead, now=timezone.now())
    assert not Silence.objects.exists()


def test_the_person_sees_it_and_turns_them_on(client_of, lead, parent, running):
    silence(seat=parent, by=lead, now=timezone.now())
    parent.member.language = "en"
    parent.member.save()
    browser = client_of(parent)
    assert "Reminders from this table are off. A lead turned them off." in read(browser, "/me/")
    answer = browser.post(MINE, {"on": "1"})
    assert (answer.status_code, answer.url) == (303, "/me/")
    assert "Reminders from this table are on." in read(browser, "/me/")
    assert not Silence.objects.exists()


def test_what_they_turned_off_themselves_stays_off(client_of, lead, parent, running):
    client_of(parent).post(MINE, {"off": "1"})
    browser = client_of(lead)
    off = section(browser, "off")
    assert "Paz Parent" in off
    assert "They turned them off themselves." in off
    assert "<form" not in off
    answer = turn(browser, parent, "on")
    assert answer.status_code == 422
    assert "Only they can turn them on again." in answer.content.decode()
    assert Silence.objects.get().seat == parent
    client_of(parent).post(MINE, {"on": "1"})
    assert not Silence.objects.exists()


def test_a_lead_may_turn_on_their_own(client_of, lead, running):
    client_of(lead).post(MINE, {"off": "1"})
    assert "<form" in section(client_of(lead), "off")
    turn(client_of(lead), lead, "on")
    assert not Silence.objects.exists()


def test_it_is_theirs_alone_to_say(client_of, visitor, through_link, parent, provider, outsider, site_admin):
    assert visitor.post(MINE).status_code == 302
    for who in (outsider, site_admin):
        assert client_of(who).post(MINE).status_code == 404
    assert through_link(provider).post(MINE).status_code == 403
    assert client_of(parent).get(MINE).status_code == 303
    assert not Silence.objects.exists()
    a_seat(parent.coalition, "Lia Listed", Group.PARENT, arrived=None)


def test_who_is_off_is_on_the_list_whether_they_answered_or_not(
    client_of, lead, parent, provider, running, answered
):
    for seat in (parent, provider):
        silence(seat=seat, by=lead, now=timezone.now())
    answered(running, parent)
    off = section(client_of(lead), "off")
    assert "Paz Parent" in off
    assert "Prue Provider" in off


def test_with_no_round_open_who_is_off_is_still_there(client_of, lead, parent):
    silence(seat=parent, by=lead, now=timezone.now())
    browser = client_of(lead)
    assert "Nothing scheduled." in read(browser)
    assert "Paz Parent" in section(browser, "off")
    assert section(browser, "whom") == ""


def test_whoever_came_with_a_handed_link_is_for_the_lead_to_remind(
    client_of, lead, through_link, handed_link, coalition, running, answered
):
    here = a_seat(coalition, "Hana Handed", Group.PARENT, arrived=None)
    handed_link(a_seat(coalition, "Nor Unused", Group.PARENT, arrived=None))
    through_link(here)
    said = section(client_of(lead), "whom")
    assert "1 person came with a link you handed over." in said
    assert "Hana Handed" in said
    assert "Nor Unused" not in said
    plan_reminders(now=timezone.now())
    assert not Message.objects.filter(to=here.listed_email, kind="reminders").exists()
    running.parts.create(seat=here, group=here.group)
    answered(running, here)
    assert "Hana Handed" not in read(client_of(lead))


def test_closing_an_account_forgets_it(lead, parent):
    silence(seat=parent, by=parent, now=timezone.now())
    close_account(member=parent.member, now=timezone.now())
    assert not Silence.objects.exists()


@pytest.mark.parametrize("people", [0, 1, 5, 50])
def test_the_list_and_its_cost(client_of, coalition, lead, answered, people):
    for number in range(people):
        a_seat(coalition, f"P{number} Person", Group.PARENT)
    round = an_open_round(coalition, lead, now=timezone.now())
    answered(round, lead)
    browser = client_of(lead)
    with CaptureQueriesContext(connection) as asked:
        said = section(browser, "whom")
    assert said.count("<form") == people
    assert len(set(re.findall(r'name="form" value="([^"]+)"', said))) == people
    assert ("Nobody whom a reminder would reach." in said) == (people == 0)
    assert len(asked) <= 18
    with CaptureQueriesContext(connection) as asked:
        assert len(whom(coalition, round).on) == people
    assert len(asked) == 5


def test_unsilencing_who_is_not_silent_leaves_no_trace(lead, parent):
    unsilence(seat=parent, by=lead, now=timezone.now())
    assert verbs() == []


def test_sending_now_is_on_record_without_names(client_of, lead, running):
    form = uuid.uuid4()
    for _time in range(2):
        client_of(lead).post(HERE, {"form": form, "slot": "midpoint"})
    (event,) = Event.objects.filter(verb=Verb.REMINDED)
    assert (event.seat, event.about, event.form) == (lead, "Round 1", form)
    page = client_of(lead).get("/c/care-forward/settings/").content.decode()
    assert "sent the next reminder early" in page


def test_what_a_lead_turned_off_and_then_they_too_stays_off(client_of, lead, parent, running):
    """Their page still said that reminders are on when they pressed the button."""
    turn(client_of(lead), parent)
    client_of(parent).post(MINE, {"off": "1"})
    assert turn(client_of(lead), parent, "on").status_code == 422
    assert Silence.objects.get().by == parent


def test_what_somebody_does_for_themselves_is_not_on_record(client_of, lead, parent, running):
    """It would name them for good, and right after a lead's deed it would say whom that was about."""
    turn(client_of(lead), parent)
    for way in ("on", "off", "on"):
        client_of(parent).post(MINE, {way: "1"})
    assert verbs() == [("silenced", "")]
    assert not Event.objects.filter(seat=parent, verb__in=[Verb.SILENCED, Verb.UNSILENCED]).exists()
