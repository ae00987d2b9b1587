from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from dashboards.demo.build import NotADemo, build


class Command(BaseCommand):
    help = "Set a living, invented table, and seven more in other states. Only in demo mode."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            coalition = build(now=timezone.now())
        except NotADemo as refused:
            raise CommandError(str(refused)) from None
        if options["verbosity"]:
            self.stdout.write(f"{coalition}: {coalition.seats.answering().count()} seats that answer")
