from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from members.actions.second_step import take_off_second_steps
from members.models import Member


class Command(BaseCommand):
    help = "For somebody who lost every passkey, app and code, once you know that it is them: mail is enough again."

    def add_arguments(self, parser):
        parser.add_argument("email")

    def handle(self, *args, email, **options):
        member = Member.objects.filter(email__iexact=email.strip()).first()
        if member is None:
            raise CommandError("Nobody has this address.")
        count = take_off_second_steps(member, now=timezone.now())
        self.stdout.write(f"Taken off: {count}. They were told by mail.")
