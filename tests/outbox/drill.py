"""Workers are killed with -9 in the middle of sending, over and over: nothing is lost, nobody sees a double.

`measure(...)` runs one trial in processes of its own, on a database of its own (PostgreSQL if DATABASE_URL
names it, else a SQLite file), against a mail server on the loopback that also refuses, closes and drops.
"""

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
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
WORKERS = 4
SLOW = 0.004  # seconds the server takes over each mail, so that kills fall inside a try
# Time is squeezed: a real lease is 90 s and a real wait 15 s.
LEASE, FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=3), timedelta(seconds=0.2), timedelta(seconds=1)
PATIENCE = 900
MOODS = {"450-1": 0.02, "421-1": 0.01, "vanish-1": 0.005, "drop-1": 0.01, "data450-1": 0.01}


def measure(messages: int, kills: int, how: str = "real") -> dict[str, Any]:
    """One trial. `how`: "real", or a way of sending that must fail: "mark first", "no lease", "new id"."""
    from tests.journeys.served import a_database

    with tempfile.TemporaryDirectory() as folder, a_database(Path(folder)) as database:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": database,
            "VAR_DIR": folder,
            "SECRET_KEY": secrets.token_urlsafe(48),
            "EMAIL_TIMEOUT": "0.5",
            "DEMO": "0",
            "DEBUG": "0",
        }
        arguments = [sys.executable, "-m", "tests.outbox.drill", folder, str(messages), str(kills), how]
        done = subprocess.run(arguments, cwd=ROOT, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout.splitlines()[-1])


def trial(folder: Path, messages: int, kills: int, how: str) -> dict[str, Any]:
    """Set up, let workers loose, kill some of them, and count what the server took."""
    from django.core.management import call_command
    from django.db import connections

    from outbox.models import Message

    call_command("migrate", verbosity=0)
    everyone = _write(messages)
    book = folder / "book"
    book.touch()
    server, port = _serve(book)
    began = time.time()
    connections.close_all()
    killed = _workers_and_their_killer(book, messages, kills, how, port)
    took = time.time() - began
    server.kill()
    return _count(book, everyone, Message) | {"kills": killed, "seconds": round(took, 1), "on": _database()}


def _write(messages: int) -> set[str]:
    from django.utils import timezone

    from outbox.actions.writing import Letter, enqueue_all

    draw = random.Random(7)
    moods = [*MOODS, "ok"]
    shares = [*MOODS.values(), 1 - sum(MOODS.values())]
    everyone = {f"{mood}-{n}@example.org" for n, mood in enumerate(draw.choices(moods, shares, k=messages))}
    letters = (Letter(key=f"drill/{to}", to=to, subject="A word", text="Come.") for to in sorted(everyone))
    enqueue_all(letters, now=timezone.now())
    return everyone


def _serve(book: Path):
    """In a process of its own, forked before any thread exists here."""
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.get_context("fork").Process(
        target=_be_the_server, args=(book, theirs), daemon=True
    )
    server.start()
    return server, ours.recv()


def _be_the_server(book: Path, pipe: Any) -> None:
    from tests.outbox.smtp import Server

    with Server(book=book, slow=SLOW) as server:
        pipe.send(server.port)
        time.sleep(PATIENCE)


def _workers_and_their_killer(book: Path, messages: int, kills: int, how: str, port: int) -> int:
    """Kills one at random each time the server has taken some more; returns how many were killed alive."""
    from django.db import connections

    from outbox.models import Message

    draw, killed, until = random.Random(11), 0, time.monotonic() + PATIENCE
    workers = [_worker(how, port) for _ in range(WORKERS)]
    while True:
        taken = book.read_bytes().count(b"\n")
        if killed < kills and taken >= (killed + 1) * messages * 0.9 / kills:
            at = draw.randrange(WORKERS)
            time.sleep(draw.uniform(0, 0.02))
            if workers[at].is_alive():
                os.kill(workers[at].pid, signal.SIGKILL)
                killed += 1
            workers[at].join()
            workers[at] = _worker(how, port)
        else:
            waiting = Message.objects.waiting().exists()
            connections.close_all()  # the next worker is forked without them
            if not waiting:
                break
            if time.monotonic() > until:
                raise TimeoutError("The outbox did not get empty.")
            time.sleep(0.01)
    for worker in workers:
        worker.kill()
        worker.join()
    return killed


