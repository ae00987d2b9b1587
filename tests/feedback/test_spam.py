"""What keeps machines out keeps nobody else out: a second look, never a puzzle, and nothing kept of where from."""

import re

import pytest
import time_machine
from django.test import Client, RequestFactory

from feedback import crowd
from feedback.access import address_of
from feedback.models import Submission

from .conftest import Phone

EN = "/go/kentucky/en/"


def through(phone, **fields):
    phone.press(answer="yes", **fields)
    phone.press("skip", **fields)
    return phone.press("skip", **fields)


def thanked(page):
    return "We have your answers" in page.content.decode()


def test_whoever_is_quicker_than_reading_looks_once_more(form):
    with time_machine.travel("2026-11-23 15:00Z", tick=False) as clock:
        phone = Phone(EN)
        assert "Look at your answers once more" in through(phone).content.decode()
        assert not thanked(phone.press("send"))
        assert not Submission.objects.exists()
        clock.shift(3)
        assert thanked(phone.press("send"))
    assert Submission.objects.count() == 1


@pytest.fixture
def slowly(monkeypatch):
    monkeypatch.setattr("feedback.visit.QUICK", -1)


def test_the_field_nobody_sees_asks_once_and_then_keeps_nothing(form, slowly):
    phone = Phone(EN)
    assert not thanked(through(phone, website="https://spam.example"))
    assert thanked(phone.press("send", website="https://spam.example"))
    assert not Submission.objects.exists()


def test_a_browser_that_filled_it_in_by_itself_costs_nobody_their_answer(form, slowly):
    phone = Phone(EN)
    through(phone, website="https://home.example")
    assert thanked(phone.press("send"))
    assert Submission.objects.count() == 1


def test_the_field_nobody_sees_is_on_each_page_that_sends(form, slowly):
    phone = Phone(EN)
    assert 'name="website"' in phone.text
    through(phone, website="x")
    assert 'name="website"' in phone.text


def test_many_from_one_place_wait_a_minute_and_lose_nothing(form, slowly, settings):
    settings.ANSWERS_FROM_ONE_PLACE = 20
    with time_machine.travel("2026-11-23 15:01Z", tick=False) as clock:
        for _ in range(20):
            assert thanked(through(Phone(EN)))
        phone = Phone(EN)
        page = through(phone)
        assert page.status_code == 429
        assert "Wait a minute" in phone.text
        elsewhere = Phone("/go/kentucky/es/")
        elsewhere.client.defaults["REMOTE_ADDR"] = "192.0.2.7"
        assert "Gracias" in through(elsewhere).content.decode()
        clock.shift(60)
        assert thanked(phone.press("send"))
    assert Submission.objects.count() == 22


def test_an_empty_visit_is_not_counted(form, slowly, settings):
    settings.ANSWERS_FROM_ONE_PLACE = 1
    for _ in range(3):
        phone = Phone(EN)
        for _ in range(3):
            page = phone.press("skip")
        assert thanked(page)


def test_counts_are_by_form_drain_and_are_forgotten():
    room = crowd.Crowd()

    def full(now, form="a", address="192.0.2.1"):
        return room.is_full(form=form, address=address, most=10, now=now)

    assert not any(full(6000) for _ in range(10))
    assert full(6000) and full(6059)
    assert not full(6000, form="b") and not full(6000, address="192.0.2.2")
    assert [full(6060), full(6060)] == [False, True]
    assert not any(full(6600) for _ in range(10))


def test_nothing_of_an_address_is_in_memory_and_the_key_changes():
    room = crowd.Crowd()
    room.is_full(form="a", address="192.0.2.77", most=9, now=6000)
    before = room._key, set(room._counts)
    assert b"192.0.2.77" not in repr(vars(room)).encode()
    assert "192.0.2.77" not in repr(vars(room))
    room.is_full(form="a", address="192.0.2.77", most=9, now=6600)
    assert room._key != before[0] and not set(room._counts) & before[1]


def test_memory_is_bounded_and_whoever_comes_after_is_let_in(monkeypatch):
    monkeypatch.setattr(crowd, "PLACES", 5)
    room = crowd.Crowd()
    for n in range(50):
        assert not room.is_full(form="a", address=f"192.0.2.{n}", most=1, now=6000)
    assert len(room._counts) == 5


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("192.0.2.1", "192.0.2.1"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("x" * 999, "x" * 64),
    ],
)
def test_a_household_is_one_place(address, place):
    assert crowd.whole(address) == place


@pytest.mark.parametrize(
    ("proxies", "forwarded", "found"),
    [
        (0, "198.51.100.1", "127.0.0.1"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.1, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "203.0.113.9"),
        (1, "", ""),
    ],
)
def test_behind_a_proxy_only_what_the_proxy_says_counts(settings, proxies, forwarded, found):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    request = RequestFactory().get("/go/x/", headers={"X-Forwarded-For": forwarded})
    assert address_of(request) == found


def test_no_form_has_a_puzzle_or_asks_who_somebody_is(form):
    names = set(re.findall(r'name="(\w+)"', Client().get(EN).content.decode()))
    assert names <= {"viewport", "robots", "visit", "do", "answer", "website"}
