"""What the tests of this folder look at: our own files."""

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LINTER = PROJECT["tool"]["importlinter"]
APPS = LINTER["root_packages"]
ROOMS, FILES, PURE = LINTER["contracts"]


def lines_of(contract: dict) -> list[set[str]]:
    """The layers of a contract, top first, each as the set of its names."""
    return [{name.strip(" ()") for name in line.replace("|", ":").split(":")} for line in contract["layers"]]


def modules() -> Iterator[Path]:
    """Our Python files, without migrations."""
    for app in APPS:
        yield from (path for path in sorted((ROOT / app).rglob("*.py")) if "migrations" not in path.parts)


def templates() -> list[Path]:
    return sorted(path for path in (ROOT / "templates").rglob("*") if path.suffix in {".html", ".txt"})


def drawings() -> list[Path]:
    """Python that writes HTML or SVG."""
    return [path for path in modules() if {"charts", "templatetags"}.intersection(path.parts)]


def short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def tracked() -> list[Path]:
    """The files of the repository; of a copy without its history, all that is not set up by make."""
    found = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if found.returncode == 0 and found.stdout:
        paths = [ROOT / name for name in found.stdout.split("\0") if name]
    else:
        made = {
            line.strip("/") for line in (ROOT / ".gitignore").read_text().splitlines() if line.endswith("/")
        }
        paths = [path for path in ROOT.rglob("*") if not made.intersection(path.relative_to(ROOT).parts)]
    return [path for path in paths if path.is_file()]
