"""Lost signal, double tap, two tabs, a page left open, a form that closes meanwhile: nothing is lost or kept twice."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from feedback.models import Submission, Wording
from feedback.receipts import digests

from .conftest import Phone

EN = "/go/kentucky/en/"
MORNING = "2026-11-23 15:00Z"


@pytest.fixture(autouse=True)
def _slowly(monkeypatch):
    monkeypatch.setattr("feedback.visit.QUICK", -1)


def code_on(page):
    found = re.search(r'class="code">([\d ]+)<', page.content.decode())
    return found and found[1]


def answered(phone, *answers):
    for answer in answers:
        phone.press(answer=answer)
    return phone


def test_back_and_on_again_keeps_one(phone):
    first = phone.visit
    answered(phone, "yes", "Words")
    code = code_on(phone.press("skip"))
    for visit in (first,):  # the browser's own back button shows the page as it was
        page = phone.client.post(EN, {"visit": visit, "do": "next", "answer": "no"})
        phone.page = page
        phone.press("skip")
        assert code_on(phone.press("skip")) == code
    assert Submission.objects.get().answers == {"changed": "yes", "most": "Words"}


def test_two_tabs_are_two_visits_and_a_copied_tab_is_one(form):
    codes = []
    for tab in (Phone(EN), Phone(EN)):
        answered(tab, "yes")
        tab.press("skip")
        last = tab.visit
        codes += [code_on(tab.press("skip")), code_on(tab.client.post(EN, {"visit": last, "do": "skip"}))]
    assert codes[0] == codes[1] != codes[2] == codes[3]
    assert Submission.objects.count() == 2


def test_another_language_after_sending_shows_the_same_code_and_keeps_one(phone):
    answered(phone, "yes", "Words")
    code = code_on(phone.press("skip"))
    page = phone.press("send", to="/go/kentucky/es/")
    assert code_on(page) == code
    assert "Gracias" in phone.text
    assert Submission.objects.get().language == "en"


def test_a_page_left_open_for_a_day_begins_again_with_everything_in_it(form):
    with time_machine.travel(MORNING, tick=False) as clock:
        phone = answered(Phone(EN), "yes")
        clock.shift(timedelta(days=1, minutes=1))
        page = phone.press(answer="Half a thought")
        assert page.status_code == 422
        assert "Start again" in phone.text and "Did anything change?" in phone.text
        assert 'value="yes" checked' in phone.text
        phone.press(answer="yes")
        assert "Half a thought" in phone.text
        phone.press()
        assert code_on(phone.press("skip"))
    assert Submission.objects.get().answers["changed"] == "yes"


def test_a_page_that_was_sent_and_left_open_is_still_the_same_visit(form):
    with time_machine.travel(MORNING, tick=False) as clock:
        phone = answered(Phone(EN), "yes")
        phone.press("skip")
        before = phone.visit
        code = code_on(phone.press("skip"))
        clock.shift(timedelta(days=2))
        phone.page = phone.client.post(EN, {"visit": before, "do": "next"})
        for _ in range(3):
            phone.press()
        assert code_on(phone.page) == code
    assert Submission.objects.count() == 1


def test_after_a_week_it_is_forgotten(form):
    with time_machine.travel(MORNING, tick=False) as clock:
        phone = answered(Phone(EN), "yes")
        clock.shift(timedelta(days=8))
        page = phone.press(answer="Half a thought")
        assert page.status_code == 422
        assert 'name="visit"' not in phone.text
        assert "Half a thought" in phone.text


def test_a_broken_field_starts_over_and_shows_what_was_typed_to_copy(phone):
    answered(phone, "yes")
    page = phone.client.post(EN, {"visit": phone.visit[:-9], "do": "next", "answer": "<b>My words</b>"})
    assert page.status_code == 422
    assert "&lt;b&gt;My words&lt;/b&gt;" in page.content.decode()
    assert not Submission.objects.exists()


def test_whoever_began_before_the_last_day_was_over_may_finish(form):
    form.closes_on = date(2026, 11, 23)
    form.save()
    with time_machine.travel(
        "2026-11-24 04:58Z", tick=False
    ) as clock:  # two minutes to midnight at this table
        phone = Phone(EN)
        clock.shift(timedelta(minutes=10))
        assert "closed" in Client().get(EN).content.decode()
        answered(phone, "yes")
        phone.press("skip")
        code = code_on(phone.press("skip"))
        clock.shift(timedelta(days=1))
        assert "closed" in phone.press("send").content.decode()
    assert Submission.objects.get().receipt in digests(code)


def test_a_lead_who_stops_a_form_stops_it_for_everybody(form):
    phone = Phone(EN)
    answered(phone, "yes")
    form.stopped_on = date(2026, 11, 1)
    form.save()
    assert "closed" in phone.press("skip").content.decode()
    phone = Client().post(EN, {"visit": "x", "do": "send"})
    assert "closed" in phone.content.decode()
    assert not Submission.objects.exists()


def test_a_visit_goes_on_in_the_words_it_began_with(form, phone):
    content = {"questions": [{"code": "new", "kind": "open", "text": {"en": "Something else?"}}]}
    Wording.objects.create(
        form=form, number=2, languages=["en"], content=content, published_on=date(2026, 11, 2)
    )
    answered(phone, "yes", "Words")
    phone.press("skip")
    assert Submission.objects.get().wording.number == 1
    assert "Something else?" in Client().get(EN).content.decode()


def test_a_language_the_form_does_not_offer_shows_those_it_does(form):
    page = Client().get("/go/kentucky/vi/")
    assert page.status_code == 200
    assert "/go/kentucky/ar/" in page.content.decode() and 'name="visit"' not in page.content.decode()


def test_signs_that_cannot_be_kept_are_said_in_the_language_of_the_page(phone):
    answered(phone, "yes")
    page = phone.press("next", to="/go/kentucky/es/", answer="Más\x00 horas")
    assert page.status_code == 422
    assert "signos que no podemos guardar" in phone.text and "Más horas" in phone.text
    assert phone.press("next", to=EN, answer="Más horas").status_code == 200


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"--x\r\nContent-Dispo", "multipart/form-data; boundary=x"),
        (b"a", "multipart/form-data"),
        (b"visit=%00&do=%ED%A0%80&answer=%FF", "application/x-www-form-urlencoded"),
        ("visit=é".encode("utf-16"), "application/x-www-form-urlencoded; charset=utf-16"),
        (b"{}", "application/json"),
        (b"&".join(b"f%d=x" % n for n in range(400)), "application/x-www-form-urlencoded"),
        (b"answer=" + b"x" * 1_100_000, "application/x-www-form-urlencoded"),
    ],
)
@pytest.mark.parametrize("address", ["/go/kentucky/es/", "/go/kentucky/es/answer/"])
def test_what_cannot_be_read_gets_a_page_in_their_language(form, body, kind, address):
    page = Client().generic("POST", address, body, kind)
    assert page.status_code == 422
    assert 'lang="es"' in page.content.decode()
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    "path", ["/go/%00/", "/go/kentucky/%00/", "/go/kentucky/en%00/answer/", "/go/%ED%A0%80/"]
)
def test_odd_addresses_are_not_there(form, path):
    assert Client().get(path).status_code == 404


def test_a_number_stays_in_its_order_and_a_tap_calls_it(form):
    form.hotline, form.phone = "1-877-597-2331", "ask <Ana>"
    form.save()
    page = Phone("/go/kentucky/ar/").text
    assert '<a href="tel:18775972331"><bdi dir="ltr">1-877-597-2331</bdi></a>' in page
    assert '<bdi dir="ltr">ask &lt;Ana&gt;</bdi>' in page


def test_a_form_is_read_once_in_a_while_and_anew_before_something_is_kept(
    form, settings, django_assert_num_queries
):
    settings.FORMS_KEPT = 60
    phone = Phone("/go/kentucky/es/")
    with django_assert_num_queries(0):
        answered(phone, "yes", "Palabras")
    form.stopped_on = date(2026, 11, 1)
    form.save()
    assert "cerrado" in phone.press("skip").content.decode()
    assert not Submission.objects.exists()
