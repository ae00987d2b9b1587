"""What the rooms above tell this one at start-up, since it never asks upward by itself."""

from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from .models import Coalition, Seat


class Forget(Protocol):
    def __call__(self, seat: "Seat", *, now: datetime) -> None: ...


class Settle(Protocol):
    def __call__(self, *, coalition: "Coalition", now: datetime) -> object: ...


PRIVATE: list[Forget] = []
OVERDUE: list[Settle] = []


def register_private(forget: Forget) -> None:
    """`forget(seat, now=now)` deletes what only the person in this seat may read."""
    PRIVATE.append(forget)


def register_overdue(settle: Settle) -> None:
    """`settle(coalition=coalition, now=now)` does what the clock asked for already, before a seat there changes."""
    OVERDUE.append(settle)
