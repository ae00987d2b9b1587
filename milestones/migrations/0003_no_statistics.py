"""PostgreSQL samples the values of every column for its planner, and keeps the sample when the rows are gone.

Of private answers, and of words that may be taken back, it is told to keep none.
"""

from django.db import migrations

PRIVATE = {
    "milestones_draft": ("seat_id", "item_id", "pick", "words", "language", "translation", "show", "shared", "quotable"),
    "milestones_tick": ("draft_id", "evidence_id"),
    "milestones_tally": ("item_id", "group", "pick", "evidence_id", "count"),
    "milestones_word": ("text", "translation"),
    "milestones_dissent": ("text",),
}


def keep_no_statistics(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for table, columns in PRIVATE.items():
        for column in columns:
            schema_editor.execute(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" SET STATISTICS 0')


class Migration(migrations.Migration):
    dependencies = [("milestones", "0002_frameworks")]

    operations = [migrations.RunPython(keep_no_statistics, migrations.RunPython.noop)]
