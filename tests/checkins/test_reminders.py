import re
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from checkins.actions import plan_reminders, send_now
from checkins.cadence import Name
from checkins.queries import next_slot, plan_of
from members.models import Member
from milestones.actions.sealing import seal_round
from outbox.actions.sending import send_all
from outbox.actions.wishes import pause, stop
from outbox.models import Message, ProblemAddress, Why
from tests.factories.rounds import NOW, an_open_round, opened
from web.refusal import Refused

pytestmark = pytest.mark.django_db
HERE = "/c/care-forward/reminders/"
DAY = timedelta(days=1)


@pytest.fixture
def running(coalition, lead, parent, provider, observer):
    """Opened three days ago, by the clock of whoever looks at the page. It asks three people."""
    return an_open_round(coalition, lead, now=timezone.now() - 3 * DAY)


def read(client) -> str:
    html = client.get(HERE).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def press(client, slot="midpoint", form=None):
    return client.post(HERE, {"form": form or uuid.uuid4(), "slot": slot})


def test_with_no_round_open_nothing_is_scheduled(client_of, lead):
    browser = client_of(lead)
    assert "Nothing scheduled." in read(browser)
    answer = press(browser)
    assert answer.status_code == 422
    assert "No round is open, so there is nobody to remind." in answer.content.decode()


def test_it_shows_four_which_is_next_and_to_how_many(client_of, lead, running):
    said = read(client_of(lead))
    assert all(label in said for label in ("When it opens", "Halfway", "Two days before", "The last morning"))
    assert "Next: Halfway" in said
    assert "It would go to 3 people now." in said
    assert "English : 2" in said.replace("English:", "English :")
    assert re.search(r"Español\s?: 1", said)


def test_the_preview_is_in_each_language_and_lets_nobody_in(client_of, lead, running):
    html = client_of(lead).get(HERE).content.decode()
    assert "There is still time to answer: Care Forward Kentucky" in html
    assert "Todavía hay tiempo para responder: Care Forward Kentucky" in html
    assert not re.search(r"/(l|stop)/[\w-]{20,}", html)
    assert "[[stop]]" not in html
    assert not Message.objects.exists()


def test_sending_now_uses_up_the_next_and_again_changes_nothing(client_of, lead, running):
    browser, form = client_of(lead), uuid.uuid4()
    for _time in range(2):
        answer = press(browser, form=form)
        assert (answer.status_code, answer.url) == (303, HERE)
    assert {message.key.rpartition("/")[2] for message in Message.objects.all()} == {"midpoint"}
    said = read(browser)
    assert "3 reminders are on their way." in said
    assert "Next: Two days before it closes" in said
    middle = running.started_at + 9 * DAY
    assert plan_reminders(now=timezone.now()) == 0, "nor does the opening come after it"
    assert plan_reminders(now=middle) == 0
    assert Message.objects.count() == 3


def test_only_the_next_can_be_sent(client_of, lead, running):
    answer = press(client_of(lead), slot="last-morning")
    assert answer.status_code == 422
    assert "Another reminder is the next one by now." in answer.content.decode()
    for slot in ("never", ""):
        assert press(client_of(lead), slot=slot).status_code == 422
    assert client_of(lead).post(HERE, {"slot": "midpoint"}).status_code == 422
    assert not Message.objects.exists()


def send(round, name, by, now):
    return send_now(round=round, name=name, by=by, now=now, form=uuid.uuid4())


def test_when_all_are_used_up_there_is_no_next(round, lead, now):
    for days, name in enumerate((Name.MIDPOINT, Name.TWO_DAYS, Name.LAST_MORNING)):
        later = now + days * DAY
        assert next_slot(round, now=later).name is name
        assert send(round, name, lead, later) == 3
    assert next_slot(round, now=now) is None
    with pytest.raises(Refused):
        send(round, Name.OPENING, lead, now)


def test_two_are_not_sent_early_within_a_day(client_of, lead, running):
    now = timezone.now()
    assert send(running, Name.MIDPOINT, lead, now) == 3
    browser = client_of(lead)
    html = browser.get(HERE).content.decode()
    assert "Next: Two days before it closes" in html
    assert "You can send this one later." in html
    assert 'name="slot"' not in html
    answer = press(browser, slot="two-days")
    assert answer.status_code == 422
    assert "A reminder went out less than a day ago, or is about to." in answer.content.decode()
    assert Message.objects.count() == 3
    Message.objects.update(not_before=now - DAY)
    late = Message.objects.first()  # somebody came to the table since, and got theirs just now
    Message.objects.filter(pk=late.pk).update(not_before=now)
    assert send(running, Name.TWO_DAYS, lead, now) == 3


def test_a_page_without_a_next_one_has_no_button(client_of, lead, running):
    for name in (Name.MIDPOINT, Name.TWO_DAYS, Name.LAST_MORNING):
        send(running, name, lead, timezone.now())
        Message.objects.update(not_before=running.started_at)
    html = client_of(lead).get(HERE).content.decode()
    assert "Next:" not in html
    assert 'name="slot"' not in html


def test_when_everybody_answered_or_said_stop_nobody_is_left(
    client_of, lead, parent, provider, running, answered
):
    answered(running, lead, parent)
    stop(to=provider.member.email, kind="reminders", now=timezone.now())
    html = client_of(lead).get(HERE).content.decode()
    assert "Nobody is left to remind." in html
    assert 'name="slot"' not in html


