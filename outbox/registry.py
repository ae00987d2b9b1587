"""What the apps above tell the outbox at start-up, since it never asks upward by itself."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .models import Message

Check = Callable[["Message"], bool]

CHECKS: dict[str, Check] = {}
KINDS: dict[str, object] = {}


def register_check(name: str, still_wanted: Check) -> None:
    """`still_wanted(message)` is asked just before sending; False drops the message."""
    CHECKS[name] = still_wanted


def register_kind(name: str, label: object) -> None:
    """A kind of message that people can stop. `label` names it for them: "Reminders about a round"."""
    KINDS[name] = label
