import re

import pytest
from django.core.management import call_command

from .house import APPS, ROOT, short


@pytest.mark.django_db
def test_no_migration_is_pending():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_migration_has_a_name():
    names = [path for app in APPS for path in (ROOT / app).glob("migrations/[0-9]*.py")]
    assert [
        short(path) for path in names if re.search(r"_(initial|auto|alter_\w+_and_more)", path.stem)
    ] == []
