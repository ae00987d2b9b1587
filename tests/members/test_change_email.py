import re
import time
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coalitions.models import Group, Seat
from members.actions import email as actions
from members.models import Device, Link, Member
from outbox.actions import wishes
from outbox.models import Message, StopLink
from tests.factories.tables import a_member, seat_of
from tests.members.signing_in import just_signed_in

ASK, TYPE = "/me/email/", "/me/email/code/"
NEW = "paz.new@example.org"


@pytest.fixture
def browser(parent):
    Member.objects.filter(pk=parent.member_id).update(language="en")
    return just_signed_in(parent)


def ask(browser, email=NEW):
    return browser.post(ASK, {"email": email})


def mail_to(address) -> Message:
    return Message.objects.filter(to=address).latest("pk")


def code_in(message: Message) -> str:
    return re.search(r"\d{4}-\d{4}", message.text)[0]


def email_of(seat) -> str:
    return Member.objects.get(pk=seat.member_id).email


def signed_in(browser) -> bool:
    return browser.get("/me/").status_code == 200


def test_it_changes_once_the_code_from_the_new_address_is_typed(browser, parent):
    was = parent.member.email
    assert ask(browser, "  Paz.New@Example.org ").url == TYPE
    assert email_of(parent) == was
    code = code_in(mail_to(NEW))
    assert NEW in browser.get(TYPE).content.decode()
    assert browser.post(TYPE, {"code": code.replace("-", " ")}).url == reverse("me")
    assert email_of(parent) == NEW
    assert signed_in(browser)
    assert NEW in browser.get("/me/").content.decode()


def test_the_old_address_is_told_and_not_of_the_new_one(browser, parent):
    was = parent.member.email
    ask(browser)
    assert not Message.objects.filter(to=was).exists()
    browser.post(TYPE, {"code": code_in(mail_to(NEW))})
    told = mail_to(was)
    assert "has changed" in told.subject
    assert NEW not in told.subject + told.text


def test_every_other_session_ends_and_every_link_and_code_of_the_old_address(browser, parent, visitor):
    was = parent.member.email
    other = just_signed_in(parent)
    now = timezone.now()
    link = Link.objects.create(
        member=parent.member, digest="d", path="/", made_at=now, until=now + timedelta(days=1)
    )
    EmailAddress.objects.create(user=parent.member, email=was, verified=True, primary=True)
    visitor.post("/sign-in/", {"email": was})
    on_its_way = code_in(mail_to(was))
    ask(browser)
    browser.post(TYPE, {"code": code_in(mail_to(NEW))})
    assert signed_in(browser)
    assert not signed_in(other)
    link.refresh_from_db()
    assert link.ended_at
    assert not EmailAddress.objects.exists()
    visitor.post("/sign-in/code/", {"code": on_its_way})
    assert not get_user(visitor).is_authenticated
    assert not signed_in(visitor)


def test_the_browser_stays_listed(parent, browser):
    Device.objects.create(
        member=parent.member,
        session_key=browser.session.session_key,
        name="Firefox",
        since=timezone.localdate(),
    )
    ask(browser)
    browser.post(TYPE, {"code": code_in(mail_to(NEW))})
    assert Device.objects.get().session_key == browser.session.session_key


def test_signing_in_with_the_new_address_and_not_with_the_old(browser, parent, visitor):
    was = parent.member.email
    ask(browser)
    browser.post(TYPE, {"code": code_in(mail_to(NEW))})
    visitor.post("/sign-in/", {"email": NEW})
    visitor.post("/sign-in/code/", {"code": code_in(mail_to(NEW))})
    assert signed_in(visitor)
    stranger = Client()
    stranger.post("/sign-in/", {"email": was})
    stranger.post("/sign-in/code/", {"code": code_in(mail_to(was))})
    assert not signed_in(stranger)


