"""`make drills`: the long attacks and faults. Each `drill()` in a tests/**/drill*.py adds its rows.

`python -m tests.bench.drills attacker` runs only those whose module's name holds the word.
"""

import importlib
import os
import sys
from pathlib import Path

from tests.bench.table import report

COLUMNS = ("name", "injected", "expected", "lost", "doubled", "value", "holds")
ROOT = Path(__file__).resolve().parents[2]


def found(words: list[str]) -> list[str]:
    paths = sorted((ROOT / "tests").rglob("drill*.py"))
    names = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in paths
        if path != Path(__file__).resolve()
    ]
    return [name for name in names if all(word in name for word in words)]


def main(words: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    rows = []
    for name in found(words):
        print(f"{name} ...", flush=True)
        rows += importlib.import_module(name).drill()
    return report("drills", COLUMNS, rows)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
