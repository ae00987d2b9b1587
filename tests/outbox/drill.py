"""Workers are killed with -9 in the middle of sending, over and over: nothing is lost, nobody sees a double.

`measure(...)` runs one trial in processes of its own, on a database of its own (PostgreSQL if DATABASE_URL
names it, else a SQLite file), against a mail server on the loopback that also refuses, closes and drops.
"""

import json
import random
import secrets
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from tests.outbox import trial

WORKERS = 4
SLOW = 0.004  # seconds the server takes over each mail, so that kills fall inside a try
MOODS = {"450-1": 0.02, "421-1": 0.01, "vanish-1": 0.005, "drop-1": 0.01, "data450-1": 0.01}


def measure(messages: int, kills: int, how: str = "real") -> dict[str, Any]:
    """One trial. `how`: "real", or a way of sending that must fail: "mark first", "no lease", "new id"."""
    return trial.run("tests.outbox.drill", messages, kills, how)


def one_trial(folder: Path, messages: int, kills: int, how: str) -> dict[str, Any]:
    """Set up, let workers loose, kill some of them, and count what the server took."""
    from django.core.management import call_command
    from django.db import connection

    from outbox.models import Message

    call_command("migrate", verbosity=0)
    everyone = _write(messages)
    book = folder / "book"
    began = time.time()
    with trial.a_server(book, SLOW) as port:
        crew = trial.Crew(*[sender(how, port)] * WORKERS)
        trial.kill_until_empty(crew, book, mails=messages, kills=kills, over=trial.outbox_is_empty)
    return trial.count(book, everyone) | {
        "kills": crew.killed["at work"],
        "seconds": round(time.time() - began, 1),
        "on": connection.vendor,
        "not_sent": Message.objects.filter(sent_at=None).count(),
    }


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


def sender(how: str, port: int) -> Callable[[Any], None]:
    work = partial(_send, how, port)
    work.role = "sender"
    return work


def _send(how: str, port: int, busy: Any) -> None:
    from django.utils import timezone

    from outbox.actions import sending

    trial.mail_goes_to(port)
    sending.LEASE, sending.FIRST_WAIT, sending.LONGEST_WAIT = (
        trial.LEASE,
        trial.FIRST_WAIT,
        trial.LONGEST_WAIT,
    )
    WAYS[how](sending)
    sending._send_over_one_line = trial.told(busy, sending._send_over_one_line)
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
    where, number, deaths, way = sys.argv[1:]
    print(json.dumps(one_trial(Path(where), int(number), int(deaths), way)))
