"""`manage.py import_roster care-forward people.xlsx`: everyone in the list gets a seat, or nobody does."""

import re
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from coalitions.actions import Imported, import_roster
from coalitions.forms import reason
from coalitions.imports.refusals import NotAList
from coalitions.models import Coalition, State
from coalitions.roster import read


class Command(BaseCommand):
    help = "Seat everyone in an Excel or CSV list, or say line by line why not. See docs/roster.md."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the coalition's name in addresses, as in /c/care-forward/")
        parser.add_argument("roster", type=Path, help="the file, .xlsx or CSV")
        parser.add_argument("--create", metavar="NAME", help="make the coalition if it is not there")
        parser.add_argument("--state", metavar="KY", help="the state of a coalition that is made")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            raw = options["roster"].read_bytes()
        except OSError as error:
            raise CommandError(f"Cannot read {options['roster']}: {error.strerror}") from None
        try:
            done = self.bring_in(options["slug"], raw, options["create"], options["state"])
        except NotAList as error:
            for refusal in error.refusals:
                where = f"line {refusal.line}: " if refusal.line else ""
                self.stderr.write(where + reason(refusal))
            raise CommandError(f"Nobody was brought in. Reasons: {len(error.refusals)}.") from None
        self.stdout.write(f"Brought in: {done.seated}. Already here: {done.already_here}.")

    @transaction.atomic
    def bring_in(self, slug: str, raw: bytes, create: str | None, state: str | None) -> Imported:
        now = timezone.now()
        rows = read(raw, today=timezone.localdate(now))
        coalition = Coalition.objects.filter(slug=slug).first() or self.make(slug, create, state)
        return import_roster(coalition=coalition, by=None, rows=rows, now=now)

    def make(self, slug: str, name: str | None, code: str | None) -> Coalition:
        if not name or not code:
            raise CommandError(f'No coalition "{slug}". Make it with --create "Its name" --state KY.')
        state = State.objects.filter(code=code.upper()).first()
        if state is None:
            raise CommandError(f'No state "{code}". Use two letters, as in KY.')
        if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", slug) or len(slug) > 60 or len(name) > 120:
            raise CommandError(
                "Use small letters, digits and hyphens, as in care-forward, and a name under 120 letters."
            )
        return Coalition.objects.create(name=name, slug=slug, state=state)
