"""Two beats plan reminders and workers send them, and all are killed with -9 in the middle, over and over.

Rounds open one after another while it goes on, so that there is always something to plan and to send.
"""

import json
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from tests.outbox import drill as outbox_drill
from tests.outbox import trial

BEATS, SENDERS = 2, 3
SLOW = 0.02  # seconds the server takes over each mail
SHORT, SLOWER = 1_000, 0.1  # so few would be gone before anybody is killed, on a machine that has much to do
AT_A_TABLE = 100
STILL = 12  # seconds: longer than a lease and a wait


def measure(people: int, kills: int, how: str = "real") -> dict[str, Any]:
    """One trial. `how`: "real", or a way that must fail: "link first", "own key", or a way of the outbox's drill."""
    return trial.run("tests.checkins.drill_reminders", people, kills, how)


def one_trial(folder: Path, people: int, kills: int, how: str) -> dict[str, Any]:
    from django.core.management import call_command
    from django.db import connection

    from outbox.models import Message
    from tests.checkins.tables import addresses

    call_command("migrate", verbosity=0)
    rounds = _rounds(people)
    book = folder / "book"
    began = time.time()
    with trial.a_server(book, SLOWER if people < SHORT else SLOW) as port:
        beats = [_beat(how, number) for number in range(BEATS)]
        senders = [outbox_drill.sender(_sending(how), port)] * SENDERS
        crew = trial.Crew(*beats, *senders)
        trial.kill_until_empty(crew, book, mails=people, kills=kills, over=partial(_over, rounds, book, how))
    return trial.count(book, addresses(rounds)) | {
        "kills": crew.killed["at work"],
        "beats": crew.killed["beat"],
        "idle": crew.killed["idle"],
        "seconds": round(time.time() - began, 1),
        "on": connection.vendor,
        "not_sent": Message.objects.filter(sent_at=None).count(),
    }


def _rounds(people: int) -> list[Any]:
    """One table's round after another opens while the drill goes on."""
    from django.utils import timezone

    from milestones.models import Round
    from tests.checkins.tables import NEVER_QUIET, an_open_table

    size = min(AT_A_TABLE, people // 6)
    assert people % size == 0, f"{people} people do not fill tables of {size}"
    rounds = [
        an_open_table(f"Table {n}", size, opened=timezone.now(), **NEVER_QUIET) for n in range(people // size)
    ]
    begin, apart = timezone.now(), timedelta(seconds=size / 200)
    for n, round in enumerate(rounds):
        round.started_at = begin + n * apart
    Round.objects.bulk_update(rounds, ["started_at"])
    return rounds


def _over(rounds: list[Any], book: Path, how: str) -> bool:
    """Nothing to send and, since a beat that was killed left its work to the next, nothing to plan either.

    A way that loses would have something to plan for ever: it is over when nothing has come for a while.
    """
    from django.utils import timezone

    from checkins.cadence import Name
    from checkins.queries import waiting

    if timezone.now() < rounds[-1].started_at or not trial.outbox_is_empty():
        return False
    if how != "real" and book.stat().st_size and time.time() - book.stat().st_mtime > STILL:
        return True
    return not any(waiting(rounds, Name.OPENING))


def _beat(how: str, number: int) -> Callable[[Any], None]:
    work = partial(_plan, how, number)
    work.role = "beat"
    return work


def _plan(how: str, number: int, busy: Any) -> None:
    from django.utils import timezone

    from checkins.actions import planning

    if how in WAYS:
        WAYS[how](planning, number)
    planning._write = trial.told(busy, planning._write)
    while True:
        planning.plan_reminders(now=timezone.now())
        time.sleep(0.2)


def _sending(how: str) -> str:
    return how if how in outbox_drill.WAYS else "real"


def _link_first(planning: Any, number: int) -> None:
    """The link is written first and taken as the mark that somebody was reminded; who dies then writes no letter."""
    write = planning._Desk.write

    def written(desk: Any, **what: Any) -> Any:
        found = write(desk, **what)
        if found is None or planning.Link.objects.filter(digest=found[0].digest).exists():
            return None
        found[0].save()
        return found

    planning._Desk.write = written


def _own_key(planning: Any, number: int) -> None:
    """Each beat looks whether somebody was reminded and then writes, with a key that the other one has not."""
    from django.db.models import CharField, Exists, OuterRef, Value
    from django.db.models.functions import Cast, Concat

    from checkins.queries import waiting
    from outbox.models import Message

    key_of = planning.key_of
    planning.key_of = lambda *arguments: f"{key_of(*arguments)}-{number}"
    seat, round = (Cast(OuterRef(name), CharField()) for name in ("pk", "of_round"))
    keys = [
        Concat(Value("round/"), round, Value("/seat/"), seat, Value(f"/opening-{n}")) for n in range(BEATS)
    ]
    waiting._has_one_of = lambda names: Exists(Message.objects.filter(key__in=keys))


WAYS = {"link first": _link_first, "own key": _own_key}


def drill(people: int = 10_000, kills: int = 150) -> list[dict[str, object]]:
    """`doubled` is what a receiver sees; `value` also counts those it can drop by their Message-ID."""
    real = measure(people, kills)
    whole = not (real["lost"] or real["visible"] or real["not_sent"])
    rows = [
        _row("", real, "0 lost, 0 visible doubles", whole and real["kills"] >= kills and real["beats"] > 0)
    ]
    for how, key in (("link first", "lost"), ("own key", "visible")):
        control = measure(people // 10, kills // 3, how)
        rows.append(_row(f", control: {how}", control, f"{key}: more", control[key] > 0))
    return rows


def _row(name: str, found: dict[str, Any], expected: str, holds: bool) -> dict[str, object]:
    said = f"reminders on {found['on']}: {found['kills']} x kill -9 at work, {found['beats']} of them beats"
    return {
        "name": f"{said}{name}",
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
