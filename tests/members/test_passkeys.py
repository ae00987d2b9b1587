"""Passkeys, from adding one to signing in with it, through the pages and with real signatures."""

import json
from datetime import time

import pytest
from allauth.account.utils import user_pk_to_url_str
from allauth.core import context
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.utils import timezone
from fido2.utils import websafe_encode
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from members import passkeys
from outbox.actions.sending import send_all
from tests.members.passkey import Passkey
from tests.members.signing_in import (
    SECOND,
    STEPS,
    WITH_PASSKEY,
    adds_passkey,
    came_in,
    is_in,
    mailed_code,
    signs_in_with,
)
from tests.members.test_sign_in import ASK
from web.refusal import Refused

ADD = f"{STEPS}passkey/"


@pytest.fixture
def held(db, mailoutbox, provider):
    """(a browser that signed in, the passkey it added)"""
    browser = came_in(provider.member)
    passkey, answer = adds_passkey(browser)
    assert answer.status_code == 303
    return browser, passkey


def test_a_passkey_is_added_and_signs_in_by_itself(held, provider):
    browser, passkey = held
    assert "My phone" in browser.get(STEPS).content.decode()
    fresh, answer = signs_in_with(passkey)
    assert (answer.status_code, answer.url) == (302, "/tables/")
    assert fresh.session["_auth_user_id"] == str(provider.member.pk)


def test_signing_in_leads_to_where_they_were_going(held):
    _browser, answer = signs_in_with(held[1], next="/me/devices/")
    assert answer.url == "/me/devices/"
    assert signs_in_with(held[1], next="https://evil.example/")[1].url == "/tables/"


def test_the_first_leads_on_to_recovery_codes_and_the_second_does_not(held):
    browser, _passkey = held
    answers = [adds_passkey(browser)[1].url]
    browser.post(f"{STEPS}codes/")
    answers.append(adds_passkey(browser)[1].url)
    assert answers == [f"{STEPS}codes/", STEPS]


def test_what_is_kept_is_what_we_need(held):
    """No moment, and nothing that a browser adds of its own."""
    passkey = Authenticator.objects.get()
    assert passkey.data["name"] == "My phone"
    assert set(passkey.data["credential"]) == {"id", "rawId", "type", "response"}
    assert set(passkey.data["credential"]["response"]) == {"clientDataJSON", "attestationObject"}
    signs_in_with(held[1])
    passkey.refresh_from_db()
    assert passkey.last_used_at is None
    assert timezone.localtime(passkey.created_at).time() == time(0)
    assert timezone.localtime(passkey.created_at).date() == timezone.localdate()


def test_what_a_browser_adds_is_left_out(db, mailoutbox, provider):
    browser = came_in(provider.member)
    passkey = Passkey()
    said = json.loads(passkey.make(browser.post(f"{ADD}question/").json()))
    said |= {
        "canary": "q\u0000",
        "clientExtensionResults": {"x": "canary"},
        "authenticatorAttachment": "platform",
    }
    assert browser.post(ADD, {"name": "One", "credential": json.dumps(said)}).status_code == 303
    assert "canary" not in json.dumps(Authenticator.objects.get().data)
    assert is_in(signs_in_with(passkey)[0])


def test_it_is_the_second_step_after_a_code(held, provider):
    browser = Client()
    assert mailed_code(browser, provider.member) == SECOND
    assert not is_in(browser)
    assert "Use a passkey" in browser.get(SECOND).content.decode()
    question = browser.post(f"{SECOND}question/").json()
    assert len(question["publicKey"]["allowCredentials"]) == 1
    answer = browser.post(SECOND, {"credential": held[1].answer(question)})
    assert answer.url == "/tables/"
    assert is_in(browser)


def test_one_that_does_not_check_its_owner_is_no_second_step(held, provider):
    """Whoever finds the phone has its mail too."""
    held[1].verifies = False
    browser = Client()
    mailed_code(browser, provider.member)
    said = held[1].answer(browser.post(f"{SECOND}question/").json())
    assert browser.post(SECOND, {"credential": said}).status_code == 422
    assert not is_in(browser)


def test_somebody_elses_passkey_is_no_second_step(held, provider, parent):
    other, _answer = adds_passkey(came_in(parent.member))
    browser = Client()
    mailed_code(browser, provider.member)
    question = browser.post(f"{SECOND}question/").json()
    answer = browser.post(SECOND, {"credential": other.answer(question)})
    assert answer.status_code == 422
    assert "That passkey did not work." in answer.content.decode()
    assert not is_in(browser)


