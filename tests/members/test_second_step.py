"""An app for codes, recovery codes, taking a step off again, and showing that it is them before any of it."""

import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.actions import second_step as actions
from members.actions.links import link_for, token_for
from members.models import Member
from outbox.actions.sending import send_all
from outbox.models import Message
from tests.members.passkey import Passkey
from tests.members.signing_in import (
    CONFIRM,
    SECOND,
    STEPS,
    adds_app,
    adds_passkey,
    came_in,
    is_in,
    later,
    mailed_code,
    narrowed,
    newest_code,
    shown,
)
from tests.members.test_sign_in import ASK
from web.refusal import Refused

NOW = datetime(2026, 11, 21, 12, 0, 10, tzinfo=UTC)
APP, CODES = f"{STEPS}app/", f"{STEPS}codes/"
LATE = 16 * 60
GUARDED = [APP, CODES, f"{STEPS}passkey/", f"{STEPS}passkey/question/", f"{STEPS}1/remove/"]


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def held(db, mailoutbox, clock, provider):
    """(a browser that signed in, the secret in its app), half a minute ago"""
    browser = came_in(provider.member)
    secret, answer = adds_app(browser)
    assert (answer.status_code, answer.url) == (303, CODES)
    clock.shift(30)
    return browser, secret


def codes_of(browser) -> list[str]:
    html = browser.post(CODES).content.decode()
    return re.findall(r"<li>(\d{4}-\d{4})</li>", html)


def half_in(member: Member) -> Client:
    """A browser in which only the code from the mail was typed."""
    browser = Client()
    assert mailed_code(browser, member) == SECOND
    return browser


def test_the_page_offers_what_there_is(db, mailoutbox, provider, clock):
    browser = came_in(provider.member)
    html = browser.get(STEPS).content.decode()
    assert "Add a passkey" in html
    assert "Add an app" in html
    assert "Recovery codes" not in html
    assert "admin pages" not in html
    adds_app(browser)
    html = browser.get(STEPS).content.decode()
    assert "The app on your phone" in html
    assert "You have none yet." in html
    assert "Add an app" not in html


def test_an_app_gets_its_secret_by_picture_and_by_letters(db, mailoutbox, provider):
    browser = came_in(provider.member)
    assert 'role="img"' not in browser.get(APP).content.decode()
    assert browser.post(APP).url == APP
    answer = browser.get(APP)
    html = answer.content.decode()
    assert "<svg" in html
    assert 'role="img"' in html
    assert all(f"<span>{part}</span>" in html for part in answer.context["secret"])
    assert len("".join(answer.context["secret"])) == 32
    assert browser.get(APP).context["secret"] == answer.context["secret"]


def test_an_app_that_shows_another_code_is_not_added(db, mailoutbox, provider, clock):
    browser = came_in(provider.member)
    browser.post(APP)
    answer = browser.post(APP, {"code": "000000"})
    assert answer.status_code == 422
    assert "This is not the code in the app now." in answer.content.decode()
    assert browser.post(APP, {"code": ""}).status_code == 422
    assert not Authenticator.objects.exists()


def test_there_is_one_app(held):
    answer = adds_app(held[0])[1]
    assert answer.status_code == 422
    assert "You already use an app." in answer.content.decode()


def test_it_is_asked_for_after_the_code_from_the_mail(held, provider):
    browser = half_in(provider.member)
    assert not is_in(browser)
    assert "One more step" in browser.get(SECOND).content.decode()
    wrong = browser.post(SECOND, {"code": "000000"})
    assert wrong.status_code == 422
    assert "This code is not right" in wrong.content.decode()
    assert browser.post(SECOND, {"code": ""}).status_code == 422
    code = shown(held[1])
    assert browser.post(SECOND, {"code": f"{code[:3]} {code[3:]}"}).url == "/tables/"
    assert is_in(browser)


def test_they_still_land_where_they_were_going(held, provider):
    browser = Client()
    mailed_code(browser, provider.member, next="/me/devices/")
    assert browser.post(SECOND, {"code": shown(held[1])}).url == "/me/devices/"


def test_nobody_reaches_the_second_step_without_the_first(held, visitor, provider):
    assert visitor.get(SECOND).url == ASK
    assert visitor.post(SECOND, {"code": shown(held[1])}).url == ASK
    assert visitor.post(f"{SECOND}question/").url == ASK
    visitor.post(ASK, {"email": provider.member.email})
    assert visitor.post(SECOND, {"code": shown(held[1])}).url == ASK
    assert not is_in(visitor)


