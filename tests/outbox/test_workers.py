"""Tasks as they are in earnest: a beat, a broker, a worker, each a process of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from coalitions.models import Coalition, Group
from config.settings import CELERY_BEAT_SCHEDULE
from outbox.actions.sending import LEASE
from outbox.actions.writing import Letter, enqueue
from outbox.models import Message, Ring
from tests.architecture.test_compose import probe
from tests.factories.rounds import an_open_round
from tests.factories.tables import a_coalition, a_seat
from tests.journeys.served import ROOT
from tests.outbox.clockwork import a_clockwork
from tests.outbox.smtp import Server

pytestmark = pytest.mark.needs_redis
TASKS = {bell["task"] for bell in CELERY_BEAT_SCHEDULE.values()}
NOON = 12


@pytest.fixture(scope="module")
def post_office():
    with Server() as server:
        yield server


@pytest.fixture(scope="module")
def one_clockwork(tmp_path_factory, post_office, django_db_blocker):
    """Its database is made once."""
    mail = f"smtp://127.0.0.1:{post_office.port}"
    with a_clockwork(tmp_path_factory.mktemp("clockwork"), django_db_blocker, EMAIL_URL=mail) as found:
        yield found


@pytest.fixture
def server(post_office):
    post_office.taken.clear()
    post_office.tries.clear()
    post_office.slow = 0
    return post_office


@pytest.fixture
def clockwork(one_clockwork):
    yield one_clockwork
    one_clockwork.stop()
    for rows in (Message, Ring, Coalition):
        rows.objects.all().delete()


def write(to: str) -> Message:
    return enqueue(Letter(key=to, to=to, subject="A word", text="Come."), now=timezone.now())


def sent() -> int:
    return Message.objects.exclude(sent_at=None).count()


def a_round_that_is_open_by_day() -> set[str]:
    """Opened a moment ago, where it is noon now; the addresses of the people it asks."""
    now = timezone.now()
    ahead = (NOON - now.hour) % 24  # a zone in which nobody sleeps; the signs of these names are turned round
    zone = f"Etc/GMT-{ahead}" if ahead <= 14 else f"Etc/GMT+{24 - ahead}"
    table = a_coalition("Care Forward", slug="care-forward", state="KY", time_zone=zone)
    lead = a_seat(table, "Lena Lead", Group.ADVOCATE, lead=True)
    people = [a_seat(table, f"Paz{n} Parent", Group.PARENT) for n in range(4)]
    an_open_round(table, lead, now=now - timedelta(seconds=5))
    return {seat.member.email for seat in (lead, *people)}


def _done(task, said):
    return len(re.findall(rf"Task {re.escape(task)}\[\S+\] succeeded in ", said))


def test_every_bell_is_answered_and_two_beats_send_nobody_a_second_mail(clockwork, server):
    """From beat's message, through a reminder that is due, to the mail server."""
    asked = a_round_that_is_open_by_day()
    worker = clockwork.worker()
    for _one in "ab":
        clockwork.beat(every=1)
    clockwork.until(lambda: sent() == len(asked))
    clockwork.until(lambda: all(_done(task, clockwork.said(worker)) >= 3 for task in TASKS))
    said = clockwork.said(worker)
    assert not {word for word in ("ERROR", "raised", "Traceback", "unregistered") if word in said}
    assert sorted(mail["to"] for mail in server.taken) == sorted(asked)
    assert Message.objects.count() == len(asked)
    assert Ring.objects.get().at > timezone.now() - timedelta(seconds=30)


def test_a_bell_that_waited_too_long_is_not_answered(clockwork):
    clockwork.ring("outbox.tasks.send_mail", expires=0.5)
    clockwork.ring("milestones.tasks.seal_due", expires=60)
    time.sleep(0.6)
    assert clockwork.waiting() == 2
    worker = clockwork.worker()
    clockwork.until(lambda: "seal_due" in clockwork.said(worker) and "succeeded" in clockwork.said(worker))
    assert "Discarding revoked task: outbox.tasks.send_mail" in clockwork.said(worker)
    assert not Ring.objects.exists()


def test_redis_loses_all_it_has_and_nothing_is_lost(clockwork, server):
    """What waits is in our database; Redis holds only bells, and beat rings again."""
    worker, beat = clockwork.worker(), clockwork.beat(every=2)
    clockwork.until(lambda: Ring.objects.exists())
    for n in range(30):
        write(f"ok-{n}@example.org")
    clockwork.forget_everything()
    clockwork.until(lambda: sent() == 30, patience=4)
    assert len({mail["to"] for mail in server.taken}) == len(server.taken) == 30
    for process in (worker, beat):
        assert process.poll() is None
        assert "Traceback" not in clockwork.said(process)


def test_a_worker_that_dies_in_the_middle_is_replaced_by_the_next_ring(clockwork, server):
    server.slow = 0.4
    for n in range(10):
        write(f"ok-{n}@example.org")
    first = clockwork.worker()
    clockwork.ring("outbox.tasks.send_mail")
    clockwork.until(lambda: len(server.taken) >= 3)
    clockwork.kill(first)
    taken, server.slow = len(server.taken), 0
    assert 0 < sent() <= taken < 10
    second = clockwork.worker()
    clockwork.ring("outbox.tasks.send_mail")
    clockwork.until(lambda: "succeeded" in clockwork.said(second))
    assert sent() < 10, "the dead worker's lease still holds"
    Message.objects.waiting().update(next_try_at=timezone.now())  # instead of waiting for its end
    clockwork.ring("outbox.tasks.send_mail")
    clockwork.until(lambda: sent() == 10)
    ids = {mail["id"] for mail in server.taken}
    assert ids == set(Message.objects.values_list("message_id", flat=True))
    assert len(server.taken) <= 11, "more than the one it died over came again"


def test_a_child_that_dies_is_replaced_by_its_worker(clockwork, server):
    """Out of memory, or over the time limit: the worker goes on with another child."""
    server.slow = 3
    write("ok-1@example.org")
    worker = clockwork.worker("--concurrency=1")
    clockwork.ring("outbox.tasks.send_mail")
    clockwork.until(lambda: server.tries)
    child = subprocess.check_output(["pgrep", "-P", str(worker.pid)], text=True).split()[0]
    os.kill(int(child), signal.SIGKILL)
    server.slow = 0
    clockwork.ring("outbox.tasks.tidy")
    clockwork.until(
        lambda: "outbox.tasks.tidy" in clockwork.said(worker) and "succeeded" in clockwork.said(worker)
    )
    assert worker.poll() is None
    assert Message.objects.get().next_try_at > timezone.now() + LEASE / 2


def test_a_worker_says_that_it_lives(clockwork):
    """The health check of its container, in its own words; the shell of the container knows its name."""
    (_shell, words) = probe("worker")
    ping = words.replace("celery -A", f"{sys.executable} -m celery -A").replace(
        "$$HOSTNAME", socket.gethostname()
    )
    worker = clockwork.worker()

    def answers() -> bool:
        done = subprocess.run(
            ping.replace("timeout 5", "timeout 2"), shell=True, cwd=ROOT, env=clockwork.environment
        )
        return done.returncode == 0

    assert answers()
    clockwork.kill(worker)
    assert not answers()
