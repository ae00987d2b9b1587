"""What a process has read a moment ago. The forms are few, so nothing is thrown out but what grew old. Pure."""

from collections.abc import Callable
from time import monotonic
from typing import Any


class Kept:
    def __init__(self) -> None:
        self._found: dict[Any, tuple[float, Any]] = {}

    def get(self, key: Any, read: Callable[[], Any], *, seconds: float) -> Any:
        """What was read at most so many seconds ago, or now. Nothing found is not kept: anybody can ask for that."""
        now = monotonic()
        until, found = self._found.get(key, (0.0, None))
        if until <= now or not seconds:
            found = read()
            if seconds and found is not None:
                self._found[key] = (now + seconds, found)
        return found
