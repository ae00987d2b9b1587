import subprocess
import sys

import pytest

from .house import APPS, FILES, LINTER, PURE, ROOMS, ROOT, lines_of, modules, short

BLOCKED = """
import sys
for name in ("django", "allauth", "celery", "psycopg", "redis"):
    sys.modules[name] = None
import {module}
"""


def test_imports_only_point_down():
    linter = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    found = subprocess.run(
        [sys.executable, "-c", linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stdout + found.stderr


def test_every_package_has_its_line():
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    assert set(APPS) == packages
    assert packages <= set().union(*lines_of(ROOMS))
    assert set(FILES["containers"]) == packages - {"config", "web"}


def test_every_pure_module_is_held_to_it():
    names = lines_of(FILES)[-1]
    rooms = (short(path)[:-3].removesuffix("/__init__").split("/") for path in modules())
    pure = {".".join(parts) for parts in rooms if len(parts) > 1 and parts[1] in names}
    assert pure == set(PURE["source_modules"])


@pytest.mark.parametrize("module", PURE["source_modules"])
def test_a_pure_module_loads_without_django(module):
    code = BLOCKED.format(module=module)
    found = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stderr
    assert not LINTER.get("ignore_imports")
