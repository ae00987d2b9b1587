"""A lock is made on one Python and installed on many; pip leaves out what only another one needs."""

import re
from collections import defaultdict
from importlib.metadata import PackageNotFoundError, requires

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from .house import ROOT

PYTHONS = ["3.11.0", "3.12.0", "3.13.0", "3.14.0"]


def wanted(name: str) -> list[Requirement]:
    """What a requirements file asks for, with what it includes."""
    found = []
    for line in (ROOT / name).read_text().splitlines():
        if line.startswith("-r "):
            found += wanted(line.removeprefix("-r "))
        elif line and line[0].isalpha():
            found.append(Requirement(line))
    return found


def needed(asked: list[Requirement], python: str) -> dict[str, set[str]]:
    """Every package that these need on that Python with its extras, by what the installed ones say of themselves."""
    where = {"python_version": python.rpartition(".")[0], "python_full_version": python}
    names, waiting, seen = defaultdict(set), list(asked), set()
    while waiting:
        one = waiting.pop()
        name = canonicalize_name(one.name)
        names[name] |= one.extras
        if (name, *one.extras) in seen:
            continue
        seen.add((name, *one.extras))
        try:
            parts = [Requirement(line) for line in requires(name) or ()]
        except PackageNotFoundError:  # needed on another Python than this
            continue
        for part in parts:
            if not part.marker or any(
                part.marker.evaluate({**where, "extra": extra}) for extra in ("", *one.extras)
            ):
                waiting.append(part)
    return names


def pinned(name: str) -> dict[str, set[str]]:
    """Every package in that lock with its extras."""
    lines = re.findall(r"(?m)^([a-z0-9-]+)(?:\[(.+)\])?==", (ROOT / f"{name}.lock").read_text())
    return {package: set(filter(None, extras.split(","))) for package, extras in lines}


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_a_lock_serves_every_python(name, python):
    assert needed(wanted(f"{name}.in"), python).keys() - pinned(name).keys() == set()


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_a_package_is_pinned_with_its_extras(name):
    """Without them pip takes the newest release for the extra, which has no hash here, and refuses all."""
    asked, locked = needed(wanted(f"{name}.in"), "3.11.0"), pinned(name)
    assert any(asked.values())
    assert {
        package: extras - locked[package] for package, extras in asked.items() if extras - locked[package]
    } == {}


def test_it_sees_what_another_python_needs():
    assert "async-timeout" in needed([Requirement("redis")], "3.11.0")
    assert "async-timeout" not in needed([Requirement("redis")], "3.13.0")
