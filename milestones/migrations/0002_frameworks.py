import json
from pathlib import Path

from django.db import migrations

CONTENT = Path(__file__).resolve().parent.parent / "content" / "framework.json"


def load(apps, schema_editor):
    """The seven milestones, so that a new site can open a round at once."""
    content = json.loads(CONTENT.read_text(encoding="utf-8"))
    framework = apps.get_model("milestones", "Framework").objects.create(slug=content["framework"])
    version = apps.get_model("milestones", "Version").objects.create(
        framework=framework, label=content["version"], scale=content["scale"]
    )
    item = apps.get_model("milestones", "Item")
    item.objects.bulk_create(
        item(version=version, position=position, code=row["code"], content=row)
        for position, row in enumerate(content["milestones"], start=1)
    )


class Migration(migrations.Migration):
    dependencies = [("milestones", "0001_rounds")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
