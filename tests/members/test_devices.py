"""Where a person is signed in, and ending it: one browser, or all but this one."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from config.settings import CELERY_BEAT_SCHEDULE
from members import queries, tasks
from members.actions import devices as actions
from members.adapter import SignInAdapter
from members.models import Device, Link
from outbox.actions.sending import send_all
from tests.members.test_sign_in import ASK, TYPE, code_in

HERE, END_OTHERS = "/me/devices/", "/me/devices/end-others/"
PHONE = "Mozilla/5.0 (Android 14; Mobile; rv:128.0) Gecko/128.0 Firefox/128.0"
LAPTOP = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/126.0.0.0 Safari/537.36"


@pytest.fixture
def signs_in(db, mailoutbox):
    """A browser in which this person signed in with a code, as people do."""

    def sign_in(seat, user_agent=PHONE, address="192.0.2.7") -> Client:
        browser = Client(headers={"user-agent": user_agent}, REMOTE_ADDR=address)
        cache.clear()  # of how often this address has asked
        browser.post(ASK, {"email": seat.member.email})
        send_all(clock=timezone.now)
        browser.post(TYPE, {"code": code_in(mailoutbox[-1])})
        assert is_in(browser)
        return browser

    return sign_in


def is_in(browser: Client) -> bool:
    return browser.get(HERE).status_code == 200


def test_signing_in_lists_the_browser(signs_in, provider):
    browser = signs_in(provider)
    device = Device.objects.get()
    assert (device.member, device.name) == (provider.member, "Firefox on Android")
    assert device.session_key == browser.session.session_key
    assert device.since == timezone.localdate()


def test_nothing_finer_than_a_day_and_a_kind_is_kept(signs_in, provider):
    signs_in(provider)
    kept = {field.name: str(getattr(Device.objects.get(), field.attname)) for field in Device._meta.fields}
    assert set(kept) == {"id", "member", "session_key", "name", "since", "link"}
    assert not any("192.0.2.7" in value or "128" in value or ":" in value for value in kept.values())


def test_signing_in_over_another_persons_session_lists_the_new_one(provider, parent, rf):
    """Django then drops the session instead of giving it a new key, so there is no key until it is saved."""
    request = rf.post("/")
    request.session = SessionStore()
    for seat in (provider, parent):
        SignInAdapter(request).login(request, seat.member)
        device = Device.objects.get(member=seat.member)
        assert device.session_key == request.session.session_key
    assert Session.objects.filter(session_key=device.session_key).exists()


def test_the_page_shows_this_one_first_and_then_the_others(signs_in, provider, parent):
    phone = signs_in(provider)
    signs_in(provider, LAPTOP)
    signs_in(parent, LAPTOP.replace("Chrome/", "Chrome/ OPR/"))
    html = phone.get(HERE).content.decode()
    assert html.index("Firefox on Android") < html.index("You are here") < html.index("Chrome on Linux")
    assert "Opera" not in html


def test_it_is_said_in_the_language_of_the_page(signs_in, provider):
    browser = signs_in(provider)
    browser.cookies["django_language"] = "es"
    html = browser.get(HERE).content.decode()
    assert "Firefox en Android" in html
    assert "Firefox on Android" not in html


@pytest.mark.parametrize(
    ("name", "words"), [("A browser", "Un navegador"), ("Edge", "Edge"), ("Safari on Mac", "Safari en Mac")]
)
def test_every_kind_of_name_can_be_spoken(name, words):
    with override("es"):
        assert queries.spoken(name) == words


def test_a_browser_from_before_the_list_is_shown_all_the_same(client_of, provider):
    html = client_of(provider).get(HERE, headers={"user-agent": LAPTOP}).content.decode()
    assert "Chrome on Linux" in html
    assert "You are here" in html


def test_a_session_that_is_gone_or_has_run_out_is_not_listed(signs_in, provider):
    here = signs_in(provider)
    for user_agent in (LAPTOP, LAPTOP.replace("Linux", "Windows")):
        signs_in(provider, user_agent)
    gone, over = Device.objects.exclude(session_key=here.session.session_key)
    Session.objects.filter(session_key=gone.session_key).delete()
    Session.objects.filter(session_key=over.session_key).update(expire_date=timezone.now())
    html = here.get(HERE).content.decode()
    assert "Chrome on" not in html
    assert "Firefox on Android" in html


def test_signing_out_there_takes_it_off_the_list(signs_in, provider):
    browser = signs_in(provider)
    browser.post("/sign-out/")
    assert not Device.objects.exists()


def test_one_other_browser_is_signed_out(signs_in, provider):
    here, phone, laptop = signs_in(provider), signs_in(provider), signs_in(provider, LAPTOP)
    device = Device.objects.get(session_key=phone.session.session_key)
    answer = here.post(f"{HERE}{device.pk}/end/")
    assert (answer.status_code, answer.url) == (303, HERE)
    assert "That browser is signed out." in here.get(HERE).content.decode()
    assert [is_in(each) for each in (here, phone, laptop)] == [True, False, True]
    assert here.post(f"{HERE}{device.pk}/end/").status_code == 404


def test_nobody_signs_out_somebody_else_or_themselves_by_it(signs_in, provider, parent):
    here, theirs = signs_in(provider), signs_in(parent)
    for browser in (here, theirs):
        device = Device.objects.get(session_key=browser.session.session_key)
        assert here.post(f"{HERE}{device.pk}/end/").status_code == 404
        assert is_in(browser)


def test_everywhere_else_ends_also_what_is_not_listed(signs_in, client_of, provider, parent):
    here, phone, unlisted, theirs = (
        signs_in(provider),
        signs_in(provider),
        client_of(provider),
        signs_in(parent),
    )
    assert is_in(unlisted)
    answer = here.post(END_OTHERS)
    assert (answer.status_code, answer.url) == (303, HERE)
    assert "You are signed out everywhere else." in here.get(HERE).content.decode()
    assert [is_in(each) for each in (here, phone, unlisted, theirs)] == [True, False, False, True]
    (device,) = Device.objects.filter(member=provider.member)
    assert device.session_key == here.session.session_key
    provider.member.refresh_from_db()
    assert not provider.member.has_usable_password()
    here.post(END_OTHERS)
    assert is_in(here)


def test_a_lead_or_an_operator_can_end_them_all(signs_in, client_of, provider):
    browsers = [signs_in(provider), client_of(provider)]
    actions.end_all_devices(provider.member)
    assert not any(is_in(each) for each in browsers)
    assert not Device.objects.exists()
    assert is_in(signs_in(provider))


def test_looking_ends_nothing(signs_in, provider):
    here, phone = signs_in(provider), signs_in(provider)
    device = Device.objects.get(session_key=phone.session.session_key)
    for path in (END_OTHERS, f"{HERE}{device.pk}/end/"):
        assert here.get(path).url == HERE
    assert is_in(phone)


@pytest.mark.parametrize("path", [HERE, END_OTHERS, f"{HERE}1/end/"])
def test_a_session_for_a_seat_alone_and_a_visitor_stay_out(through_link, visitor, provider, path):
    assert through_link(provider).post(path).status_code == 403
    assert visitor.post(path).url.startswith(ASK)


def test_the_page_costs_the_same_for_one_and_many(signs_in, provider, django_assert_num_queries):
    here = signs_in(provider)
    arguments = {"session_key": here.session.session_key, "now": timezone.now()}
    for _more in range(3):
        with django_assert_num_queries(1):
            queries.browsers(provider.member, **arguments)
        signs_in(provider)


def test_tidying_takes_what_has_ended_and_nothing_else(signs_in, provider):
    here = signs_in(provider)
    signs_in(provider, LAPTOP)
    Session.objects.exclude(session_key=here.session.session_key).update(
        expire_date=timezone.now() - timedelta(minutes=1)
    )
    now = datetime(2026, 11, 21, tzinfo=UTC)
    for days, ended in ((91, None), (89, None), (-10, 91), (-10, 89), (-10, None)):
        Link.objects.create(
            member=provider.member,
            digest=f"{days} {ended}",
            path="/",
            made_at=now - timedelta(days=120),
            until=now - timedelta(days=days),
            ended_at=ended and now - timedelta(days=ended),
        )
    actions.tidy(now=now)
    assert set(Link.objects.values_list("digest", flat=True)) == {"89 None", "-10 89", "-10 None"}
    tasks.tidy()
    assert Device.objects.get().session_key == here.session.session_key
    assert Session.objects.get().session_key == here.session.session_key
    assert "members.tasks.tidy" in [each["task"] for each in CELERY_BEAT_SCHEDULE.values()]
