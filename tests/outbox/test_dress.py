"""A letter's HTML says what its text says, and nothing that people typed becomes more than text."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest

from outbox.dress import html_of

SITE = "https://table.example"
STOP = f"{SITE}/stop/aBcdefghijklmnopqrstuvwx/"
TEXT = f"""Hello Paz,

A new round is open at Care Forward.
You have until Saturday.

Open this link and press the button.

    {SITE}/l/abcdefghijklmnopqrstuvwxyz/

No more reminders, or a pause: {STOP}
"""


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SITE_URL = SITE


class Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.links, self.loads, self.words, self.unclosed = [], [], [], "", []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "a":
            self.links.append([given["href"], ""])
        self.loads += [value for name, value in attrs if name in {"src", "srcset", "background", "action"}]
        self.loads += re.findall(r"url\(|@import", given.get("style") or "")
        if tag not in {"br", "meta", "!doctype"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if self.open.pop() != tag:
            self.unclosed.append(tag)

    def handle_data(self, data):
        if "a" in self.open:
            self.links[-1][1] += data
        if not {"style", "title"} & set(self.open):
            self.words += data


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    assert reader.open == reader.unclosed == reader.loads == []
    return reader


def test_an_address_of_ours_on_its_own_line_is_a_button_and_the_stop_link_a_small_line():
    html = html_of(TEXT, "en", subject="A new round", stop=STOP)
    assert read(html).links == [
        [f"{SITE}/l/abcdefghijklmnopqrstuvwxyz/", "Open table.example"],
        [STOP, "table.example/stop/…"],
    ]
    assert html.index("Open table.example") < html.index("font-size:14px") < html.index(STOP)
    assert "<title>A new round</title>" in html
    assert "You have until Saturday.</p>" in html
    assert "Care Forward.<br>" in html


def test_it_says_what_the_text_says():
    words = " ".join(read(html_of(TEXT, "en", stop=STOP)).words.split())
    for line in TEXT.splitlines():
        assert line.strip().partition(SITE)[0].strip() in words


@pytest.mark.parametrize(("language", "words"), [("en", "Open table.example"), ("es", "Abrir table.example")])
def test_it_has_a_language_and_speaks_it(language, words):
    html = html_of(TEXT, language, stop=STOP)
    assert html.count(f'lang="{language}"') == 2  # web mail drops the first
    assert words in html


def test_nothing_is_loaded_and_nothing_follows_the_reader():
    html = html_of(TEXT, "en", stop=STOP)
    assert set(re.findall(r"https?://[^/\"<]+", html)) == {SITE}
    assert not re.search(r"<(img|script|link|iframe|object|form|svg)\b", html)
    assert "color-scheme" in html


@pytest.mark.parametrize("code", ["1234-5678", "12345678", "123 456"])
def test_a_code_on_its_own_indented_line_is_large(code):
    html = html_of(f"your code is\n\n    {code}\n\nType it.", "en")
    assert re.search(rf'<p style="[^"]*font-size:32px[^"]*">{code}</p>', html)
    for text in (f"your code is {code}", f"{code}\nType it.", f"    {code} {'x'}", "    12"):
        assert "32px" not in html_of(text, "en")


@pytest.mark.parametrize(
    "typed",
    [
        "<b>Paz</b>",
        "<script>x()</script>",
        'Paz" onmouseover="x()',
        "Tom & Jerry's <3",
        "</p></div></body>",
        "&lt;b&gt;",
        "{0} {language} {{x}} %(site)s %s",
        "[[stop]]",
        "https://evil.example/",
        f"{SITE}/logout/",
        f"see {SITE}/logout/",
        f"{SITE}.evil.example/",
        "javascript:x()",
        "mailto:x@example.org",
        "www.evil.example",
    ],
)
def test_what_people_typed_is_text(typed):
    text = f"Hello {typed},\n\n{typed} has a seat for you at {typed}.\nSee {typed}\n"
    html = html_of(text, "en", subject=typed)
    reader = read(html)
    assert reader.links == []
    assert reader.words.count(typed) == 4
    assert unescape(html.partition("<title>")[2].partition("</title>")[0]) == typed


@pytest.mark.parametrize(
    "line",
    [
        "https://evil.example/",
        f"{SITE}.evil.example/x",
        f"{SITE}@evil.example/",
        f"{SITE}:81/",
        SITE,
        f"{SITE}/x y",
        f"x{SITE}/",
        "//table.example/",
        "javascript:alert(1)",
    ],
)
def test_only_an_address_of_this_site_becomes_a_link(line):
    for text in (line, f"    {line}", f"Hello,\n{line}\n"):
        assert read(html_of(text, "en")).links == []


def test_an_address_of_ours_in_a_paragraph_is_a_plain_link():
    html = html_of(f"Sign in and put it right here:\n{SITE}/second-step/\nThen rest.", "en")
    assert read(html).links == [[f"{SITE}/second-step/", "table.example/second-step"]]
    assert 'class="go"' not in html


def test_a_list_with_addresses_shows_where_each_leads():
    page = f"{SITE}/c/care-forward-of-northern-kentucky/"
    html = html_of(
        f"This needs you:\n\n- Two seats wait.\n  {page}\n\n- A round is over.\n  {page}agree/\n", "en"
    )
    shown = page.removeprefix("https://")
    assert read(html).links == [[page, shown.rstrip("/")], [f"{page}agree/", f"{shown}agree"]]


def test_an_address_cannot_leave_its_attribute():
    html = html_of(f'    {SITE}/?a=1&b="><script>', "en")
    assert read(html).links == [[f'{SITE}/?a=1&b="><script>', "Open table.example"]]


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b", "\x85", "\u2028", "\u202e", "\u2066", "\r"])
def test_signs_that_hide_or_turn_letters_are_left_out(sign):
    assert sign not in html_of(f"Hello P{sign}az,", "en", subject=f"P{sign}az")
    assert "Hello Paz," in html_of(f"Hello P{sign}az,", "en")


def test_a_name_that_is_read_the_other_way_keeps_to_itself():
    assert "<p>Hello <bdi>ياسمين خان</bdi>, 5 (x)</p>" in html_of("Hello ياسمين خان, 5 (x)", "en")
    assert "<bdi>" not in html_of("Peña Ñandú Nguyễn Łódź", "en")


def test_an_empty_text_and_many_blank_lines():
    assert read(html_of("", "en")).words.strip() == ""
    assert html_of("\n\n\na\n\n\n\n\nb\n", "en").count("<p>") == 2


def test_a_stop_link_on_a_line_alone_is_still_the_small_one():
    html = html_of(f"Hello.\n\nNo more:\n{STOP}", "en", stop=STOP)
    assert "font-size:14px" in html.partition("No more:")[2]
    assert len(read(html).links) == 1
    (only,) = read(html_of(f"    {STOP}", "en", stop=STOP)).links
    assert only[0] == STOP
