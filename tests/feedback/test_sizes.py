"""Every page before the thanks is small enough for a slow line: whole, compressed, in each language."""

import gzip

import pytest
from django.test import Client

from feedback.models import Wording
from feedback.words import languages, ready_made
from tests.feedback.conftest import Phone

MOST = 6 * 1024
HEADERS = 700  # bytes, more than any answer of ours has


@pytest.fixture
def longest(form):
    """All that can be on a page: six languages, two numbers to call, and the ready-made sets in one form."""
    form.hotline, form.phone = "1-877-597-2331 (KY SAFE1, day and night)", "502-555-0142"
    form.save()
    asked = [question for each in ready_made() for question in each["questions"]]
    Wording.objects.update(content={"questions": asked}, languages=list(languages()))
    return len(asked)


def weight(page) -> int:
    assert not page.cookies
    return HEADERS + len(gzip.compress(page.content, 6))


def test_the_first_page_is_light(longest):
    assert weight(Client().get("/go/kentucky/")) <= MOST


@pytest.mark.parametrize("language", list(languages()))
def test_every_question_is_light(longest, language):
    phone, heaviest = Phone(f"/go/kentucky/{language}/"), 0
    for _ in range(longest):
        heaviest = max(heaviest, weight(phone.page))
        phone.press("skip")
    assert 2000 < heaviest <= MOST


@pytest.mark.parametrize("path", ["/go/kentucky/", "/go/kentucky/ar/", "/go/kentucky/ar/answer/"])
def test_a_page_asks_for_nothing_else(longest, path):
    page = Client().get(path)
    assert not {"src=", '<link rel="stylesheet', "@import", "url("} & {
        part for part in ("src=", '<link rel="stylesheet', "@import", "url(") if part in page.content.decode()
    }
    assert 'rel="icon" href="data:,"' in page.content.decode()