@pytest.mark.parametrize(
    ("wrong", "value"),
    [("verifies", False), ("origin", "https://evil.example"), ("key", None), ("owner", "enp6enp6eg")],
)
def test_one_that_answers_wrongly_does_not_come_in(held, wrong, value):
    passkey = held[1]
    setattr(passkey, wrong, Passkey().key if value is None else value)
    browser, answer = signs_in_with(passkey)
    assert (answer.status_code, answer.url) == (303, f"{ASK}?next=")
    assert "That passkey did not work." in browser.get(ASK).content.decode()
    assert not is_in(browser)


@pytest.mark.parametrize(("wrong", "value"), [("verifies", False), ("origin", "https://evil.example")])
def test_one_that_is_made_wrongly_is_not_added(db, mailoutbox, provider, wrong, value):
    passkey = Passkey()
    setattr(passkey, wrong, value)
    _passkey, answer = adds_passkey(came_in(provider.member), passkey)
    assert answer.status_code == 422
    assert 'value="My phone"' in answer.content.decode()
    assert not Authenticator.objects.exists()


def test_a_kind_of_key_that_we_cannot_check_is_not_added(db, mailoutbox, provider, monkeypatch):
    """It would be kept, and never let anybody in."""
    monkeypatch.setattr("tests.members.passkey.ES256.from_cryptography_key", lambda key: {1: 2, 3: -65000})
    _passkey, answer = adds_passkey(came_in(provider.member))
    assert answer.status_code == 422
    assert not Authenticator.objects.exists()


def test_a_question_can_be_answered_once(held):
    _browser, passkey = held
    browser = Client()
    question = browser.post(f"{WITH_PASSKEY}question/").json()
    said = passkey.answer(question)
    browser.post(WITH_PASSKEY, {"credential": said})
    assert is_in(browser)
    again = Client()
    assert again.post(WITH_PASSKEY, {"credential": said}).status_code == 303
    again.post(f"{WITH_PASSKEY}question/")
    again.post(WITH_PASSKEY, {"credential": said})
    assert not is_in(again)


def test_the_question_at_the_door_names_nobody(held, visitor):
    question = visitor.post(f"{WITH_PASSKEY}question/").json()["publicKey"]
    assert not question.get("allowCredentials")
    assert question["userVerification"] == "required"
    assert visitor.get(f"{WITH_PASSKEY}question/").status_code == 405


def test_a_failed_passkey_tells_no_account_from_a_missing_one(held, parent):
    """A stranger's passkey, for a member who has one, a member who has none, and nobody."""

    def seen(owner: str):
        stranger = Passkey(owner=owner)
        browser, answer = signs_in_with(stranger)
        page = browser.get(ASK)
        html = page.content.decode().split("<main", 1)[1].split("csrfmiddlewaretoken", 1)[0]
        return answer.status_code, answer.url, sorted(answer.headers), answer.content, html

    known, without = held[1].owner, websafe_encode(user_pk_to_url_str(parent.member).encode())
    assert seen(known) == seen(without) == seen(websafe_encode(b"zzzzzzz"))


def test_a_member_who_is_switched_off_does_not_come_in(held, provider):
    provider.member.is_active = False
    provider.member.save()
    browser, answer = signs_in_with(held[1])
    assert answer.url == "/sign-in/off/"
    assert not is_in(browser)


def test_nobody_has_more_than_ten(held, monkeypatch):
    monkeypatch.setattr("members.actions.second_step.MOST_PASSKEYS", 2)
    browser, _passkey = held
    assert adds_passkey(browser)[1].status_code == 303
    answer = adds_passkey(browser)[1]
    assert answer.status_code == 422
    assert "You have ten passkeys." in answer.content.decode()


def test_its_name_can_be_changed_by_its_owner_alone(held, parent):
    browser, _passkey = held
    path = f"{STEPS}{Authenticator.objects.get().pk}/name/"
    assert 'value="My phone"' in browser.get(path).content.decode()
    assert browser.post(path, {"name": " "}).status_code == 422
    assert browser.post(path, {"name": "<b>Old</b>"}).url == STEPS
    assert "&lt;b&gt;Old&lt;/b&gt;" in browser.get(STEPS).content.decode()
    theirs = came_in(parent.member)
    assert theirs.get(path).status_code == theirs.post(path, {"name": "Mine"}).status_code == 404