def test_the_log_counts_and_names_only_where_mail_failed(
    client_of, lead, parent, provider, running, answered, mailoutbox
):
    late = timezone.now() + DAY
    plan_reminders(now=timezone.now())
    answered(running, lead)
    ProblemAddress.objects.create(to=parent.member.email, problem="550 no such box", since=late)
    send_all(clock=lambda: late)
    assert len(mailoutbox) == 1
    html = client_of(lead).get(HERE).content.decode()
    section = html[html.index('id="log"') :]
    assert "sent: 1" in section
    assert "not sent: 2" in section
    assert "Paz Parent" in section
    assert str(Why.ADDRESS.label) in section
    assert "Prue Provider" not in section
    assert not any(address in html for address in (parent.member.email, provider.member.email))


def test_a_refused_address_is_named_with_what_was_said(client_of, lead, parent, running):
    plan_reminders(now=timezone.now())
    mine = Message.objects.filter(to=parent.member.email)
    mine.update(next_try_at=None, failed_at=timezone.now(), problem="550 5.1.1 … is unknown")
    said = read(client_of(lead))
    assert "could not be sent: 1" in said
    assert "Paz Parent When it opens · Their mail server said: 550 5.1.1 … is unknown" in said
    assert "Ask them for another address, or talk to them." in said
    mine.update(key=f"round/{running.pk}/seat/99999999/opening")
    assert client_of(lead).get(HERE).status_code == 200


def test_an_address_that_refuses_a_reminder_reaches_the_lead_in_plain_words(
    client_of, lead, parent, provider, running, smtp
):
    Member.objects.filter(pk=parent.member_id).update(email="550@example.org")
    late = timezone.now() + DAY
    plan_reminders(now=timezone.now())
    send_all(clock=lambda: late)
    assert len(smtp.taken) == 2
    said = read(client_of(lead))
    assert "Mail that does not arrive" in said
    assert "Paz Parent When it opens · Their mail server said: 550 5.1.1 … is unknown" in said
    assert "550@example.org" not in said
    assert "Prue Provider" not in said.partition("Mail that does not arrive")[2]
    Member.objects.filter(pk=lead.member_id).update(language="es")
    said = read(client_of(lead))
    assert "Su servidor de correo respondió: 550 5.1.1 … is unknown" in said


def test_a_pause_is_shown_as_waiting_and_names_nobody(client_of, lead, parent, provider, running, mailoutbox):
    now = timezone.now()
    for seat, days in ((parent, 3), (provider, 90)):
        pause(to=seat.member.email, kind="reminders", until=now + days * DAY, now=now)
    assert "It would go to 1 person now." in read(client_of(lead))
    plan_reminders(now=now)
    send_all(clock=lambda: now + DAY)
    assert len(mailoutbox) == 1
    said = read(client_of(lead))
    assert "waiting to leave: 1 · sent: 1 · not sent: 1" in said
    assert "Mail that does not arrive" not in said
    went_out = said.partition("What went out")[2]
    assert not any(word in went_out for word in ("Paz Parent", "Prue Provider", "pause"))


def where(round) -> list[str]:
    return [str(row.where) for row in plan_of(round, now=timezone.now()).rows]


def test_each_says_where_it_is(client_of, lead, running):
    assert where(running) == ["went to nobody", "next", "later", "later"]
    assert "went to nobody" in read(client_of(lead))
    plan_reminders(now=timezone.now())
    assert where(running) == ["waiting to leave", "next", "later", "later"]
    Message.objects.update(next_try_at=None, failed_at=timezone.now(), problem=Why.LATE)
    assert where(running)[0] == "could not be sent"
    Message.objects.filter(to=lead.member.email).update(failed_at=None, sent_at=timezone.now())
    assert where(running)[0] == "sent"


def test_what_else_goes_out_is_said_and_when(client_of, lead, parent, time_machine):
    time_machine.move_to(NOW)
    said = read(client_of(lead))
    assert "Leads get a note on Monday, November 23, if something needs them." in said
    assert "Check-ins begin after your table opens its first answers together." in said
    round = an_open_round(lead.coalition, lead)
    opened(round, lead)
    time_machine.move_to(round.closes_at + 2 * DAY)
    said = read(client_of(lead))
    assert "The next check-in goes out on January 1." in said
    assert "Leads get a note on Monday, December 7, if something needs them." in said
    an_open_round(lead.coalition, lead, now=round.closes_at + DAY)
    assert "While this round runs, no new check-in goes out." in read(client_of(lead))


def test_after_sealing_the_page_knows_nothing(client_of, lead, running):
    plan_reminders(now=timezone.now())
    running.closes_at = timezone.now()
    running.save()
    seal_round(round=running, now=timezone.now())
    assert "Nothing scheduled." in read(client_of(lead))


def test_it_is_for_leads(client_of, lead, facilitator, parent, observer, outsider, running, visitor):
    for who in (facilitator, parent, observer):
        assert client_of(who).get(HERE).status_code == 403
        assert press(client_of(who)).status_code == 403
        assert HERE not in client_of(who).get("/c/care-forward/").content.decode()
    assert client_of(outsider).get(HERE).status_code == 404
    assert visitor.get(HERE).status_code == 302
    assert HERE in client_of(lead).get("/c/care-forward/").content.decode()
    assert not Message.objects.exists()


def test_a_few_queries_however_many_sit_there(client_of, lead, running, django_assert_max_num_queries):
    plan_reminders(now=timezone.now())
    browser = client_of(lead)
    with django_assert_max_num_queries(18):
        browser.get(HERE)
