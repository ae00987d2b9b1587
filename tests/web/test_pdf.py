"""A PDF is drawn from the page and from our own static files, and from nothing else in the world."""

from types import SimpleNamespace

import pytest

from web import pdf


class Answer:
    def __init__(self, url, body, headers):
        self.url, self.body, self.kind = url, body.read(), headers["Content-Type"]


class Maker:
    """Stands in for WeasyPrint, whose libraries not every machine has: it fetches what the page names."""

    urls = SimpleNamespace(URLFetcherResponse=Answer)
    fetched: list = []

    def HTML(self, *, string, base_url, url_fetcher):
        self.string, self.base_url, self.fetch = string, base_url, url_fetcher
        return self

    def write_pdf(self):
        self.fetched = [self.fetch(f"{self.base_url}/static/css/{name}.css") for name in ("base", "parts")]
        return b"%PDF- stand-in"


@pytest.fixture
def maker(monkeypatch):
    found = Maker()
    monkeypatch.setattr(pdf, "maker", lambda: found)
    pdf._drawn.cache_clear()
    return found


def test_it_reads_our_style_sheets(maker, settings):
    settings.SITE_URL = "https://table.example"
    assert pdf.as_pdf("<p>x</p>").startswith(b"%PDF-")
    assert b"--paper" in maker.fetched[0].body
    assert maker.fetched[0].kind == "text/css"


def test_a_drawing_carries_its_colours(maker):
    pdf.as_pdf('<p>x</p><svg class="gap" height="26"><line/></svg>')
    assert '<svg class="gap" height="26"><style>' in maker.string
    assert maker.string.startswith("<p>x</p>")


@pytest.mark.parametrize(
    "url",
    [
        "http://elsewhere.example/static/css/base.css",
        "https://table.example.evil.example/static/css/base.css",
        "https://table.example@evil.example/static/css/base.css",
        "http://table.example/static/css/base.css",
        "https://table.example/static/../config/settings.py",
        "https://table.example/static/..%2f..%2fconfig/settings.py",
        "https://table.example/static//etc/passwd",
        "https://table.example/static/%2fetc/passwd",
        "https://table.example/static/css/none.css",
        "https://table.example/static/",
        "https://table.example/static/css",
        "https://table.example/c/care-forward/",
        "file:///etc/passwd",
        "data:text/css,p{}",
        "//elsewhere.example/x.css",
        "",
    ],
)
@pytest.mark.parametrize("collected", [False, True])
def test_and_nothing_else(maker, settings, tmp_path, url, collected):
    settings.SITE_URL = "https://table.example"
    settings.COLLECTED = collected
    with pytest.raises(ValueError):
        pdf.only_ours(url)


def test_where_the_maker_is_missing_there_is_none(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "weasyprint", None)
    pdf.maker.cache_clear()
    try:
        assert not pdf.makes_pdfs()
    finally:
        pdf.maker.cache_clear()
