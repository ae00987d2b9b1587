"""Ways for a message to leave. Another one is a module like `mail` and a line in `CHANNELS`."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Protocol

from django.conf import settings

from outbox.models import Message
from web.refusal import Refused

from .mail import Mail

Deliver = Callable[[Message], None]


class Channel(Protocol):
    def address(self, to: str) -> str:
        """The address as it is kept and compared; Refused if nothing can be sent there."""

    def complete(self, message: Message, *, stop: str) -> None:
        """What only this way has is added to a new message. `stop` is its stop link, which its text has already."""

    def line(self) -> AbstractContextManager[Deliver]:
        """An open line to whoever takes messages. It and its `deliver` say by `trouble` what went wrong."""


CHANNELS: dict[str, Channel] = {"mail": Mail()}


def has_mailbox(to: str) -> bool:
    """Whether mail can be sent there at all: one address that it cannot carry must not keep the other letters."""
    try:
        CHANNELS["mail"].address(to)
    except Refused:
        return False
    return True


def line(name: str) -> AbstractContextManager[Deliver]:
    """In a demo nothing leaves the machine."""
    return nullcontext(_keep_here) if settings.DEMO else CHANNELS[name].line()


def _keep_here(message: Message) -> None:
    """The row itself is what the demo shows."""