def test_a_code_counts_once_also_the_one_it_was_added_with(held, provider, clock):
    clock.shift(-30)
    first = shown(held[1])
    assert half_in(provider.member).post(SECOND, {"code": first}).status_code == 422
    clock.shift(30)
    code = shown(held[1])
    assert half_in(provider.member).post(SECOND, {"code": code}).status_code == 302
    again = half_in(provider.member)
    assert again.post(SECOND, {"code": code}).status_code == 422
    assert not is_in(again)


@pytest.mark.parametrize(("steps", "status"), [(-2, 422), (-1, 302), (1, 302), (2, 422)])
def test_a_clock_may_be_half_a_minute_off(held, provider, clock, steps, status):
    clock.shift(90)
    code = shown(held[1], steps=steps)
    assert half_in(provider.member).post(SECOND, {"code": code}).status_code == status


def test_guessing_is_stopped(held, provider):
    browser = half_in(provider.member)
    for _try in range(5):
        browser.post(SECOND, {"code": "000000"})
    answer = browser.post(SECOND, {"code": shown(held[1])})
    assert answer.status_code == 422
    assert "too many tries" in answer.content.decode()
    assert not is_in(browser)


def test_whoever_took_it_off_meanwhile_goes_on(held, provider):
    browser = half_in(provider.member)
    Authenticator.objects.all().delete()
    assert browser.get(SECOND).url == "/tables/"
    assert is_in(browser)


def test_recovery_codes_are_shown_once_and_count_once(held, provider):
    codes = codes_of(held[0])
    assert len(set(codes)) == 10
    html = held[0].get(CODES).content.decode()
    assert "You have codes already." in html
    assert not any(code in html for code in codes)
    browser = half_in(provider.member)
    assert "Or one of your recovery codes." in browser.get(SECOND).content.decode()
    assert browser.post(SECOND, {"code": codes[0]}).url == "/tables/"
    assert half_in(provider.member).post(SECOND, {"code": codes[0]}).status_code == 422
    assert half_in(provider.member).post(SECOND, {"code": codes[1].replace("-", "")}).status_code == 302


def test_new_codes_end_the_old_ones(held, provider):
    old, new = codes_of(held[0])[0], codes_of(held[0])[0]
    assert half_in(provider.member).post(SECOND, {"code": old}).status_code == 422
    assert half_in(provider.member).post(SECOND, {"code": new}).status_code == 302


def test_codes_stand_in_for_something(db, mailoutbox, provider):
    browser = came_in(provider.member)
    assert browser.get(CODES).url == browser.post(CODES).url == STEPS
    with pytest.raises(Refused):
        actions.make_recovery_codes(provider.member, now=NOW)
    assert not Authenticator.objects.exists()


def test_taking_off_the_last_one_takes_the_codes_along(held, provider):
    browser = held[0]
    codes_of(browser)
    path = f"{STEPS}{Authenticator.objects.get(type='totp').pk}/remove/"
    assert "It is your last one." in browser.get(path).content.decode()
    assert Authenticator.objects.count() == 2
    assert browser.post(path).url == STEPS
    assert not Authenticator.objects.exists()
    assert mailed_code(Client(), provider.member) == "/tables/"


def test_taking_off_one_of_two_leaves_the_codes(held):
    browser = held[0]
    codes_of(browser)
    adds_passkey(browser, name="<i>Old</i>")
    path = f"{STEPS}{Authenticator.objects.get(type='webauthn').pk}/remove/"
    html = browser.get(path).content.decode()
    assert "Remove the passkey “&lt;i&gt;Old&lt;/i&gt;”?" in html
    assert "You cannot sign in with it any more." in html
    browser.post(path)
    assert set(Authenticator.objects.values_list("type", flat=True)) == {"totp", "recovery_codes"}


def test_nobody_takes_off_somebody_elses_or_the_codes_alone(held, parent):
    codes_of(held[0])
    theirs = came_in(parent.member)
    for each in Authenticator.objects.all():
        assert theirs.post(f"{STEPS}{each.pk}/remove/").status_code == 404
    codes = Authenticator.objects.get(type="recovery_codes")
    assert held[0].post(f"{STEPS}{codes.pk}/remove/").status_code == 404


