"""`make bench`: how fast, as ratios measured in one run. Each module beside this one that has `rows()` adds its own.

`python -m tests.bench.bench across outside` asks those alone.
"""

import importlib
import os
import sys
from contextlib import contextmanager
from pathlib import Path

from tests.bench.table import report

COLUMNS = ("name", "value", "unit", "goal", "holds")
NOT_ROWS = {"__init__", "across_site", "bench", "drills", "outside_site", "table", "urls", "visitors"}


@contextmanager
def empty_database():
    """A migrated database of its own, thrown away afterwards. Nothing else of a test's: pages render as served."""
    from django.test import utils

    made = utils.setup_databases(verbosity=0, interactive=False)
    try:
        yield
    finally:
        utils.teardown_databases(made, verbosity=0)


def main(only: list[str]) -> int:
    # What serves a site of its own does so on this one.
    os.environ["SERVED_DATABASE_URL"] = os.environ.get("DATABASE_URL", "")
    # Always SQLite in memory, so that processor time holds the database's work too.
    os.environ["DATABASE_URL"] = "sqlite://:memory:"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    stems = {path.stem for path in Path(__file__).parent.glob("*.py")} - NOT_ROWS
    names = only or sorted(stem for stem in stems if not stem.startswith("test_"))
    with empty_database():
        rows = [row for name in names for row in importlib.import_module(f"tests.bench.{name}").rows()]
    return report("bench", COLUMNS, rows)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
