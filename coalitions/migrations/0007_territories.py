from django.db import migrations

TERRITORIES = {
    "AS": "American Samoa",
    "GU": "Guam",
    "MP": "Northern Mariana Islands",
    "PR": "Puerto Rico",
    "VI": "U.S. Virgin Islands",
}


def add(apps, schema_editor):
    State = apps.get_model("coalitions", "State")
    for code, name in TERRITORIES.items():
        State.objects.get_or_create(code=code, defaults={"name": name})


class Migration(migrations.Migration):
    dependencies = [("coalitions", "0006_listed_as_they_are")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
