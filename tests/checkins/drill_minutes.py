"""How long after its moment a reminder is with the mail server, where cron calls `send_checkins` and there is no Redis.

The moments are spread by chance over real minutes; the server takes 30 ms over each mail.
"""

import json
import multiprocessing
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tests.outbox import trial

SLOW = 0.03
MOST = 90  # seconds from due to the mail server, of 99 in a hundred
MINUTE = 60


def spread(rounds: list[Any], begin: datetime, seconds: float) -> None:
    """Each round opens at a moment of its own, by chance."""
    from milestones.models import Round

    draw = random.Random(5)
    for round in rounds:
        round.started_at = begin + timedelta(seconds=draw.uniform(0, seconds))
    Round.objects.bulk_update(rounds, ["started_at"])


def waits(book: Path, rounds: list[Any]) -> list[float]:
    """Seconds between due and taken, for everybody; without end for who got nothing."""
    from coalitions.models import Seat

    opened = {round.coalition_id: round.started_at.timestamp() for round in rounds}
    due = {
        email: opened[table]
        for email, table in Seat.objects.filter(coalition__in=opened).values_list(
            "member__email", "coalition"
        )
    }
    came = {mail["to"]: mail["at"] for mail in map(json.loads, book.read_text().splitlines())}
    return sorted(came.get(email, float("inf")) - moment for email, moment in due.items())


def said(found: list[float]) -> dict[str, float]:
    at = {name: found[int(len(found) * part)] for name, part in (("p50", 0.5), ("p99", 0.99))}
    return at | {"people": len(found), "lost": sum(each == float("inf") for each in found), "most": found[-1]}


def real(folder: Path, people: int, lasts: float, every: float) -> dict[str, float]:
    """The command in a process of its own each time, as cron does it, whether or not the one before is through."""
    from django.core.management import call_command
    from django.utils import timezone

    from tests.checkins.tables import NEVER_QUIET, an_open_table

    call_command("migrate", verbosity=0)
    rounds = [
        an_open_table(f"Table {n}", 25, opened=timezone.now(), **NEVER_QUIET) for n in range(people // 25)
    ]
    book = folder / "book"
    with trial.a_server(book, SLOW) as port:
        spread(rounds, timezone.now(), lasts)
        begin, runs = time.monotonic(), []
        environment = os.environ | {"EMAIL_URL": f"smtp://127.0.0.1:{port}"}
        while time.monotonic() - begin < lasts + every:
            command = [sys.executable, "manage.py", "send_checkins"]
            runs.append(subprocess.Popen(command, cwd=trial.ROOT, env=environment, stdout=subprocess.DEVNULL))
            time.sleep(max(0, begin + len(runs) * every - time.monotonic()))
        for run in runs:
            run.wait()
    return said(waits(book, rounds))


def simulated(
    book: Path, rounds: list[Any], begin: datetime, *, lasts: float, every: float
) -> dict[str, float]:
    """The real actions with a clock that moves only when the mail server takes its time, or until the next sweep."""
    from checkins.actions import plan_reminders
    from outbox import channels
    from outbox.actions.sending import send_all

    clock = Clock(begin)
    spread(rounds, begin, lasts)
    line = channels.line
    channels.line = clock.line(book)
    try:
        for n in range(int(lasts / every) + 2):
            clock.now = max(clock.now, begin + timedelta(seconds=n * every))
            plan_reminders(now=clock.now)
            send_all(clock=lambda: clock.now)
    finally:
        channels.line = line
    return said(waits(book, rounds))


class Clock:
    def __init__(self, now: datetime) -> None:
        self.now = now

    def line(self, book: Path) -> Callable[[str], Any]:
        @contextmanager
        def open_line(_name: str) -> Iterator[Callable[[Any], None]]:
            def deliver(message: Any) -> None:
                self.now += timedelta(seconds=SLOW)
                with book.open("a") as taken:
                    taken.write(json.dumps({"to": message.to, "at": self.now.timestamp()}) + "\n")

            yield deliver

        return open_line


def drill(people: int = 1_500, lasts: float = 5 * MINUTE) -> list[dict[str, object]]:
    """Both at once, each with a database and a mail server of its own."""
    asked = {"": MINUTE, ", control: a sweep each 5 minutes": 5 * MINUTE}
    with multiprocessing.get_context("fork").Pool(2) as pool:
        found = pool.starmap(_run, [(people, lasts, every) for every in asked.values()])
    return [_row(name, each, "control" in name) for name, each in zip(asked, found, strict=True)]


def _run(people: int, lasts: float, every: float) -> dict[str, Any]:
    return trial.run("tests.checkins.drill_minutes", people, lasts, every, EMAIL_TIMEOUT="8")


def _row(name: str, found: dict[str, Any], control: bool) -> dict[str, object]:
    late = found["p99"] > MOST
    return {
        "name": f"reminders due to SMTP without Redis, p50 {found['p50']:.0f} s, p99 as value{name}",
        "injected": found["people"],
        "expected": f"p99 {'over' if control else 'at most'} {MOST} s",
        "lost": found["lost"],
        "doubled": 0,
        "value": found["p99"],
        "holds": late if control else not late and not found["lost"],
    }


if __name__ == "__main__":
    import django

    django.setup()
    where, number, length, pause = sys.argv[1:]
    print(json.dumps(real(Path(where), int(number), float(length), float(pause))))
