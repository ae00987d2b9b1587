"""What is written table by table: the trouble of one keeps no other from its turn."""

import logging
from collections.abc import Callable, Iterable
from typing import Any

log = logging.getLogger(__name__)


def apart(work: Callable[[Any], int], subjects: Iterable[Any], *, name: str) -> int:
    """The sum of `work` over its subjects, each of which is all or nothing. One that fails counts 0 and is logged."""
    return sum(_one(work, subject, name) for subject in subjects)


def _one(work: Callable[[Any], int], subject: Any, name: str) -> int:
    try:
        return work(subject)
    except Exception as trouble:  # its words could hold a name or an address
        log.error("The %s of number %s failed: %s", name, subject.pk, type(trouble).__name__)
        return 0
