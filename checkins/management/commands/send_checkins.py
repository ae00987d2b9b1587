from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from checkins.actions import ring
from outbox.actions.ringing import rang
from outbox.actions.sending import send_all
from outbox.actions.wishes import tidy


class Command(BaseCommand):
    help = "Write the reminders, check-ins and notes that are due and send every message that is due. For cron, each minute."

    def handle(self, *args: Any, **options: Any) -> None:
        rang("mail", now=timezone.now())
        planned = ring(now=timezone.now())
        seen = send_all(clock=timezone.now)
        tidy(now=timezone.now())
        if options["verbosity"]:
            self.stdout.write(f"{planned} planned, {seen} looked at")
