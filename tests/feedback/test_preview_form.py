import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from feedback import dress
from feedback.models import Submission
from tests.feedback.leads import HERE, a_form, codes, publish


@pytest.fixture
def made(lead, readers):
    return a_form(lead.coalition, languages=["en", "es", "ar"])


@pytest.fixture
def browser(client_of, lead):
    return client_of(lead)


def test_every_question_in_every_language_as_it_will_be(browser, made):
    for language in ("en", "es", "ar"):
        for at, row in enumerate(made.wordings.get().content["questions"]):
            page = browser.get(f"{HERE}{made.pk}/preview/{language}/?at={at}").content.decode()
            assert row["text"][language] in page
            assert f'lang="{language}"' in page
            assert all(choice["text"][language] in page for choice in row.get("choices", ()))


def test_it_goes_from_page_to_page_and_writes_nothing(browser, made):
    here = f"{HERE}{made.pk}/preview/en/"
    with CaptureQueriesContext(connection) as asked:
        page = browser.get(here)
        for _ in range(6):
            found = re.search(r'name="visit" value="(\d+)"', page.content.decode())
            if not found:
                break
            sent = {"visit": found[1], "do": "next", "answer": "canary words"}
            page = browser.post(here, sent)
    assert "Thank you. We have your answers." in page.content.decode()
    assert "0000 0000 0000 0000" in page.content.decode()
    assert not Submission.objects.exists()
    wrote = [each["sql"] for each in asked if not each["sql"].startswith(("SELECT", "SAVEPOINT", "RELEASE"))]
    assert wrote == []
    assert b"canary" not in page.content


def test_back_and_another_language(browser, made):
    here = f"{HERE}{made.pk}/preview/"
    page = browser.post(f"{here}en/", {"visit": "2", "do": "back"}).content.decode()
    assert re.search(r'name="visit" value="1"', page)
    assert f'formaction="{here}es/"' in page
    assert re.search(
        r'name="visit" value="2"', browser.post(f"{here}ar/", {"visit": "2", "do": "stay"}).content.decode()
    )


def test_it_begins_where_a_visitor_does_and_says_what_it_is(browser, made):
    page = browser.get(f"{HERE}{made.pk}/preview/")
    assert "A preview for leads." in page.content.decode()
    assert f'href="{HERE}{made.pk}/"' in page.content.decode(), "there is a way out"
    assert f'href="{HERE}{made.pk}/preview/ar/"' in page.content.decode()
    assert page["Content-Security-Policy"] == dress.POLICY
    assert f"/go/{made.code}" not in page.content.decode()


def test_what_it_holds_cannot_be_sent_to_the_form(browser, made, lead):
    publish(made, lead)
    page = browser.get(f"{HERE}{made.pk}/preview/en/").content.decode()
    visit = re.search(r'name="visit" value="([^"]*)"', page)[1]
    answer = Client().post(f"/go/{made.code}/en/", {"visit": visit, "do": "send", "answer": "no"})
    assert answer.status_code == 422 and not Submission.objects.exists()


@pytest.mark.parametrize("odd", ["?at=-1", "?at=99999999999", "?at=x", "?at=٣", "?at=400"])
def test_odd_numbers_are_no_trouble(browser, made, odd):
    assert browser.get(f"{HERE}{made.pk}/preview/en/{odd}").status_code == 200


def test_a_language_that_is_not_offered_is_not_there(browser, made):
    assert browser.get(f"{HERE}{made.pk}/preview/vi/").status_code == 404
    assert browser.get(f"{HERE}{made.pk}/preview/xx/").status_code == 404


def test_visitors_see_no_word_of_it(made, lead):
    publish(made, lead)
    assert codes(made)
    assert "preview" not in Client().get(f"/go/{made.code}/en/").content.decode().lower()
