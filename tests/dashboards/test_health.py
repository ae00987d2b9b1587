"""What those who watch the site are told, and that asking costs little and waits for nobody."""

import json
import os
import socket
import threading
import time
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone

from dashboards.queries import health
from outbox.actions.ringing import rang
from outbox.models import Ring

WELL = {"database": "ok", "migrations": "ok", "broker": "ok", "ring": "ok"}


@pytest.fixture
def rung(db, settings, tmp_path):
    """A site in which all is well, with tasks in a folder."""
    settings.REDIS_URL, settings.QUEUE_DIR = "", tmp_path
    rang("mail", now=timezone.now())


@pytest.fixture
def states(client):
    """`states()`: what /readyz says now, of a broker that is asked anew."""

    def ask(status: int) -> dict[str, str]:
        cache.delete("broker")
        answer = client.get("/readyz")
        assert answer.status_code == status
        return json.loads(answer.content)

    return ask


@contextmanager
def a_hole():
    """The port of a server that takes every call and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


def test_a_living_process_says_so_without_the_database(client):
    """No `db` here: a query would fail this test."""
    answer = client.get("/livez")
    assert (answer.status_code, answer.content) == (200, b"ok")
    assert answer["Content-Type"] == "text/plain"
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies


def test_all_is_well(client, states, rung):
    assert states(200) == WELL
    answer = client.get("/readyz")
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies
    assert client.post("/readyz").status_code == client.post("/livez").status_code == 405


def test_it_costs_one_query_once_the_migrations_are_through(client, states, rung, django_assert_num_queries):
    states(200)
    with django_assert_num_queries(1):
        client.get("/readyz")


@pytest.mark.parametrize(
    ("seconds", "state"), [(-121, "late"), (-120, "ok"), (0, "ok"), (120, "ok"), (121, "late")]
)
def test_a_ring_gets_old(db, seconds, state):
    now = timezone.now()
    Ring.objects.create(name="mail", at=now - timedelta(seconds=seconds))
    assert health.ring(now=now) == state


def test_where_nobody_ever_rang_it_is_not_ready(states, rung):
    Ring.objects.all().delete()
    assert states(503) == WELL | {"ring": "never"}


@pytest.mark.parametrize("command", ["send_mail", "send_checkins"])
def test_cron_rings_too(states, rung, command):
    Ring.objects.all().delete()
    call_command(command, verbosity=0)
    assert states(200) == WELL


def test_a_migration_that_waits_is_seen_until_it_is_through(states, rung, monkeypatch):
    with monkeypatch.context() as old:
        old.setattr(health.MigrationExecutor, "migration_plan", lambda *given: ["0002"])
        assert states(503) == {**WELL, "migrations": "unapplied", "ring": "unknown"}
    assert states(200) == WELL


def test_a_database_that_does_not_answer(states, rung, monkeypatch):
    def gone(*given):
        raise OperationalError("could not connect to server at secret-host")

    monkeypatch.setattr(health, "migrations", gone)
    assert states(503) == {"database": "trouble", "migrations": "unknown", "broker": "ok", "ring": "unknown"}


def test_a_folder_that_nobody_can_write_to(states, rung, settings, tmp_path):
    settings.QUEUE_DIR = tmp_path / "gone"
    assert states(503) == WELL | {"broker": "trouble"}


def test_a_broker_that_is_not_there(states, rung, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert states(503) == WELL | {"broker": "trouble"}
    settings.REDIS_URL = "not an address"
    assert states(503) == WELL | {"broker": "trouble"}


def test_a_broker_that_takes_the_call_and_never_answers_is_not_waited_for(client, states, rung, settings):
    with a_hole() as port:
        settings.REDIS_URL = f"redis://127.0.0.1:{port}/0"
        began = time.monotonic()
        assert states(503) == WELL | {"broker": "trouble"}
        assert time.monotonic() - began < 2.5
        began = time.monotonic()
        assert client.get("/readyz").status_code == 503
        assert time.monotonic() - began < 0.5, "what was found is not remembered"


def test_a_broker_whose_name_is_looked_up_for_ever_is_not_waited_for(states, rung, monkeypatch):
    monkeypatch.setattr(health, "_broker", lambda: time.sleep(4))
    began = time.monotonic()
    assert states(503) == WELL | {"broker": "trouble"}
    assert time.monotonic() - began < 2.5


def test_many_who_ask_at_once_hold_up_one_thread(monkeypatch):
    """No `db` here: only the broker is asked, by several threads of one process."""
    asked = []
    monkeypatch.setattr(health, "_broker", lambda: asked.append(1) or time.sleep(1) or health.OK)
    cache.delete_many(["broker", "broker-before"])
    took: list[float] = []

    def ask() -> None:
        began = time.monotonic()
        health.broker()
        took.append(time.monotonic() - began)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(asked) == 1
    assert sorted(took)[-2] < 0.5, "only the first one waits"


@pytest.mark.needs_redis
def test_a_broker_that_answers(states, rung, settings):
    settings.REDIS_URL = os.environ["REDIS_URL"]
    assert states(200) == WELL


def test_whoever_asks_from_beside_the_site_is_not_sent_to_the_proxy(client, settings, rung):
    settings.SECURE_SSL_REDIRECT = True
    assert [client.get(path).status_code for path in ("/livez", "/readyz", "/")] == [200, 200, 301]
    assert client.get("/livez/more").status_code == 301


def test_a_command_says_the_same(rung, capsys):
    call_command("ready")
    assert capsys.readouterr().out == "database: ok\nmigrations: ok\nbroker: ok\nring: ok\n"
    Ring.objects.all().delete()
    with pytest.raises(SystemExit, match="1"):
        call_command("ready")
    assert "ring: never\n" in capsys.readouterr().out


# What writes the ring


def test_it_is_written_seldom_and_by_whoever_rings(db, django_assert_num_queries):
    now = timezone.now()
    rang("mail", now=now)
    for seconds in (0, 1, 9.9):
        with django_assert_num_queries(1):
            rang("mail", now=now + timedelta(seconds=seconds))
    assert Ring.objects.get().at == now
    rang("mail", now=now + timedelta(seconds=10))
    assert Ring.objects.get().at == now + timedelta(seconds=10)


def test_a_clock_that_was_ahead_does_not_stop_the_ring(db):
    now = timezone.now()
    rang("mail", now=now + timedelta(days=1))
    rang("mail", now=now)
    assert Ring.objects.get().at == now
