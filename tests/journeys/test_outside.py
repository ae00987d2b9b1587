"""The forms of people outside, in a browser: axe, small screens, weight, a slow line, no JavaScript, signal lost."""

from statistics import median
from urllib.parse import urlsplit

import pytest

from tests.bench.outside import GUNICORN as BENCH
from tests.feedback.serving import a_form

from .test_axe import AXE, LOOK
from .test_small_and_wide import RUNS_OVER
from .test_wire import watch

pytestmark = pytest.mark.needs_chromium

LANGUAGES = ("en", "es", "zh-Hans", "vi", "ht", "ar")
SIX = """
from datetime import date
import uuid
from coalitions.models import Coalition
from feedback.models import Form, SaidAndDone, Wording
from feedback.words import languages, ready_made
table = Coalition.objects.get()
asked = ready_made()[4]["questions"]
for code, over in (("six", None), ("shut", date(2026, 1, 2))):
    form = Form.objects.create(coalition=table, code=code, name=code, form=uuid.uuid4(), stopped_on=over,
                               phone="502-555-0142", hotline="1-877-597-2331", reply_by=date(2099, 1, 15))
    Wording.objects.create(form=form, number=1, languages=list(languages()), content={"questions": asked},
                           published_on=date(2026, 1, 1))
for done, due in (("did", None), ("working", date(2099, 1, 15))):
    SaidAndDone.objects.create(coalition=table, done=done, said={"en": "You meet at ten."}, due=due,
                               did={"en": "We meet at six."}, on=date(2026, 1, 1), form=uuid.uuid4())
"""
LCP = """() => new Promise(done => new PerformanceObserver(list => done(list.getEntries().at(-1).startTime))
    .observe({type: "largest-contentful-paint", buffered: true}))"""
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
MOST_KB, MOST_SECONDS = 6, 0.7
QUIET, SLOWER = (
    0.6,
    1.5,
)  # a machine on which a page written by hand takes longer is busy: then, beside that page
TARGETS = """() => [...document.querySelectorAll("main button, main .b label, main .b a, header button, summary, input[type=text]")]
    .filter(each => each.checkVisibility() && !each.closest(".vh") && !each.classList.contains("vh"))
    .filter(each => each.getBoundingClientRect().height < 47.5).map(each => each.outerHTML.slice(0, 90))"""


@pytest.fixture(scope="module")
def outside():
    with a_form(None, BENCH) as (site, _wording, _server):
        site.django(*SIX.strip().splitlines())
        yield site


def pages_of(tab, language):
    """Every kind of page in one language, each as it comes."""
    tab.goto("/go/six/")
    yield "start"
    tab.goto(f"/go/six/{language}/")
    tab.locator("summary").click()
    yield "question"
    tab.locator("summary").click()
    while not tab.locator("textarea").count():
        tab.locator("button.go").click()
    tab.fill("textarea", "Call me 502 555 0142")
    yield "own words"
    for _ in range(2):
        tab.locator("button.go").click()
    yield "look"
    tab.wait_for_timeout(3100)
    tab.locator("button.go").click()
    assert tab.locator(".code").count() == 1
    yield "thanks"
    tab.goto(f"/go/six/{language}/answer/")
    tab.fill("input[name=code]", "1")
    tab.locator("button.go").click()
    yield "code"
    tab.goto(f"/go/shut/{language}/")
    yield "closed"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_works_for_everybody_in_every_language(browser, outside, language):
    small = {"width": 320, "height": 640}
    context = browser.new_context(
        base_url=outside.address, viewport=small, reduced_motion="reduce", bypass_csp=True
    )
    tab, found = context.new_page(), []
    for name in pages_of(tab, language):
        if name != "start":
            assert tab.locator("html").get_attribute("lang") == language
        found += [f"{name} runs over: {part}" for part in tab.evaluate(RUNS_OVER)]
        found += [f"{name} too small: {part}" for part in tab.evaluate(TARGETS)]
        tab.evaluate(AXE)
        for theme in ("light", "dark"):
            tab.emulate_media(color_scheme=theme)
            found += [f"{name} {theme}: {fault}" for fault in tab.evaluate(LOOK)]
    assert not context.cookies()
    context.close()
    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_first_visit_is_light_and_asks_nobody_else(browser, outside, language):
    for path in ("/go/six/", f"/go/six/{language}/"):
        context = browser.new_context(base_url=outside.address)
        tab = context.new_page()
        fetched = watch(context, tab)
        tab.goto(path, wait_until="networkidle")
        real = [each for each in fetched.values() if not each["url"].startswith("data:")]
        assert len(real) <= 2, real
        assert 1000 < sum(each["size"] for each in real) <= MOST_KB * 1024, real
        assert {urlsplit(each["url"]).netloc for each in real} == {urlsplit(outside.address).netloc}
        assert not context.cookies()
        context.close()


