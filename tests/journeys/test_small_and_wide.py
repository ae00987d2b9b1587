"""On the smallest phone nothing runs off the side, and what has focus is in sight."""

import pytest

from .pages import WHO, looking

pytestmark = pytest.mark.needs_chromium

SMALL = {"viewport": {"width": 320, "height": 640}}
WIDE = {"viewport": {"width": 1280, "height": 720}}
RUNS_OVER = """() => {
    if (document.scrollingElement.scrollWidth <= innerWidth) return [];
    const over = [...document.querySelectorAll("body *")].filter(
        each => !each.closest(".heat") && each.getBoundingClientRect().right > innerWidth + 1);
    return over.slice(0, 5).map(each => `${each.tagName}.${each.className}`);
}"""
HIDDEN = """() => {
    const at = document.activeElement, bar = document.querySelector(".bar");
    if (at === document.body || bar.contains(at)) return null;
    const shown = at.getBoundingClientRect(), over = bar.getBoundingClientRect();
    const hidden = shown.bottom > over.top + 1 && shown.top < over.bottom - 1 || shown.top < -1;
    return hidden ? `${at.tagName}#${at.id}.${at.className} ${at.name}` : "";
}"""


@pytest.mark.parametrize("language", ["en", "es"])
def test_nothing_runs_off_the_side_at_320_pixels(browser, tables, language):
    site, there = tables
    found = []
    for who in WHO:
        context = looking(browser, site.address, who, language, there, **SMALL)
        tab = context.new_page()
        for path in [path for whose, path in there["pages"] if whose == who]:
            tab.goto(path)
            tab.evaluate(
                "() => document.querySelectorAll('main details').forEach(each => { each.open = true; })"
            )
            found += [f"{who} {path}: {part}" for part in tab.evaluate(RUNS_OVER)]
        context.close()
    assert not found, "\n".join(found)


@pytest.mark.parametrize("screen", [SMALL, WIDE], ids=["small", "wide"])
@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
def test_the_bar_hides_nothing_that_has_focus(browser, tables, screen, key):
    site, there = tables
    context = looking(browser, site.address, "member", "en", there, reduced_motion="reduce", **screen)
    tab = context.new_page()
    tab.goto("/c/open/round/1/1/")
    seen = []
    for _ in range(40):
        tab.keyboard.press(key)
        tab.wait_for_timeout(30)
        seen.append(tab.evaluate(HIDDEN))
    assert seen.count("") > 15
    assert not [each for each in seen if each]
    context.close()
