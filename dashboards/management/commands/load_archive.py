from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from dashboards.actions import load_archive
from web.refusal import Refused


class Command(BaseCommand):
    help = (
        "Makes a table anew from its archive, the ZIP that a lead took. Nobody is mailed. See docs/moving.md."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="the archive, a ZIP file")

    def handle(self, *, file, **options):
        try:
            with file.open("rb") as archive:
                loaded = load_archive(file=archive)
        except OSError as error:
            raise CommandError(f"Cannot read {file}: {error.strerror}") from None
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"{loaded.coalition.name}: {loaded.seats} seats, {loaded.rounds} rounds.")
        self.stdout.write(
            "Nobody was told. A lead signs in with their address, takes their seat, and invites the rest."
        )
        if loaded.opened:
            self.stdout.write("Sealed by this site's key, and unchanged: the checks go on as before.")
        else:
            self.stdout.write(UNOPENED)


UNOPENED = (
    "It was sealed with another SECRET_KEY. So this site cannot tell whether somebody changed the file, and does not "
    "know who took part. From now on, figures of a milestone that was asked before are hidden in every later round of "
    "this table; what it agrees still shows. To keep them, start over with the old key in SECRET_KEY_FALLBACKS."
)
