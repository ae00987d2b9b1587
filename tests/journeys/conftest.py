"""A browser that asks this machine only, and a site whose five tables stand at five stages."""

import json

import pytest
from playwright.sync_api import sync_playwright

from tests import needs

from .pages import every_page
from .served import a_site

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="module")
def browser():
    """Debian's Chromium; Playwright's own is never used."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=needs.chromium(), args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def tables(tmp_path_factory):
    """(site, what is there): a served site with a table at each stage, for looking only."""
    there = {}
    folder = tmp_path_factory.mktemp("tables")
    with a_site(folder, before_serving=lambda site: there.update(_set(site))) as site:
        there["pages"] = every_page(site.address, there)
        yield site, there


def _set(site) -> dict:
    return json.loads(site.django("from tests.journeys.stages import set_tables", "set_tables()"))