def test_a_name_is_offered(db, mailoutbox, provider):
    browser = came_in(provider.member)
    agent = "Mozilla/5.0 (Android 14; Mobile; rv:128.0) Gecko/128.0 Firefox/128.0"
    html = browser.get(ADD, headers={"user-agent": agent}).content.decode()
    assert 'value="Firefox on Android"' in html
    assert 'value="My passkey"' in browser.get(ADD).content.decode()


def test_it_is_told_by_mail_without_saying_more(held):
    del mail.outbox[:]
    send_all(clock=timezone.now)
    (told,) = mail.outbox
    assert told.subject == "A passkey was added to your account"
    assert f"{STEPS}\n" in told.body
    assert not any(word in told.body for word in ("My phone", "iPhone", "Mozilla", "192.0.2"))


def test_asking_at_the_door_again_and_again_is_stopped(held):
    browser = Client()
    codes = [browser.post(f"{WITH_PASSKEY}question/").status_code for _ in range(41)]
    assert codes == [200] * 40 + [429]
    answer = browser.post(WITH_PASSKEY, {"credential": "{}"})
    assert answer.status_code == 303
    assert "too many tries" in browser.get(ASK).content.decode()


def test_there_is_nothing_to_see_at_the_address_that_signs_in(visitor, held):
    assert visitor.get(WITH_PASSKEY).url == ASK
    assert held[0].post(WITH_PASSKEY, {"credential": "{}"}).url == ASK


UNREADABLE = ["", "x", "null", "[]", "1", '"x"', "{}", '{"id":1}', "[" * 19_000, "x" * 20_001]
UNREADABLE += ['{"rawId":"AA","response":{}}', '{"response":[]}', '{"response":{"userHandle":1}}']
UNREADABLE += ['{"id":"\\ud800","rawId":"é","response":{"userHandle":"MTIzNDU2Nzg5MDEyMzQ1Njc4OTA"}}']


@pytest.mark.parametrize("said", UNREADABLE, ids=range(len(UNREADABLE)))
def test_what_cannot_be_read_is_refused_everywhere(held, visitor, said, provider):
    browser, _passkey = held
    visitor.post(f"{WITH_PASSKEY}question/")
    assert visitor.post(WITH_PASSKEY, {"credential": said}).status_code == 303
    browser.post(f"{ADD}question/")
    assert browser.post(ADD, {"name": "One", "credential": said}).status_code == 422
    half = Client()
    mailed_code(half, provider.member)
    half.post(f"{SECOND}question/")
    assert half.post(SECOND, {"credential": said}).status_code == 422
    assert Authenticator.objects.count() == 1


FIELDS = ("clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle")
junk = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=20)
    | st.binary(max_size=80).map(websafe_encode),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=3),
    max_leaves=6,
)


@pytest.mark.parametrize("place", [*FIELDS, "id", "rawId"])
def test_a_number_sets_no_memory_aside(held, visitor, place):
    """It was read as a length: one request could have asked for all the memory there is."""
    said = json.loads(held[1].answer(visitor.post(f"{WITH_PASSKEY}question/").json()))
    (said["response"] if place in FIELDS else said)[place] = 10**15
    assert visitor.post(WITH_PASSKEY, {"credential": json.dumps(said)}).status_code == 303
    assert not is_in(visitor)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.sampled_from((*FIELDS, "id", "rawId", "type", "response")), put=junk, making=st.booleans())
def test_no_change_to_an_answer_breaks_anything(held, rf, place, put, making):
    """Only the part that carries no proof may change and still be accepted."""
    _browser, passkey = held
    request = rf.post("/", headers={"host": "testserver"})
    request.session, request.user = {}, Authenticator.objects.get().user
    with context.request_context(request):
        if making:
            passkey = Passkey()
            said = json.loads(passkey.make(json.loads(json.dumps(passkeys.question_for_new(request.user)))))
        else:
            said = json.loads(passkey.answer(json.loads(json.dumps(passkeys.question(None)))))
        (said["response"] if place in FIELDS else said)[place] = put
        try:
            passkeys.made(json.dumps(said)) if making else passkeys.used(json.dumps(said))
        except Refused:
            pass
        else:
            assert place in (
                "type",
                "userHandle",
                *(("authenticatorData", "signature") if making else ("attestationObject",)),
            )
