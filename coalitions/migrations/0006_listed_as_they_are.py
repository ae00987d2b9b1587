from django.db import migrations
from django.db.models import F, OuterRef, Subquery


def take_every_seat(apps, schema_editor):
    """Whoever sat here before seats were taken has taken theirs, and was listed as they are."""
    Seat, Member = apps.get_model("coalitions", "Seat"), apps.get_model("members", "Member")
    person = Member.objects.filter(pk=OuterRef("member"))
    Seat.objects.update(
        arrived=F("joined"),
        listed_name=Subquery(person.values("name")),
        listed_email=Subquery(person.values("email")),
        listed_language=Subquery(person.values("language")),
    )


class Migration(migrations.Migration):
    dependencies = [("coalitions", "0005_invitations"), ("members", "0002_links_and_devices")]
    operations = [migrations.RunPython(take_every_seat, migrations.RunPython.noop)]
