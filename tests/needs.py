"""Tests that need a browser, PostgreSQL or Redis say so, and say what was skipped.

With REQUIRE_ALL=1 a skipped test fails. CHROMIUM names another browser; CHROMIUM=none does without. MATRIX=none leaves
out the longest test, of who reaches which address.
"""

import os
import shutil
import socket
from functools import cache
from urllib.parse import urlparse

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")


@cache
def chromium() -> str | None:
    """The path of the Chromium to drive, if there is one."""
    wanted = os.environ.get("CHROMIUM")
    if wanted == "none":
        return None
    return next(filter(None, map(shutil.which, [wanted] if wanted else NAMES)), None)


@cache
def postgres() -> bool:
    return os.environ.get("DATABASE_URL", "").startswith(("postgres://", "postgresql://"))


@cache
def redis() -> bool:
    address = urlparse(os.environ.get("REDIS_URL", ""))
    if not address.hostname:
        return False
    try:
        socket.create_connection((address.hostname, address.port or 6379), timeout=2).close()
    except OSError:
        return False
    return True


@cache
def every_pair() -> bool:
    """Minutes on two cores: whoever runs everything twice can leave it to the second time."""
    return os.environ.get("MATRIX") != "none"


NEEDS = {
    "every_pair": (every_pair, "MATRIX=none leaves out who reaches which address"),
    "needs_chromium": (chromium, "Chromium is not installed"),
    "needs_postgres": (postgres, "DATABASE_URL names no PostgreSQL"),
    "needs_redis": (redis, "REDIS_URL names no Redis that answers"),
}


def pytest_configure(config):
    for name, (_, reason) in NEEDS.items():
        config.addinivalue_line("markers", f"{name}: skipped when {reason}")


def pytest_collection_modifyitems(items):
    for item in items:
        for name, (found, reason) in NEEDS.items():
            if item.get_closest_marker(name) and not found():
                item.add_marker(pytest.mark.skip(reason=reason))


def refuse_skip(report):
    """Where everything is required, a skip is a failure."""
    if os.environ.get("REQUIRE_ALL") == "1" and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"Nothing may be skipped (REQUIRE_ALL=1). {reason}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport():
    return refuse_skip((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report():
    return refuse_skip((yield))


def pytest_terminal_summary(terminalreporter):
    reasons = {}
    for report in terminalreporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reasons[reason] = reasons.get(reason, 0) + 1
    for reason, count in sorted(reasons.items()):
        terminalreporter.write_line(f"SKIPPED {count}: {reason.removeprefix('Skipped: ')}", yellow=True)
