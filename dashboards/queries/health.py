"""Whether all that a page leans on is there. Said in states: no versions, hosts, or words of an error."""

import os
import queue
import threading
from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from outbox.queries import last_ring

OK, TROUBLE, UNKNOWN = "ok", "trouble", "unknown"
UNAPPLIED, NEVER, LATE = "unapplied", "never", "late"
# Beat rings each 12 seconds and cron each minute.
RING_AGE = timedelta(seconds=120)
# For each step with the broker, and for all of them: a name that is looked up obeys no limit of ours.
STEP, PATIENCE = 0.8, 1.5
# Anyone may ask: the broker is asked this seldom.
REMEMBERED = 3
_asking = threading.Lock()


def readiness(*, now: datetime) -> dict[str, str]:
    """Each part and its state. A page can do without `broker` and `ring`; mail and reminders cannot."""
    found = {"database": TROUBLE, "migrations": UNKNOWN, "broker": broker(), "ring": UNKNOWN}
    try:
        found["migrations"] = migrations()
        found["database"] = OK
        if found["migrations"] == OK:
            found["ring"] = ring(now=now)
    except Error:
        found |= {"database": TROUBLE}
    return found


def migrations() -> str:
    """Once all are applied they are, for as long as this code runs; the database is asked in any case."""
    if cache.get("migrated"):
        return OK
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return UNAPPLIED
    cache.set("migrated", True, None)
    return OK


def ring(*, now: datetime) -> str:
    """Whether a worker, or cron, answered lately."""
    at = last_ring("mail")
    if at is None:
        return NEVER
    return (
        OK if abs(now - at) <= RING_AGE else LATE
    )  # one that lies ahead was written by a clock that is wrong


def broker() -> str:
    """One page of this process waits for it, and not for long; the others say what was known before."""
    state = cache.get("broker")
    if state is not None:
        return state
    if not _asking.acquire(blocking=False):
        return cache.get("broker-before", UNKNOWN)
    try:
        state = _in_time()
        cache.set("broker", state, REMEMBERED)
        cache.set("broker-before", state, None)
    finally:
        _asking.release()
    return state


def _in_time() -> str:
    """Asked in a thread that is left behind if it takes too long."""
    answers: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=lambda: answers.put(_broker()), name="broker", daemon=True).start()
    try:
        return answers.get(timeout=PATIENCE)
    except queue.Empty:
        return TROUBLE


def _broker() -> str:
    if not settings.REDIS_URL:
        return OK if os.access(settings.QUEUE_DIR, os.W_OK) else TROUBLE
    try:
        with Redis.from_url(
            settings.REDIS_URL, socket_connect_timeout=STEP, socket_timeout=STEP, retry=Retry(NoBackoff(), 0)
        ) as line:
            line.ping()
    except (RedisError, OSError, ValueError):
        return TROUBLE
    return OK
