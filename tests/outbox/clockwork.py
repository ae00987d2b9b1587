"""Real workers and beats in processes of their own, on a real Redis, beside this process on the same database.

The numbered database of Redis is one that nobody uses, claimed for as long as the test takes; nothing else on that
server is touched.
"""

import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import environ
from django.core.management import call_command
from django.db import connections
from django.db.utils import load_backend
from redis import Redis

from tests.journeys.served import ROOT, a_database

CLAIM, CLAIMED_FOR = "claimed by a test", 300
PATIENCE = 25


class Clockwork:
    """What runs is ended with the test, whatever becomes of it."""

    def __init__(self, folder: Path, environment: dict[str, str], redis: Redis) -> None:
        self.folder, self.environment, self.redis = folder, environment, redis
        self.running: list[subprocess.Popen] = []

    def worker(self, *more: str) -> subprocess.Popen:
        """Started and listening."""
        worker = self._start("-A", "config", "worker", "--concurrency=2", "--without-mingle", *more)
        self.until(lambda: " ready." in self.said(worker))
        return worker

    def beat(self, *, every: float) -> subprocess.Popen:
        name = f"--schedule={self.folder / secrets.token_hex(4)}"
        return self._start("-A", "tests.outbox.quiet", "beat", name, EVERY=str(every))

    def ring(self, task: str, **options: Any) -> None:
        """As beat does, without the rest of the clock."""
        from config.celery import app

        with app.connection_for_write(url=self.environment["REDIS_URL"]) as line:
            app.send_task(task, connection=line, **options)

    def waiting(self) -> int:
        """How many tasks nobody has taken."""
        return self.redis.llen("celery")

    def forget_everything(self) -> None:
        """As Redis does when it starts anew without a file; only the claim stays."""
        with self.redis.pipeline() as both:
            both.flushdb().set(CLAIM, "", ex=CLAIMED_FOR).execute()

    def said(self, process: subprocess.Popen) -> str:
        return self._log(process).read_text()

    def until(self, true: Callable[[], Any], patience: float = PATIENCE) -> None:
        end = time.monotonic() + patience
        while not true():
            assert time.monotonic() < end, "\n".join(map(self.said, self.running))
            time.sleep(0.05)

    def kill(self, process: subprocess.Popen) -> None:
        """At once, with its children: as when the power goes."""
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        """Nothing runs and nothing waits any more."""
        for process in self.running:
            if process.poll() is None:
                self.kill(process)
        self.forget_everything()

    def _start(self, *arguments: str, **more: str) -> subprocess.Popen:
        log = self.folder / f"{len(self.running)}.log"
        with log.open("w") as told:
            process = subprocess.Popen(
                [sys.executable, "-m", "celery", *arguments, "--loglevel=INFO"],
                cwd=ROOT, env=self.environment | more, stdout=told, stderr=told, start_new_session=True,
            )  # fmt: skip
        self.running.append(process)
        return process

    def _log(self, process: subprocess.Popen) -> Path:
        return self.folder / f"{self.running.index(process)}.log"


@contextmanager
def a_clockwork(folder: Path, unblocked: Any, **environment: str) -> Iterator[Clockwork]:
    """`unblocked`: pytest-django's own, since this database is none of its."""
    with a_database(folder) as database, a_redis() as (address, redis), unblocked.unblock(), here(database):
        call_command("migrate", verbosity=0)
        given = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": database,
            "REDIS_URL": address,
            "VAR_DIR": str(folder),
            "SECRET_KEY": secrets.token_urlsafe(48),
            "EMAIL_TIMEOUT": "4",
            "DEMO": "0",
            "DEBUG": "0",
            **environment,
        }
        clockwork = Clockwork(folder, given, redis)
        try:
            yield clockwork
        finally:
            clockwork.stop()


@contextmanager
def here(database: str) -> Iterator[None]:
    """This process speaks to that database, and afterwards to its own again."""
    own = connections["default"]
    wanted = own.settings_dict | environ.Env.db_url_config(database)
    if wanted["ENGINE"].endswith("sqlite3"):
        from config.settings import SQLITE_OPTIONS

        wanted["OPTIONS"] = SQLITE_OPTIONS
    connections["default"] = load_backend(wanted["ENGINE"]).DatabaseWrapper(wanted, "default")
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"] = own


@contextmanager
def a_redis() -> Iterator[tuple[str, Redis]]:
    """An empty database on the server that REDIS_URL names, and empty again afterwards."""
    server = os.environ["REDIS_URL"].rstrip("/")
    server = server.rpartition("/")[0] if server.count("/") > 2 else server
    for number in range(15, 0, -1):
        redis = Redis.from_url(f"{server}/{number}")
        if redis.dbsize() == 0 and redis.set(CLAIM, "", nx=True, ex=CLAIMED_FOR):
            break
        redis.close()
    else:
        raise RuntimeError("Redis has no empty database.")
    try:
        yield f"{server}/{number}", redis
    finally:
        redis.flushdb()
        redis.close()
