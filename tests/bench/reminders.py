"""One sweep over a table beside a task for each member, which is how it is usually written."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from time import process_time
from typing import Any

from celery import shared_task
from django.db import connection

from tests.bench.table import Row

MEMBERS = 2_000
TIMES = 5  # faster than a task for each


@shared_task
def remind_one(seat_pk: int, round_pk: int) -> None:
    """What a sweep does for a batch, for one: still to be reminded? Then their link and their letter."""
    from django.utils import timezone
    from django.utils.translation import override

    from checkins import letters
    from checkins.actions.forgetting import form_of
    from checkins.cadence import Name
    from checkins.queries import KIND, STILL_WAITING, key_of
    from coalitions.models import Seat
    from members.actions.links import link_for, token_for
    from milestones.models import Item, Round
    from milestones.queries.roll import asks, part_of
    from outbox.actions.writing import Letter, enqueue
    from outbox.models import Message

    now = timezone.now()
    round = Round.objects.select_related("coalition").get(pk=round_pk)
    seat = Seat.objects.select_related("member").get(pk=seat_pk)
    part, key = part_of(round, seat), key_of(round, seat, Name.OPENING)
    if not asks(part, seat) or (part and part.saved == Item.objects.filter(version=round.version_id).count()):
        return
    if Message.objects.filter(key=key).exists():
        return
    form, member = form_of(key), seat.member
    link_for(member, form=form, path="/", now=now, lasts=round.closes_at - now).save()
    with override(member.language):
        subject, text = letters.reminder(round, Name.OPENING, to=member.name, link=token_for(form))
    told = {"kind": KIND, "language": member.language, "check": STILL_WAITING, "not_after": round.closes_at}
    enqueue(Letter(key=key, to=member.email, subject=subject, text=text, **told), now=now)


def a_table(size: int) -> Any:
    from django.utils import timezone

    from tests.checkins.tables import NEVER_QUIET, an_open_table

    return an_open_table("Table", size, opened=timezone.now(), **NEVER_QUIET)


def forget() -> None:
    from members.models import Link
    from outbox.models import Message, StopLink

    for rows in (Message, Link, StopLink):
        rows.objects.all().delete()


def one_by_one(round: Any) -> None:
    for pk in round.coalition.seats.values_list("pk", flat=True):
        remind_one(pk, round.pk)


def sweep(round: Any) -> None:
    from django.utils import timezone

    from checkins.actions import plan_reminders

    plan_reminders(now=timezone.now())


def took(way: Callable[[Any], None], round: Any, clock: Callable[[], float] = process_time) -> float:
    from outbox.models import Message

    forget()
    begin = clock()
    way(round)
    spent = clock() - begin
    if Message.objects.count() != round.coalition.seats.count():
        raise RuntimeError(f"{Message.objects.count()} letters for {round.coalition.seats.count()} people")
    return spent


def ratio(size: int, times: int = 3) -> float:
    """Processor time without any broker; the best of some tries of each, which take turns."""
    round = a_table(size)
    tries = [(took(one_by_one, round), took(sweep, round)) for _ in range(times)]
    return min(one for one, _all in tries) / min(whole for _one, whole in tries)


def rows() -> list[Row]:
    from tests import needs
    from tests.bench.score_page import a_row

    times, queries = ratio(MEMBERS), asked(20_000)
    found = [
        more("reminders, one sweep beside the work of a task for each member, no broker", times, TIMES),
        a_row("reminders, queries for each 500 of 20,000 seats on SQLite", queries, "queries", 1),
    ]
    if needs.redis():
        found.append(
            more("reminders, one sweep beside a task for each member, with Redis", over_redis(MEMBERS), TIMES)
        )
    return found


def more(name: str, value: float, least: int) -> Row:
    row = {"name": name, "value": round(value, 3), "unit": "times faster", "goal": f"{least} or more"}
    return row | {"holds": value >= least}


def asked(people: int, tables: int = 40) -> float:
    """Statements of one sweep, savepoints and commits too, for each 500 people at many tables."""
    from django.utils import timezone

    from checkins.actions import plan_reminders
    from tests.checkins.tables import NEVER_QUIET, an_open_table

    forget()
    for n in range(tables):
        an_open_table(f"Asked {n}", people // tables, opened=timezone.now(), **NEVER_QUIET)
    with Statements() as statements:
        planned = plan_reminders(now=timezone.now())
    return statements.count / planned * 500


class Statements:
    """How many went to the database. Django's own log writes each one out, which is slow for 100,000 values."""

    def __enter__(self):
        self.count = 0
        self.wrapper = connection.execute_wrapper(self._seen)
        self.wrapper.__enter__()
        return self

    def __exit__(self, *exc):
        self.wrapper.__exit__(*exc)

    def _seen(self, execute, sql, params, many, context):
        self.count += 1
        return execute(sql, params, many, context)


def over_redis(size: int) -> float:
    """Time by the clock, from the first task to the last letter, with a worker that is already waiting."""
    from tests.checkins.drill_redis import an_empty_redis
    from tests.outbox import trial

    found = trial.run("tests.bench.reminders", size, REDIS_URL=an_empty_redis())
    return found["tasks"] / found["sweep"]


def beside_a_worker(size: int) -> dict[str, float]:
    from django.core.management import call_command

    from outbox.models import Message

    call_command("migrate", verbosity=0)
    round = a_table(size)
    first, *others = round.coalition.seats.values_list("pk", flat=True)
    command = [
        "-m",
        "celery",
        "-A",
        "config",
        "worker",
        "--include=tests.bench.reminders",
        "--loglevel=error",
    ]
    worker = subprocess.Popen(
        [sys.executable, *command, f"--concurrency={os.cpu_count()}"], stdout=subprocess.DEVNULL
    )
    try:
        remind_one.delay(first, round.pk)
        until(1, Message)
        begin = time.monotonic()
        for pk in others:
            remind_one.delay(pk, round.pk)
        until(size, Message)
        tasks = time.monotonic() - begin
    finally:
        worker.terminate()
        worker.wait()
    return {"tasks": tasks, "sweep": took(sweep, round, time.monotonic)}


def until(letters: int, messages: Any) -> None:
    while messages.objects.count() < letters:
        time.sleep(0.02)


if __name__ == "__main__":
    import django

    django.setup()
    from tests.bench.reminders import beside_a_worker as measured  # its tasks under the name the worker knows

    print(json.dumps(measured(int(sys.argv[2]))))
