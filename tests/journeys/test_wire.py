"""What a phone fetches at its first visit to the score page, and from whom: counted by the browser itself."""

from urllib.parse import urlsplit

import pytest

from .pages import WHO, looking

pytestmark = pytest.mark.needs_chromium
SCORE = "/c/open/round/1/2/"


def test_a_first_visit_to_the_score_page_is_light(browser, tables):
    site, there = tables
    context = looking(browser, site.address, "member", "en", there)
    tab = context.new_page()
    fetched = watch(context, tab)
    tab.goto(SCORE, wait_until="networkidle")
    assert tab.locator("input[name=level]").count() == 6
    sizes = {fetch["url"]: fetch["size"] for fetch in fetched.values()}
    fonts = sum(size for address, size in sizes.items() if address.endswith(".woff2"))
    assert len(fetched) <= 8, sizes
    assert fonts > 20_000, "the fonts were not counted"
    assert sum(sizes.values()) <= 90_000, sizes
    assert sum(sizes.values()) - fonts <= 35_000, sizes
    assert {urlsplit(address).netloc for address in sizes} == {urlsplit(site.address).netloc}
    assert not any(fetch["cached"] for fetch in fetched.values())
    context.close()


def test_text_comes_compressed_and_files_stay_for_a_year(browser, tables):
    site, there = tables
    context = looking(browser, site.address, "member", "en", there)
    tab = context.new_page()
    answers = []
    tab.on("response", lambda answer: answers.append(answer))
    tab.goto(SCORE, wait_until="networkidle")
    files = [answer for answer in answers if "/static/" in answer.url]
    assert len(files) >= 5
    for answer in files:
        assert "max-age=315360000" in answer.header_value("cache-control"), answer.url
        if answer.url.endswith((".css", ".js")):
            assert answer.header_value("content-encoding") == "br", answer.url
    context.close()


def test_no_page_asks_another_host(browser, tables):
    site, there = tables
    asked = set()
    for who in WHO:
        context = looking(browser, site.address, who, "en", there)
        context.on("request", lambda request: asked.add(urlsplit(request.url)[:2]))
        tab = context.new_page()
        for path in [path for whose, path in there["pages"] if whose == who]:
            tab.goto(path)
        context.close()
    assert {host for scheme, host in asked if scheme != "data"} == {urlsplit(site.address).netloc}


def watch(context, tab) -> dict[str, dict]:
    """Every request of a tab, by its id: address, bytes over the wire with headers, and whether it was cached."""
    fetched = {}
    network = context.new_cdp_session(tab)
    network.send("Network.enable")

    def answered(event):
        response = event["response"]
        fetched[event["requestId"]] = {
            "url": response["url"],
            "size": 0,
            "cached": response.get("fromDiskCache"),
        }

    def finished(event):
        fetched[event["requestId"]]["size"] = event["encodedDataLength"]

    network.on("Network.responseReceived", answered)
    network.on("Network.loadingFinished", finished)
    return fetched
