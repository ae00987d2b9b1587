"""Redis loses everything at the worst moment: the next sweep sends all, since Redis holds nothing but doorbells."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

from tests import needs
from tests.outbox import trial

PATIENCE = 120
QUEUES = range(15, 0, -1)


def an_empty_redis() -> str:
    """The address of a database of this Redis in which nobody has anything: only such a one is flushed."""
    import redis

    server = urlparse(os.environ["REDIS_URL"])
    for number in QUEUES:
        address = server._replace(path=f"/{number}").geturl()
        if redis.Redis.from_url(address).dbsize() == 0:
            return address
    raise RuntimeError("This Redis has no empty database to try it in.")


def measure(people: int, how: str = "real") -> dict[str, Any]:
    """`how`: "real", or "task per message", where the queue is all that knows what is to be sent."""
    return trial.run("tests.checkins.drill_redis", people, how, REDIS_URL=an_empty_redis(), EMAIL_TIMEOUT="8")


def one_trial(folder: Path, people: int, how: str) -> dict[str, Any]:
    import redis
    from django.conf import settings
    from django.core.management import call_command
    from django.utils import timezone

    from checkins.actions import plan_reminders
    from checkins.tasks import remind
    from outbox.models import Message
    from outbox.tasks import send_mail
    from tests.checkins.tables import NEVER_QUIET, addresses, an_open_table

    call_command("migrate", verbosity=0)
    size = people // 4
    rounds = [an_open_table(f"Table {n}", size, opened=timezone.now(), **NEVER_QUIET) for n in range(4)]
    queue = redis.Redis.from_url(settings.REDIS_URL)
    plan_reminders(now=timezone.now())
    bells = [send_mail] * 20 if how == "real" else [send_mail] * len(addresses(rounds))
    for bell in bells:
        bell.delay()
    rung = queue.llen("celery")
    queue.flushdb()
    book = folder / "book"
    with trial.a_server(book, 0) as port:
        environment = os.environ | {"EMAIL_URL": f"smtp://127.0.0.1:{port}"}
        command = [
            sys.executable,
            "-m",
            "celery",
            "-A",
            "config",
            "worker",
            "--pool=solo",
            "--loglevel=error",
        ]
        worker = subprocess.Popen(command, cwd=trial.ROOT, env=environment, stdout=subprocess.DEVNULL)
        try:
            if how == "real":  # the next beat: once each
                remind.delay()
                send_mail.delay()
            until = time.monotonic() + (PATIENCE if how == "real" else 15)
            while time.monotonic() < until and Message.objects.waiting().exists():
                time.sleep(0.1)
        finally:
            worker.terminate()
            worker.wait()
            queue.flushdb()
    return trial.count(book, addresses(rounds)) | {"rung": rung}


def drill(people: int = 1_000) -> list[dict[str, object]]:
    if not needs.redis():
        return []
    found, control = measure(people), measure(people // 5, "task per message")
    whole = not (found["lost"] or found["visible"])
    return [
        _row("", found, "0 lost after one sweep", whole and found["rung"] > 0),
        _row(", control: a task per message", control, "all lost", control["lost"] == control["messages"]),
    ]


def _row(name: str, found: dict[str, Any], expected: str, holds: bool) -> dict[str, object]:
    return {
        "name": f"Redis flushed with {found['rung']} tasks in it{name}",
        "injected": found["messages"],
        "expected": expected,
        "lost": found["lost"],
        "doubled": found["visible"],
        "value": found["raw"],
        "holds": holds,
    }


if __name__ == "__main__":
    import django

    django.setup()
    where, number, way = sys.argv[1:]
    print(json.dumps(one_trial(Path(where), int(number), way)))
