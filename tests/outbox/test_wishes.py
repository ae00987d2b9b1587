"""What is kept about messages and addresses, for how long, and who may look."""

from datetime import timedelta

import pytest

from outbox.actions.sending import claim, send_all
from outbox.actions.wishes import forget, forget_keys, stop, tidy, try_again
from outbox.models import Message, ProblemAddress, StopLink
from outbox.queries import deliveries, problem_addresses, stopped

pytestmark = pytest.mark.django_db


def test_forgetting_an_address_leaves_no_trace_of_it(write, smtp, now):
    write("550@example.org", kind="reminder", key="a")
    write("ok@example.org", kind="reminder", key="b")
    send_all(clock=lambda: now)
    write("550@example.org", kind="reminder", key="c")
    stop(to="550@example.org", kind="reminder", now=now)
    forget(to="550@Example.org")
    assert list(Message.objects.values_list("to", flat=True)) == ["ok@example.org"]
    assert list(StopLink.objects.values_list("to", flat=True)) == ["ok@example.org"]
    assert not ProblemAddress.objects.exists()


def test_who_was_reminded_of_a_round_is_forgotten_with_it(write, now):
    for key in ("round/7/seat/5/midpoint", "round/7/seat/6/midpoint", "round/70/seat/5/midpoint"):
        write(key=key)
    assert deliveries(beginning="round/7/").count() == 2
    assert len(claim(now=now, limit=1)) == 1
    forget_keys(beginning="round/7/")
    assert [message.key for message in Message.objects.all()] == ["round/70/seat/5/midpoint"]


def test_what_people_asked_for_is_gone_a_day_after_it_meant_something(write, smtp, now):
    write(key="code", not_after=now + timedelta(minutes=20))
    write(key="reminder", kind="reminder", not_after=now + timedelta(minutes=20))
    send_all(clock=lambda: now)
    write(key="waiting", not_after=now + timedelta(minutes=20))
    tidy(now=now + timedelta(days=1))
    assert Message.objects.count() == 3
    tidy(now=now + timedelta(days=1, minutes=21))
    assert {message.key for message in Message.objects.all()} == {"reminder", "waiting"}


def test_leads_see_which_addresses_do_not_work_until_they_say_so(write, smtp, now):
    write("550@example.org")
    send_all(clock=lambda: now)
    (found,) = problem_addresses(["550@EXAMPLE.org", "ok@example.org"]).values()
    assert (found.since, found.problem) == (now, "550 5.1.1 … is unknown")
    try_again(to="550@Example.org")
    assert problem_addresses(["550@example.org"]) == {}
    assert stopped(["550@example.org"], kind="reminder") == set()


def test_a_site_admin_sees_states_and_neither_words_nor_addresses(write, client_of, site_admin, lead):
    message = write("canary@example.org", key="canary-key", subject="canary-subject", text="canary-text")
    admin = client_of(site_admin)
    for path in ("/manage/outbox/message/", f"/manage/outbox/message/{message.pk}/change/"):
        answer = admin.get(path)
        html = answer.content.decode()
        assert answer.status_code == 200
        assert message.message_id.strip("<>") in html
        assert "waiting" in html
        assert "canary" not in html
        assert client_of(lead).get(path).status_code == 302
    assert admin.get("/manage/outbox/message/add/").status_code == 403
    assert admin.post(f"/manage/outbox/message/{message.pk}/delete/").status_code == 403
