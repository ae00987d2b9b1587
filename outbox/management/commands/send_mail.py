import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from outbox.actions.ringing import rang
from outbox.actions.sending import send_all
from outbox.actions.wishes import tidy


class Command(BaseCommand):
    help = "Send every message that is due. With --loop, again and again until Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--loop", action="store_true", help="for machines without cron or Celery")
        parser.add_argument("--every", type=float, default=10, help="seconds between two looks")

    def handle(self, *args: Any, loop: bool, every: float, **options: Any) -> None:
        seen = _once()
        if options["verbosity"]:
            self.stdout.write(f"{seen} looked at")
        while loop:
            time.sleep(every)
            _once()


def _once() -> int:
    rang("mail", now=timezone.now())
    seen = send_all(clock=timezone.now)
    tidy(now=timezone.now())
    return seen
