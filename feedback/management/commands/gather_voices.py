from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from feedback.actions import gather_due


class Command(BaseCommand):
    help = (
        "Let readers see what people outside wrote, once there is enough of it. For cron, every ten minutes."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        found = gather_due(now=timezone.now())
        if options["verbosity"]:
            self.stdout.write(f"{found} new to read")
