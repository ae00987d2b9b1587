from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from milestones.actions.release import summarize
from milestones.models import Release, Summary


class Command(BaseCommand):
    help = "Write the figures that pages across coalitions read anew, from the releases themselves."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        Summary.objects.all().delete()
        releases = Release.objects.select_related("round__version").order_by("round__number", "number")
        for release in releases.iterator(chunk_size=200):
            summarize(release)
        if options["verbosity"]:
            self.stdout.write(f"{Summary.objects.count()} rounds")
