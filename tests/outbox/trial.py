"""What drills with real processes have in common: a database of their own, a mail server, workers to kill."""

import json
import multiprocessing
import os
import random
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 2_700  # for a machine that has much else to do
# Time is squeezed: a real lease is 90 s and a real wait 15 s.
LEASE, FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=3), timedelta(seconds=0.2), timedelta(seconds=1)


def run(module: str, *arguments: object, **environment: str) -> dict[str, Any]:
    """What `python -m module folder ...` says in its last line, on an empty database: PostgreSQL if DATABASE_URL
    names it, else a SQLite file."""
    from tests.journeys.served import a_database

    with tempfile.TemporaryDirectory() as folder, a_database(Path(folder)) as database:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": database,
            "VAR_DIR": folder,
            "SECRET_KEY": secrets.token_urlsafe(48),
            "EMAIL_TIMEOUT": "0.5",
            "REDIS_URL": "",
            "DEMO": "0",
            "DEBUG": "0",
            **environment,
        }
        command = [sys.executable, "-m", module, folder, *map(str, arguments)]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout.splitlines()[-1])


@contextmanager
def a_server(book: Path, slow: float):
    """The port of a mail server in a process of its own, forked before any thread exists here."""
    book.touch()
    ours, theirs = multiprocessing.Pipe()
    fork = multiprocessing.get_context("fork")
    server = fork.Process(target=_be_the_server, args=(book, slow, theirs), daemon=True)
    server.start()
    try:
        yield ours.recv()
    finally:
        server.kill()
        server.join()


def _be_the_server(book: Path, slow: float, pipe: Any) -> None:
    from tests.outbox.smtp import Server

    with Server(book=book, slow=slow) as server:
        pipe.send(server.port)
        time.sleep(PATIENCE)


class Crew:
    """Workers that do the same for ever, each in a process of its own. Whoever is killed is replaced."""

    def __init__(self, *works: Callable[[Any], None], seed: int = 11) -> None:
        from django.db import connections

        connections.close_all()  # workers are forked without them
        self.works, self.draw = works, random.Random(seed)
        self.busy = [multiprocessing.RawValue("b", 0) for _ in works]
        self.workers = [self._begin(at) for at in range(len(works))]
        self.killed: Counter[str] = Counter()

    def _begin(self, at: int):
        self.busy[at].value = 0
        fork = multiprocessing.get_context("fork")
        worker = fork.Process(target=self.works[at], args=(self.busy[at],), daemon=True)
        worker.start()
        return worker

    def kill_one(self, *, patience: float = 1) -> None:
        """One by chance, in the middle of its work if it has any: what it left behind says whether it had."""
        at, until = self.draw.randrange(len(self.works)), time.monotonic() + patience
        while not self.busy[at].value and time.monotonic() < until:
            time.sleep(0.001)
        time.sleep(self.draw.uniform(0, 0.01))
        worker = self.workers[at]
        if worker.is_alive():
            os.kill(worker.pid, signal.SIGKILL)
            worker.join()
            self.killed["at work" if self.busy[at].value else "idle"] += 1
            self.killed[getattr(self.works[at], "role", "worker")] += bool(self.busy[at].value)
        self.workers[at] = self._begin(at)

    def go_home(self) -> None:
        for worker in self.workers:
            worker.kill()
            worker.join()


def kill_until_empty(crew: Crew, book: Path, *, mails: int, kills: int, over: Callable[[], bool]) -> None:
    """A kill each time the server has taken some more mails, until everything is over."""
    from django.db import connections

    until = time.monotonic() + PATIENCE
    try:
        while True:
            taken, killed = book.read_bytes().count(b"\n"), crew.killed["at work"]
            if killed < kills and taken >= (killed + 1) * mails * 0.7 / kills:
                crew.kill_one()
            done = over()
            connections.close_all()
            if done:
                return
            if time.monotonic() > until:
                raise TimeoutError("The outbox did not get empty.")
            time.sleep(0.01)
    finally:
        crew.go_home()


def outbox_is_empty() -> bool:
    from outbox.models import Message

    return not Message.objects.waiting().exists()


def mail_goes_to(port: int) -> None:
    from django.conf import settings

    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False


def told(busy: Any, work: Callable[..., Any]) -> Callable[..., Any]:
    """`work`, and others can see that it goes on."""

    def seen(*arguments: Any) -> Any:
        busy.value = 1
        try:
            return work(*arguments)
        finally:
            busy.value = 0

    return seen


def taken(book: Path) -> dict[str, Counter[str]]:
    """By recipient: how many times each Message-ID was taken."""
    ids: dict[str, Counter[str]] = defaultdict(Counter)
    for line in book.read_text().splitlines():
        mail = json.loads(line)
        ids[mail["to"]][mail["id"]] += 1
    return ids


def count(book: Path, everyone: set[str]) -> dict[str, int]:
    """`raw` holds the doubles that a receiver can drop, since they are the same mail with the same Message-ID."""
    ids = taken(book)
    return {
        "messages": len(everyone),
        "lost": len(everyone - set(ids)),
        "visible": sum(len(found) - 1 for found in ids.values()),
        "raw": sum(sum(found.values()) - 1 for found in ids.values()),
    }
