import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from dashboards.queries.health import OK, readiness


class Command(BaseCommand):
    help = (
        "Say whether all that the site leans on is there, as /readyz does. Ends with 1 if something is not."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        states = readiness(now=timezone.now())
        for part, state in states.items():
            self.stdout.write(f"{part}: {state}")
        if set(states.values()) != {OK}:
            sys.exit(1)