def test_secrets_are_sealed_in_the_database(held, settings):
    codes_of(held[0])
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert held[1] not in kept
    assert held[1] not in str(held[0].session.items())
    assert "seed" in kept
    app = Authenticator.objects.get(type="totp")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another, as long and as random as the first one was, for all we know"
    assert actions.accept_code(app.user, code=shown(held[1]), now=timezone.now()) == app
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(Refused):
        later_code = shown(held[1], steps=1)
        actions.accept_code(app.user, code=later_code, now=timezone.now() + timedelta(seconds=30))


def test_every_change_is_told_in_their_language_and_says_no_more(db, mailoutbox, parent, clock):
    browser = came_in(parent.member)
    secret, _answer = adds_app(browser)
    codes = codes_of(browser)
    browser.post(f"{STEPS}{Authenticator.objects.get(type='totp').pk}/remove/")
    del mail.outbox[:]
    send_all(clock=timezone.now)
    subjects = [each.subject for each in mail.outbox]
    assert len(subjects) == 3
    assert subjects[0] == "Se agregó una app de códigos a su cuenta"
    told = "".join(each.subject + each.body for each in mail.outbox)
    assert told.count(STEPS) == told.count("/me/devices/") == 3
    assert not any(each in told for each in (secret, *codes, "12:0", "127.0.0.2"))
    assert not any(message.text for message in Message.objects.all())


def test_an_address_that_no_mail_reaches_stops_nothing(db, provider):
    Member.objects.update(email="rosa@münchen.example")
    provider.member.refresh_from_db()
    actions.add_app(provider.member, secret="A" * 32, code=shown("A" * 32, NOW), now=NOW)
    assert Authenticator.objects.exists()


# Showing that it is them.


@pytest.mark.parametrize("path", GUARDED)
def test_a_browser_left_open_is_asked_who_is_there(db, mailoutbox, provider, path):
    browser = came_in(provider.member)
    later(browser, LATE)
    assert browser.post(path).url == f"{CONFIRM}?next={path.replace('/', '%2F')}"
    assert browser.get(path).status_code == 302
    assert not Authenticator.objects.exists()


def test_a_code_from_the_mail_shows_it(db, mailoutbox, provider, clock):
    browser = came_in(provider.member)
    later(browser, LATE)
    to_confirm = browser.get(APP).url
    html = browser.get(to_confirm).content.decode()
    assert "Mail me a code" in html
    assert 'name="code"' not in html
    assert (
        browser.post(to_confirm, {"action": "mail", "next": APP}).url
        == f"{CONFIRM}?next=%2Fme%2Fsecond-step%2Fapp%2F"
    )
    send_all(clock=timezone.now)
    assert "show that it is you" in mail.outbox[-1].body
    assert browser.post(to_confirm, {"code": "0000-0000", "next": APP}).status_code == 422
    code = newest_code()
    assert code not in str(browser.session.items())
    assert browser.post(to_confirm, {"code": code.replace("-", ""), "next": APP}).url == APP
    assert browser.get(APP).status_code == 200
    later(browser, LATE)
    assert browser.post(to_confirm, {"code": code, "next": APP}).status_code == 422
    assert browser.get(APP).status_code == 302


def test_that_code_runs_out(db, mailoutbox, provider, clock):
    browser = came_in(provider.member)
    browser.post(CONFIRM, {"action": "mail"})
    send_all(clock=timezone.now)
    clock.shift(20 * 60)
    assert browser.post(CONFIRM, {"code": newest_code()}).status_code == 422


def test_a_session_that_was_begun_without_a_code_is_asked_too(client_of, provider):
    assert client_of(provider).get(APP).url.startswith(CONFIRM)


def test_with_a_second_step_mail_does_not_show_it(held, clock):
    browser, secret = held
    later(browser, LATE)
    to_confirm = browser.get(APP).url
    html = browser.get(to_confirm).content.decode()
    assert "Mail me a code" not in html
    browser.post(CONFIRM, {"action": "mail", "next": APP})
    send_all(clock=timezone.now)
    assert browser.post(to_confirm, {"code": newest_code(), "next": APP}).status_code == 422
    assert browser.get(APP).status_code == 302
    assert browser.post(to_confirm, {"code": shown(secret), "next": APP}).url == APP
    assert browser.get(APP).status_code == 200


