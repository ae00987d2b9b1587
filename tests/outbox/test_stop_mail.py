"""Stopping messages: whoever has the link, with one press, and never by opening it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

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
        client.get(link, {"stop": "1", "pause": "3", "List-Unsubscribe": "One-Click"})
    assert "Reminders about a round" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert not has_stopped()
    assert StopLink.objects.get().paused_until is None
    assert client.put(link).status_code == 405


def test_one_press_stops_it_and_one_more_brings_it_back(client, link):
    answer = client.post(link, {"stop": "1"})
    assert (answer.status_code, answer.url) == (303, link)
    assert has_stopped()
    assert "These messages have stopped" in client.get(link).content.decode()
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
    assert "Messages from us" in client.get(StopLink.objects.get().get_absolute_url()).content.decode()


@pytest.mark.parametrize(("days", "button"), [(3, "Not for 3 days"), (7, "Not for a week")])
def test_one_press_pauses_it_and_one_more_brings_it_back(client, link, days, button):
    assert button in client.get(link).content.decode()
    pressed = timezone.now()
    answer = client.post(link, {"pause": str(days)})
    assert (answer.status_code, answer.url) == (303, link)
    until = StopLink.objects.get().paused_until
    assert timedelta(days=days) <= until - pressed <= timedelta(days=days + 1, minutes=1)
    html = client.get(link).content.decode()
    assert "These messages are paused" in html
    assert f"until {date_format(timezone.localtime(until), 'l, F j')}." in html
    assert button not in html
    assert not has_stopped()
    client.post(link, {"again": "1"})
    assert StopLink.objects.get().paused_until is None
    assert button in client.get(link).content.decode()


def test_a_pause_that_is_over_is_no_pause(client, link):
    StopLink.objects.update(paused_until=timezone.now())
    assert "Stop these messages?" in client.get(link).content.decode()


def test_a_pause_can_be_turned_into_a_stop_and_not_the_other_way(client, link):
    client.post(link, {"pause": "3"})
    client.post(link, {"stop": "1"})
    assert has_stopped()
    client.post(link, {"pause": "3"})
    assert has_stopped()
    assert StopLink.objects.get().paused_until is None


@pytest.mark.parametrize("wrong", ["", "0", "-3", "365", "3 ", "three"])
def test_only_the_pauses_there_are(client, link, wrong):
    assert client.post(link, {"pause": wrong}).status_code == 404
    assert StopLink.objects.get().paused_until is None


def test_one_click_stops_for_good_also_in_a_pause(client, link):
    client.post(link, {"pause": "7"})
    answer = Client(enforce_csrf_checks=True).post(link, {"List-Unsubscribe": "One-Click"})
    assert answer.content == b"Stopped."
    assert has_stopped()


def test_it_speaks_spanish(client, link):
    client.post(link, {"pause": "3"})
    client.cookies["django_language"] = "es"
    html = client.get(link).content.decode()
    assert "Estos mensajes están en pausa" in html
    assert "No recibirá ninguno hasta el " in html


def test_the_first_stop_is_the_one_that_counts(now):
    for days in (0, 1):
        stop(to=TO, kind="reminder", now=now + timedelta(days=days))
    assert StopLink.objects.get().stopped_at == now


def test_it_speaks_as_the_letter_did_until_somebody_picks_a_language(client, write):
    write(TO, kind="reminder", language="es")
    link = StopLink.objects.get().get_absolute_url()
    assert '<html lang="es"' in client.get(link, headers={"accept-language": "en"}).content.decode()
    client.cookies["django_language"] = "en"
    assert '<html lang="en"' in client.get(link).content.decode()
