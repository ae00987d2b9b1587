"""Stopping messages: whoever has the link, with one press, and never by opening it."""

import pytest
from django.test import Client

from outbox.actions.wishes import stop
from outbox.models import StopLink
from outbox.queries import stopped

pytestmark = pytest.mark.django_db
TO = "rosa@example.org"


@pytest.fixture
def link(write):
    write(TO, kind="reminder")
    return StopLink.objects.get().get_absolute_url()


def has_stopped() -> bool:
    return stopped([TO.upper()], kind="reminder") == {TO}


def test_opening_the_link_stops_nothing(client, link):
    for _scanner in range(3):
        answer = client.get(link)
        client.head(link)
    assert "Reminders about a round" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert not has_stopped()
    assert client.put(link).status_code == 405


def test_one_press_stops_it_and_one_more_brings_it_back(client, link):
    answer = client.post(link, {"stop": "1"})
    assert (answer.status_code, answer.url) == (303, link)
    assert has_stopped()
    assert "This mail has stopped" in client.get(link).content.decode()
    client.post(link, {"again": "1"})
    assert not has_stopped()


def test_a_mail_program_stops_it_with_one_click(link):
    """RFC 8058: no cookie, no token of ours, this one field, and no redirect."""
    program = Client(enforce_csrf_checks=True)
    for _click in range(2):
        answer = program.post(link, {"List-Unsubscribe": "One-Click"})
        assert (answer.status_code, answer.content, dict(answer.cookies)) == (200, b"Stopped.", {})
    assert has_stopped()


def test_it_stops_only_its_kind_and_only_its_address(client, link, write):
    write("sam@example.org", kind="reminder")
    write(TO, kind="digest", key="another")
    client.post(link)
    assert list(StopLink.objects.filter(stopped_at__isnull=False).values_list("to", "kind")) == [
        (TO, "reminder")
    ]


def test_a_link_nobody_gave_leads_nowhere(client, link):
    for token in ("x", "A" * 24, "..", "%00"):
        assert client.post(f"/stop/{token}/").status_code in {400, 404}
        assert client.get(f"/stop/{token}/").status_code in {400, 404}


def test_a_kind_that_is_gone_can_still_be_stopped(client, now):
    stop(to=TO, kind="gone", now=now)
    StopLink.objects.update(stopped_at=None)
    assert "Mail from us" in client.get(StopLink.objects.get().get_absolute_url()).content.decode()


def test_the_first_stop_is_the_one_that_counts(now):
    from datetime import timedelta

    for days in (0, 1):
        stop(to=TO, kind="reminder", now=now + timedelta(days=days))
    assert StopLink.objects.get().stopped_at == now