def test_mail_stops_showing_it_in_every_browser_once_there_is_a_second_step(db, mailoutbox, provider):
    """Also where somebody typed a code from the mail a minute before."""
    other, browser = came_in(provider.member), came_in(provider.member)
    assert other.get(APP).status_code == 200
    adds_passkey(browser)
    assert other.get(APP).url.startswith(CONFIRM)
    assert browser.get(APP).status_code == 200


def test_a_passkey_shows_it(db, mailoutbox, provider):
    browser = came_in(provider.member)
    passkey, _answer = adds_passkey(browser)
    later(browser, LATE)
    question = browser.post(f"{CONFIRM}question/").json()
    assert len(question["publicKey"]["allowCredentials"]) == 1
    assert browser.post(CONFIRM, {"credential": "{}"}).status_code == 422
    assert browser.post(CONFIRM, {"credential": passkey.answer(question), "next": CODES}).url == CODES
    assert browser.get(CODES).status_code == 200


def test_a_passkey_is_nothing_to_somebody_without_one(db, mailoutbox, provider):
    browser = came_in(provider.member)
    later(browser, LATE)
    assert browser.post(CONFIRM, {"credential": "{}"}).status_code == 422
    assert browser.get(APP).status_code == 302


def test_asking_and_guessing_are_stopped_here_too(db, mailoutbox, provider, clock):
    browser = came_in(provider.member)
    later(browser, LATE)
    clock.shift(60)
    answers = [browser.post(CONFIRM, {"action": "mail"}).status_code for _ in range(4)]
    assert answers == [303, 303, 303, 422]
    send_all(clock=timezone.now)
    for _try in range(5):
        browser.post(CONFIRM, {"code": "1"})
    answer = browser.post(CONFIRM, {"code": newest_code()})
    assert answer.status_code == 422
    assert "too many tries" in answer.content.decode()


@pytest.mark.parametrize("going", ["https://evil.example/", "//evil.example", "http://[", ""])
def test_it_leads_nowhere_else(held, going):
    browser, secret = held
    assert browser.post(CONFIRM, {"code": shown(secret), "next": going}).url == STEPS


@pytest.mark.parametrize("path", [STEPS, CONFIRM, f"{CONFIRM}question/", f"{STEPS}1/name/", *GUARDED])
def test_a_link_that_somebody_handed_over_changes_nothing_here(db, mailoutbox, provider, visitor, path):
    browser = narrowed(came_in(provider.member), provider.member)
    assert browser.get(path).status_code == browser.post(path).status_code == 403
    assert visitor.get(path).url.startswith(ASK)


def test_a_session_for_a_seat_alone_adds_no_passkey(db, mailoutbox, provider):
    """Also with a good answer to a question that was asked before the session was narrowed."""
    browser = came_in(provider.member)
    said = Passkey().make(browser.post(f"{STEPS}passkey/question/").json())
    narrowed(browser, provider.member)
    assert browser.post(f"{STEPS}passkey/", {"name": "x", "credential": said}).status_code == 403
    assert not Authenticator.objects.exists()


def test_a_handed_link_meets_the_second_step_and_still_opens_one_seat(held, provider, handed_link):
    """Whoever hands it over cannot use it themselves; and the step does not widen what it opens."""
    browser = Client()
    assert browser.post(handed_link(provider)).url == SECOND
    assert not is_in(browser)
    assert browser.post(SECOND, {"code": shown(held[1])}).url == "/tables/"
    assert is_in(browser)
    assert browser.get(STEPS).status_code == 403


def test_their_own_link_from_the_mail_shows_that_it_is_them(db, provider, clock):
    form = uuid.uuid4()
    link_for(provider.member, form=form, path="/tables/", now=NOW, lasts=timedelta(days=1)).save()
    browser = Client()
    browser.post(reverse("link", args=[token_for(form)]))
    assert browser.get(APP).status_code == 200
    later(browser, LATE)
    assert browser.get(APP).url.startswith(CONFIRM)


def test_nobody_sees_second_steps_in_the_admin():
    assert Authenticator not in admin.site._registry


def test_the_operator_takes_them_off(held, provider, capsys):
    codes_of(held[0])
    call_command("take_off_second_steps", provider.member.email.upper())
    assert "Taken off: 1." in capsys.readouterr().out
    assert not Authenticator.objects.exists()
    send_all(clock=timezone.now)
    assert mail.outbox[-1].subject == "The second step was taken off your account"
    assert actions.take_off_second_steps(provider.member, now=NOW) == 0
    with pytest.raises(CommandError):
        call_command("take_off_second_steps", "nobody@example.org")
