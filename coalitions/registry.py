"""What the rooms above tell this one at start-up, since it never asks upward by itself."""

from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from .models import Seat


class Forget(Protocol):
    def __call__(self, seat: "Seat", *, now: datetime) -> None: ...


PRIVATE: list[Forget] = []


def register_private(forget: Forget) -> None:
    """`forget(seat, now=now)` deletes what only the person in this seat may read."""
    PRIVATE.append(forget)