def test_on_a_slow_line_and_an_old_phone_it_is_there_in_less_than_a_second(browser, outside):
    """Where this machine is busy, a page with nothing on it but fields is slow too, and says how slow."""
    paths = ("/go/0/bare/1/", "/go/six/", "/go/six/en/")
    took = {path: [] for path in paths}
    _seen_after(browser, outside.address, paths[0])
    for _ in range(5):
        for path in paths:
            took[path].append(_seen_after(browser, outside.address, path))
    bare, first, question = (median(took[path]) for path in paths)
    most = MOST_SECONDS if bare <= QUIET else SLOWER * bare
    assert 0.3 < first <= most and 0.3 < question <= most, took


def _seen_after(browser, address, path):
    """Seconds until the largest thing on it was painted, on a slow line of the third kind, in a browser at rest."""
    context = browser.new_context(base_url=address, viewport={"width": 390, "height": 844})
    tab = context.new_page()
    line = context.new_cdp_session(tab)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW)
    line.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    tab.wait_for_timeout(800)
    tab.goto(path)
    seen = tab.evaluate(LCP) / 1000
    context.close()
    return seen


def test_the_whole_way_with_the_keyboard_and_without_a_script(browser, outside):
    context = browser.new_context(base_url=outside.address, java_script_enabled=False)
    tab = context.new_page()
    tab.goto("/go/bench/en/")
    tab.locator("input[type=radio]").first.focus()
    tab.keyboard.press("Space")
    tab.keyboard.press("Enter")
    tab.get_by_text("Question 2").wait_for()
    tab.get_by_role("button", name="Español").click()
    tab.get_by_text("Pregunta 2").wait_for()
    tab.locator("button.go").focus()
    tab.keyboard.press("Enter")
    tab.locator("textarea").fill("Más horas")
    tab.wait_for_timeout(3100)
    tab.locator("button.go").click()
    tab.get_by_role("button", name="Saltar esta pregunta").click()
    tab.get_by_text("Gracias").wait_for()
    context.close()


def test_a_lost_signal_and_a_double_tap_keep_one(browser, outside):
    def kept():
        with outside.connect() as line:
            return line.execute("SELECT count(*) FROM feedback_submission").fetchone()[0]

    context = browser.new_context(base_url=outside.address)
    tab, before = context.new_page(), kept()
    tab.goto("/go/bench/en/")
    tab.locator("input[type=radio]").first.check(force=True)
    tab.wait_for_timeout(3100)
    for _ in range(3):
        tab.locator("button.go").click()
    assert tab.locator("input[value=parent]").count() == 1
    context.set_offline(True)
    tab.evaluate("() => document.querySelector('button.go').click()")
    tab.wait_for_timeout(300)
    assert kept() == before
    context.set_offline(False)
    tab.reload()
    if not tab.locator(".code").count():
        tab.locator("button.go").dblclick()
    tab.wait_for_selector(".code")
    assert kept() == before + 1
    context.close()
