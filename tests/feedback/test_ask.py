import re

import pytest
import time_machine
from django.test import Client

from feedback.models import Submission
from feedback.receipts import digests

from .conftest import Phone


@pytest.fixture(autouse=True)
def _slowly(monkeypatch):
    """Nobody is too quick here; test_spam.py has those."""
    monkeypatch.setattr("feedback.visit.QUICK", -1)


def sent(phone) -> str:
    """The receipt on the page of thanks."""
    return re.search(r'class="code">([\d ]+)<', phone.text)[1]


def all_the_way(phone, *answers: str) -> str:
    for answer in answers:
        phone.press(answer=answer)
    return sent(phone)


def test_a_visit_is_kept_once_and_says_nothing_of_who(phone):
    code = all_the_way(phone, "yes", "More evening hours", "parent")
    kept = Submission.objects.get()
    assert kept.answers == {"changed": "yes", "most": "More evening hours"}
    assert (kept.language, kept.role, kept.batch) == ("en", "parent", None)
    assert re.fullmatch(r"\d{4}-W\d\d", kept.week)
    assert kept.receipt in digests(code)


def test_nothing_is_written_before_the_last_page(phone, django_assert_num_queries):
    phone.press(answer="yes")
    phone.press(answer="Words")
    assert not Submission.objects.exists()


def test_sending_twice_keeps_one_and_shows_the_same_code(phone):
    phone.press(answer="yes")
    phone.press(answer="Words")
    last = phone.visit
    pages = [
        phone.client.post(phone.address, {"visit": last, "do": "next", "answer": "parent"}) for _ in range(3)
    ]
    shown = {re.sub(r'name="visit" value="[^"]*"', "", page.content.decode()) for page in pages}
    assert len(shown) == 1
    assert Submission.objects.count() == 1


def test_every_question_can_be_skipped_and_an_empty_visit_leaves_nothing(phone):
    for _ in range(3):
        phone.press("skip")
    assert sent(phone)
    assert not Submission.objects.exists()


def test_switching_language_keeps_the_answers(phone):
    phone.press(answer="yes")
    phone.press("stay", to="/go/kentucky/es/", answer="Half a thou")
    assert "¿Qué ayudaría más?" in phone.text and "Half a thou" in phone.text
    assert 'lang="es"' in phone.text
    phone.press(answer="Más horas")
    phone.press("skip")
    assert Submission.objects.get().answers == {"changed": "yes", "most": "Más horas"}
    assert Submission.objects.get().language == "es"


def test_going_back_shows_what_was_said(phone):
    phone.press(answer="no")
    phone.press("back", answer="A start")
    assert re.search(r'value="no" checked', phone.text)
    phone.press(answer="yes")
    assert "A start" in phone.text


def test_it_sets_no_cookie_and_reads_none(phone, client_of, lead):
    assert not phone.client.cookies
    browser = client_of(lead)
    page = browser.get("/go/kentucky/en/")
    assert not page.cookies
    assert lead.member.name not in page.content.decode()
    assert "user" not in page.wsgi_request.__dict__ or not page.wsgi_request.user.is_authenticated


def test_words_that_seem_to_say_who_are_asked_about_once(phone):
    phone.press(answer="yes")
    phone.press(answer="Call me at 502 555 0142")
    phone.press("skip")
    assert "502 555 0142" in phone.text and not Submission.objects.exists()
    phone.press("to:most")
    assert "502 555 0142" in phone.text
    phone.press(answer="Call me")
    phone.press("skip")
    assert Submission.objects.get().answers["most"] == "Call me"


def test_words_can_be_sent_as_they_are(phone):
    phone.press(answer="yes")
    phone.press(answer="Call me at 502 555 0142")
    phone.press("skip")
    phone.press("send")
    assert "0142" in Submission.objects.get().answers["most"]


@pytest.mark.parametrize("visit", ["", "nothing of ours", "gAAAAA", "é" * 200])
def test_a_visit_that_is_not_ours_starts_over(phone, visit):
    page = phone.client.post("/go/kentucky/en/", {"visit": visit, "do": "next"})
    assert page.status_code == 422
    assert not Submission.objects.exists()


def test_a_visit_that_is_a_day_old_starts_over(phone):
    visit = phone.visit
    with time_machine.travel("2126-01-01"):
        assert phone.client.post("/go/kentucky/en/", {"visit": visit}).status_code == 422


def test_an_answer_that_is_not_on_the_list_is_asked_again(phone):
    assert phone.press(answer="perhaps").status_code == 422
    assert phone.press(answer="yes").status_code == 200


def test_words_that_are_too_long_are_not_lost(phone):
    phone.press(answer="yes")
    long = "far too long " * 90
    assert phone.press(answer=long).status_code == 422
    assert long.strip() in phone.text


def test_another_site_cannot_send_for_somebody(phone):
    for said in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}):
        assert Client().post("/go/kentucky/en/", {"visit": phone.visit}, headers=said).status_code == 403
    fine = {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}
    assert Client().post("/go/kentucky/en/", {"visit": phone.visit}, headers=fine).status_code == 200


def test_an_address_that_nobody_published_is_not_there(form):
    assert Client().get("/go/nothing/").status_code == 404
    assert Client().get("/go/kentucky/xx/").status_code == 404


def test_right_to_left(form):
    assert 'dir="rtl"' in Phone("/go/kentucky/ar/").text
