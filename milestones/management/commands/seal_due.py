from django.core.management.base import BaseCommand
from django.utils import timezone

from milestones.actions.sealing import seal_due


class Command(BaseCommand):
    help = "Seal every round that has closed, and wipe what is left of its answers."

    def handle(self, *args, **options) -> None:
        self.stdout.write(f"{seal_due(now=timezone.now())} looked at")
