"""Posters, text messages and paper."""

import html
import re

import pytest

from feedback.words import words
from tests.feedback.leads import HERE, a_form, publish, text

ALL = ["en", "es", "zh-Hans", "vi", "ht", "ar"]


@pytest.fixture
def made(lead, readers, settings):
    settings.SITE_URL = "https://table.example"
    return publish(
        a_form(lead.coalition, languages=ALL, hotline="1-877-555-0199", phone="502 555 0100"), lead
    )


@pytest.fixture
def browser(client_of, lead):
    return client_of(lead)


@pytest.mark.parametrize("language", ALL)
def test_a_poster_in_each_language(browser, made, language):
    page = html.unescape(browser.get(f"{HERE}{made.pk}/poster/{language}/").content.decode())
    said = words(language)
    assert f">table.example/go/{made.code}/</p>" in page, "short to type: the page asks for the language"
    assert f'aria-label="https://table.example/go/{made.code}/{language}/"' in page and "<svg" in page
    for key in ("start_title", "poster_lead", "poster_or"):
        assert said[key] in page
    assert said["poster_time"].format(minutes=3) in page
    assert re.search(
        rf'<article class="sheet" lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"', page
    )


@pytest.mark.parametrize("language", ALL)
def test_paper_in_each_language(browser, made, language):
    page = text(browser.get(f"{HERE}{made.pk}/paper/{language}/"))
    said = words(language)
    for row in made.wordings.get().content["questions"]:
        assert row["text"][language] in page
        assert all(choice["text"][language] in page for choice in row.get("choices", ()))
    for key in ("paper_title", "paper_entered", "role_ask", "role_provider", "reader_parent"):
        assert said[key].lower() in page.lower()
    assert said["paper_return"].format(who="Care Forward Kentucky") in page
    assert said["danger"].format(hotline="1-877-555-0199") in page and "502 555 0100" in page


def test_a_line_for_a_text_message(browser, made):
    page = text(browser.get(f"{HERE}{made.pk}/hand-out/"))
    assert f"https://table.example/go/{made.code}/es/" in page
    assert page.count("https://table.example/go/") == len(ALL)


def test_the_address_on_the_poster_opens_the_form(browser, made):
    page = browser.get(f"{HERE}{made.pk}/poster/es/").content.decode()
    path = re.search(r'aria-label="https://table.example(/go/[^"]+)"', page)[1]
    assert browser.get(path).status_code == 200


def test_a_form_that_is_not_published_has_none(browser, lead):
    form = a_form(lead.coalition)
    for each in ("hand-out/", "poster/en/", "paper/en/"):
        answer = browser.get(f"{HERE}{form.pk}/{each}", follow=True)
        assert "Publish the form first." in text(answer)


@pytest.mark.parametrize("each", ["poster", "paper"])
def test_a_language_that_is_not_offered_is_not_there(browser, lead, readers, each):
    form = publish(a_form(lead.coalition), lead)
    for language in ("vi", "xx"):
        assert browser.get(f"{HERE}{form.pk}/{each}/{language}/").status_code == 404