def told(answer) -> tuple:
    """All that a page says, but for its token and the address that was typed."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())
    return answer.status_code, answer.headers.get("Location"), re.sub(r"(paz|prue)[.\w-]*@[\w.-]+", "…", text)


def test_nothing_tells_whether_the_new_address_has_an_account(
    browser, parent, provider, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    seen = []
    for address in (NEW, provider.member.email):
        before = Message.objects.count()
        with CaptureQueriesContext(connection) as asked:
            said = told(ask(browser, address))
        page = told(browser.get(TYPE))
        wrong = [told(browser.post(TYPE, {"code": "0000-0000"})) for _again in range(7)]
        seen.append((said, page, wrong, Message.objects.count() - before, len(asked)))
    assert seen[0] == seen[1]
    assert seen[0][3] == 1


def test_the_owner_of_the_other_account_is_told_and_gets_no_code(browser, parent, provider):
    ask(browser, provider.member.email)
    mail = mail_to(provider.member.email)
    assert "nothing changed" in mail.text
    assert not re.search(r"\d{4}", mail.text + mail.subject)
    assert parent.member.email not in mail.text
    assert "Paz" not in mail.text


def test_an_address_that_got_an_account_meanwhile_is_not_taken_over(browser, parent):
    ask(browser)
    code = code_in(mail_to(NEW))
    Member.objects.create_user(NEW)
    wrong = told(browser.post(TYPE, {"code": "0000-0000"}))
    right = told(browser.post(TYPE, {"code": code}))
    assert right[0] == 422
    assert right[2].replace(code, "") == wrong[2].replace("0000-0000", "")
    assert Member.objects.filter(email=NEW).count() == 1
    assert email_of(parent) != NEW


def test_the_code_is_kept_as_a_digest_that_needs_our_key(browser, parent, settings):
    ask(browser)
    code = code_in(mail_to(NEW))
    kept = browser.session[actions.KEY]
    assert code not in str(kept)
    assert code.replace("-", "") not in str(kept)
    settings.SECRET_KEY = "another"
    assert actions._digest(parent.member, NEW, code) != kept["digest"]


def test_few_tries(browser, parent):
    ask(browser)
    code = code_in(mail_to(NEW))
    for _try in range(actions.TRIES):
        assert browser.post(TYPE, {"code": "1111-1111"}).status_code == 422
    answer = browser.post(TYPE, {"code": code})
    assert answer.status_code == 422
    assert "does not work any more" in answer.content.decode()
    assert email_of(parent) != NEW


def test_tries_are_counted_where_another_request_sees_them(browser, parent):
    """Two requests that began with the same session do not get the same try twice."""
    ask(browser)
    session = browser.session
    for _try in range(actions.TRIES):
        stale = type(session)(session.session_key)
        with pytest.raises(actions.Refused):
            actions.confirm_email(member=parent.member, code="1111-1111", session=stale, now=timezone.now())
    assert browser.session[actions.KEY]["tries"] == 0


def test_the_code_ends(browser, parent, time_machine):
    ask(browser)
    code = code_in(mail_to(NEW))
    session = browser.session
    session[actions.KEY] = session[actions.KEY] | {"until": time.time() - 1}
    session.save()
    assert "does not work any more" in browser.post(TYPE, {"code": code}).content.decode()
    assert email_of(parent) != NEW


def test_a_code_works_once_and_only_where_it_was_asked_for(browser, parent):
    ask(browser)
    code = code_in(mail_to(NEW))
    other = just_signed_in(parent)
    assert other.post(TYPE, {"code": code}).url == ASK
    browser.post(TYPE, {"code": code})
    assert browser.post(TYPE, {"code": code}).url == ASK


def test_few_mails(browser, parent):
    for number in range(actions.ASKS):
        assert ask(browser, f"victim{number}@example.org").status_code == 303
    answer = ask(browser, "victim@example.org")
    assert answer.status_code == 422
    assert "Wait an hour" in answer.content.decode()
    assert Message.objects.count() == actions.ASKS
    assert just_signed_in(parent).post(ASK, {"email": "victim@example.org"}).status_code == 422


@pytest.mark.parametrize(
    "wrong", ["", "   ", "not an address", "a@b", "x" * 300 + "@example.org", "x" * 600, "a@example.org\r\nBcc: b@example.org", "señal@example.org", "a@exa mple.org"],
)  # fmt: skip
def test_an_address_that_is_none(browser, parent, wrong):
    answer = ask(browser, wrong)
    assert answer.status_code == 422
    assert 'href="#id_email"' in answer.content.decode()
    assert not Message.objects.exists()


def test_their_own_address_is_theirs_already(browser, parent):
    assert "This is your email already." in ask(browser, parent.member.email.upper()).content.decode()


@pytest.mark.parametrize("code", ["", "x" * 300, "…", "１２３４５６７８"])
def test_a_code_that_is_none(browser, parent, code):
    ask(browser)
    assert browser.post(TYPE, {"code": code}).status_code == 422
    assert email_of(parent) != NEW


@pytest.mark.parametrize("address", [ASK, TYPE])
def test_only_who_signed_in_a_moment_ago(client_of, parent, address):
    old = just_signed_in(parent, at=time.time() - 21 * 60)
    for browser in (client_of(parent), old):
        for answer in (browser.get(address), browser.post(address, {"email": NEW, "code": "1"})):
            assert answer.status_code == 302
            assert answer.url == f"/me/confirm/?next={address.replace('/', '%2F')}"
    assert not Message.objects.exists()


def test_what_they_stopped_stays_stopped(browser, parent, monkeypatch):
    wishes.stop(to=parent.member.email, kind="reminder", now=timezone.now())
    ask(browser)
    browser.post(TYPE, {"code": code_in(mail_to(NEW))})
    assert StopLink.objects.get(to=NEW).stopped_at


def test_a_pause_goes_with_them(browser, parent):
    until = timezone.now() + timedelta(days=3)
    wishes.pause(to=parent.member.email, kind="reminder", until=until, now=timezone.now())
    ask(browser)
    browser.post(TYPE, {"code": code_in(mail_to(NEW))})
    assert StopLink.objects.get(to=NEW).paused_until == until


def test_the_code_in_the_mail_is_large(browser):
    ask(browser)
    message = mail_to(NEW)
    assert re.search(rf'font-size:32px[^>]*">{code_in(message)}<', message.html)


def test_a_table_where_they_have_not_sat_down_does_not_learn_it(browser, parent, outsider, other_coalition):
    was = parent.member.email
    listed = seat_of(parent.member, other_coalition, Group.PARENT, arrived=None)
    ask(browser)
    browser.post(TYPE, {"code": code_in(mail_to(NEW))})
    listed = Seat.objects.get(pk=listed.pk)
    assert listed.email == was
    lead_sees = just_signed_in(outsider).get(reverse("people", args=["kansas-cares"])).content.decode()
    assert was in lead_sees
    assert NEW not in lead_sees


def test_an_account_switched_off_counts_as_one(browser, parent):
    off = a_member("Olga Off", is_active=False)
    ask(browser, off.email)
    assert not re.search(r"\d{4}-\d{4}", mail_to(off.email).text)
