"""Sends in this process as soon as somebody waits for a message, without a broker and outside the request.

Whoever dies here loses nothing: the sweep of the worker finds the message after its lease.
"""

import logging
import threading
import time

from django.conf import settings
from django.db import connections
from django.utils import timezone

# Long enough for the answer to have left, so that it takes no longer when there is something to send.
PAUSE = 0.3
log = logging.getLogger(__name__)
_rung = threading.Event()
_one = threading.Lock()
_answering: threading.Thread | None = None


def ring() -> None:
    """Returns at once. The first ring of a process starts its thread; a forked process starts its own."""
    global _answering
    if not settings.SEND_AT_ONCE:
        return
    with _one:
        if _answering is None or not _answering.is_alive():
            _answering = threading.Thread(target=_answer, name="outbox", daemon=True)
            _answering.start()
    _rung.set()


def _answer() -> None:
    while True:
        _rung.wait()
        time.sleep(PAUSE)
        _rung.clear()
        answer()


def answer() -> None:
    from outbox.actions.sending import send_all  # the room above rings

    try:
        send_all(clock=timezone.now)
    except Exception as trouble:  # the thread must live; the worker will try again
        log.error("The outbox could not be sent: %s", type(trouble).__name__)
    finally:
        connections.close_all()
