from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from coalitions.models import Seat
from dashboards.actions import close_account, erase_listing
from members.models import Member
from web.refusal import Refused


class Command(BaseCommand):
    help = "Erases a person who cannot sign in and close their account themselves. Says what will happen; --yes does it."

    def add_arguments(self, parser):
        parser.add_argument("email", help="the address of their account, or under which a table listed them")
        parser.add_argument("--yes", action="store_true", help="do it; it cannot be undone")

    def handle(self, *, email, yes, **options):
        email = email.strip()
        member = Member.objects.filter(email__iexact=email, is_active=True).first()
        listed = Seat.objects.current().filter(arrived=None, listed_email__iexact=email)
        listings = list(listed.exclude(member=member).select_related("coalition"))
        if member is None and not listings:
            raise CommandError("Nobody has this address, and no table lists it.")
        self.say(member, listings)
        if not yes:
            self.stdout.write("Nothing was changed. Add --yes to do it. It cannot be undone.")
            return
        try:
            self.erase(member, listings)
        except Refused as refusal:
            raise CommandError(f"Nothing was changed. {refusal}") from None
        self.stdout.write(
            "Erased. Backups and archives made before still hold them, until those are deleted."
        )

    def say(self, member, listings):
        seats = Seat.objects.filter(member=member) if member else Seat.objects.none()
        tables = sorted({each.coalition.name for each in [*seats.select_related("coalition"), *listings]})
        self.stdout.write(f"Account: {'yes' if member else 'no'}. Tables: {', '.join(tables) or 'none'}.")
        self.stdout.write(
            "Goes: name, address, sign-in, drafts of an open round, signed views, what they said in check-ins.\n"
            "Stays: figures, what tables recorded together without their name, words and views nobody signed."
        )

    @transaction.atomic
    def erase(self, member, listings):
        now = timezone.now()
        for seat in listings:
            erase_listing(seat=seat, by=None, now=now)
        if member:
            close_account(member=member, now=now)
