from django.db import migrations

STATES = """
AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware
DC District of Columbia|FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa
KS Kansas|KY Kentucky|LA Louisiana|ME Maine|MD Maryland|MA Massachusetts|MI Michigan|MN Minnesota
MS Mississippi|MO Missouri|MT Montana|NE Nebraska|NV Nevada|NH New Hampshire|NJ New Jersey|NM New Mexico
NY New York|NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma|OR Oregon|PA Pennsylvania|RI Rhode Island
SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|UT Utah|VT Vermont|VA Virginia|WA Washington
WV West Virginia|WI Wisconsin|WY Wyoming
"""


def load(apps, schema_editor):
    """The states and the District of Columbia, so that a coalition can be made at once."""
    state = apps.get_model("coalitions", "State")
    rows = [row.partition(" ") for row in STATES.strip().replace("\n", "|").split("|")]
    state.objects.bulk_create([state(code=code, name=name) for code, _, name in rows], ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("coalitions", "0001_seats")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
