import uuid
from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

from members.actions.links import token_for
from members.actions.owner import create_owner
from outbox.links import absolute
from web.refusal import Refused

LASTS = timedelta(days=3)


class Command(BaseCommand):
    help = "Makes a site admin and prints a link that lets them in once. Again: a new link, and the old one ends."

    def add_arguments(self, parser):
        parser.add_argument("email", help="the address of whoever will run this site")
        parser.add_argument("--name", default="", help="their name, as people will see it")

    def handle(self, *, email, name, **options):
        form = uuid.uuid4()
        try:
            owner = create_owner(
                email=email, name=name, path=reverse("start"), form=form, now=timezone.now(), lasts=LASTS
            )
        except Refused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{owner.email} runs this site now. This link works once, for {LASTS.days} days:\n")
        self.stdout.write(f"  {absolute(reverse('link', args=[token_for(form)]))}\n")