def _worker(how: str, port: int):
    worker = multiprocessing.get_context("fork").Process(target=_work, args=(how, port), daemon=True)
    worker.start()
    return worker


def _work(how: str, port: int) -> None:
    from django.conf import settings
    from django.utils import timezone

    from outbox.actions import sending

    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    sending.LEASE, sending.FIRST_WAIT, sending.LONGEST_WAIT = LEASE, FIRST_WAIT, LONGEST_WAIT
    WAYS[how](sending)
    while True:
        sending.send_all(clock=timezone.now)
        time.sleep(0.05)


def _mark_first(sending: Any) -> None:
    """Sent is written before it is true and taken back on trouble, as many do; whoever dies cannot take it back."""
    line = sending.channels.line

    @contextmanager
    def marking(name: str) -> Iterator[Any]:
        with line(name) as deliver:

            def marked(message: Any) -> None:
                row = sending.Message.objects.filter(pk=message.pk)
                row.update(sent_at=message.not_before, next_try_at=None)
                try:
                    deliver(message)
                except Exception:
                    row.update(sent_at=None, next_try_at=message.next_try_at)
                    raise

            yield marked

    sending.channels.line = marking


def _no_lease(sending: Any) -> None:
    """Every worker takes what is due, whoever else has taken it."""
    sending.claim = lambda *, now, limit: list(sending.Message.objects.due(now)[:limit])


def _new_id(sending: Any) -> None:
    """Each try is another mail to the receiver."""
    over_one_line = sending._send_over_one_line

    def renamed(name: str, messages: Any, now: Any, until: float) -> None:
        for message in messages:
            message.message_id = f"<{secrets.token_hex(16)}@example.org>"
        over_one_line(name, messages, now, until)

    sending._send_over_one_line = renamed


WAYS = {"real": lambda sending: None, "mark first": _mark_first, "no lease": _no_lease, "new id": _new_id}


def _count(book: Path, everyone: set[str], message: Any) -> dict[str, Any]:
    ids = defaultdict(Counter)
    for line in book.read_text().splitlines():
        taken = json.loads(line)
        ids[taken["to"]][taken["id"]] += 1
    return {
        "messages": len(everyone),
        "lost": len(everyone - set(ids)),
        "visible": sum(len(found) - 1 for found in ids.values()),
        "raw": sum(sum(found.values()) - 1 for found in ids.values()),
        "raw_from_drops": sum(sum(found.values()) - 1 for to, found in ids.items() if to.startswith("drop-")),
        "not_sent": message.objects.filter(sent_at=None).count(),
    }


def _database() -> str:
    from django.db import connection

    return connection.vendor


def drill(messages: int = 3_000, kills: int = 45) -> list[dict[str, object]]:
    """Rows for the drills' table. `doubled` is what a receiver sees; `value` also counts those it can drop."""
    real = measure(messages, kills)
    rows = [
        _row("", real, "0 lost, 0 visible doubles", not (real["lost"] or real["visible"] or real["not_sent"]))
    ]
    rows[0]["holds"] = rows[0]["holds"] and real["kills"] >= min(kills, 40)
    for how, key in (("mark first", "lost"), ("no lease", "raw"), ("new id", "visible")):
        control = measure(messages // 3, kills // 3, how)
        enough = control[key] > (10 * (real["raw"] + 1) if key == "raw" else 0)
        rows.append(_row(f", control: {how}", control, f"{key}: more", enough))
    return rows


def _row(name: str, found: dict[str, Any], expected: str, holds: bool) -> dict[str, object]:
    return {
        "name": f"outbox on {found['on']}: {found['kills']} x kill -9{name}",
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
    where, count, deaths, way = sys.argv[1:]
    print(json.dumps(trial(Path(where), int(count), int(deaths), way)))
