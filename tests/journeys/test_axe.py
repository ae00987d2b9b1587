"""axe finds nothing on any page, at any stage, for anyone, in either theme and either language."""

import re
from pathlib import Path

import axe_playwright_python
import pytest

from .pages import AT_THE_TABLE, WHO, looking

pytestmark = pytest.mark.needs_chromium

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
IN_ITS_OWN = re.compile(r"^/go/|/preview/")  # a form speaks the language picked in it, whoever looks
LOOK = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations
    .flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.join(" ")}: ${n.any.concat(n.all).map(c => c.message)[0]}`))"""


@pytest.mark.parametrize("language", ["en", "es"])
def test_axe_finds_nothing(browser, tables, language):
    site, there = tables
    assert len(there["pages"]) > 60
    found = []
    for who in WHO:
        context = looking(browser, site.address, who, language, there, reduced_motion="reduce")
        tab = context.new_page()
        for path in [path for whose, path in there["pages"] if whose == who]:
            tab.goto(path)
            spoken = tab.locator("html").get_attribute("lang")
            assert spoken == language or IN_ITS_OWN.search(path), (path, spoken)
            tab.evaluate(
                "() => document.querySelectorAll('main details').forEach(each => { each.open = true; })"
            )
            tab.evaluate(AXE)
            for theme in ("light", "dark"):
                tab.emulate_media(color_scheme=theme)
                found += [f"{who} {path} {theme}: {fault}" for fault in tab.evaluate(LOOK)]
        context.close()
    assert not found, "\n".join(found)


def test_axe_would_find_a_button_without_a_name(browser, tables):
    site, there = tables
    tab = looking(browser, site.address, AT_THE_TABLE[0], "en", there).new_page()
    tab.goto("/c/open/")
    tab.evaluate("() => document.querySelector('main').append(document.createElement('button'))")
    tab.evaluate(AXE)
    assert "button-name" in str(tab.evaluate(LOOK))
