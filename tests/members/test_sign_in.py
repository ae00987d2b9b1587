import re

import pytest
from allauth.account.adapter import DefaultAccountAdapter
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from members.models import Member
from outbox.actions.sending import send_all
from outbox.actions.writing import enqueue
from outbox.models import Message, Why

ASK, TYPE = "/sign-in/", "/sign-in/code/"


@pytest.fixture(autouse=True)
def _the_worker_is_quick(monkeypatch):
    """Mail leaves as soon as it is written; that no page waits for it is tested below."""

    def at_once(letter, *, now, at_once):
        enqueue(letter, now=now)
        send_all(clock=timezone.now)

    monkeypatch.setattr("members.adapter.enqueue", at_once)


def ask(visitor, email, **more):
    return visitor.post(ASK, {"email": email, **more})


def code_in(mail) -> str:
    return re.search(r"\d{4}-\d{4}", mail.body)[0]


def test_a_code_from_the_mail_signs_in(visitor, provider, mailoutbox):
    assert ask(visitor, provider.member.email.upper()).url == TYPE
    (mail,) = mailoutbox
    code = code_in(mail)
    assert mail.to == [provider.member.email]
    assert mail.subject == f"{code} is your code"
    answer = visitor.post(TYPE, {"code": code.replace("-", " ")})
    assert answer.url == reverse("tables")
    assert visitor.session["_auth_user_id"] == str(provider.member.pk)


def test_the_mail_speaks_the_members_language(visitor, parent, mailoutbox, monkeypatch):
    """Whatever the page speaks. The Spanish texts are checked elsewhere, so here the language itself."""
    spoken = []
    render = DefaultAccountAdapter.render_mail
    monkeypatch.setattr(
        DefaultAccountAdapter, "render_mail", lambda *args: spoken.append(get_language()) or render(*args)
    )
    visitor.post(ASK, {"email": parent.member.email}, headers={"accept-language": "en"})
    assert spoken == ["es"]
    assert Message.objects.get().language == "es"


def test_they_come_back_to_where_they_were_going(visitor, lead, mailoutbox):
    going = reverse("people", args=["care-forward"])
    to_sign_in = visitor.get(going).url
    assert to_sign_in == f"{ASK}?next={going}"
    assert f'name="next" value="{going}"' in visitor.get(to_sign_in).content.decode()
    confirm = ask(visitor, lead.member.email, next=going).url
    assert visitor.post(confirm, {"code": code_in(mailoutbox[0]), "next": going}).url == going


def test_an_address_nobody_knows_gets_the_same_answer(provider, mailoutbox):
    def seen(email):
        browser = Client()
        steps = [browser.post(ASK, {"email": email})]
        steps += [browser.get(TYPE), browser.post(TYPE, {"code": "0000-0000"})]
        steps += [browser.post(TYPE, {"action": "resend"}), browser.get(TYPE)]
        steps += [browser.post(TYPE, {"code": "0000-0000"}) for _ in range(5)]
        return [
            (
                step.status_code,
                sorted(step.headers),
                _same(step.content.decode(), email),
                sorted(step.cookies),
            )
            for step in steps
        ]

    assert seen(provider.member.email) == seen("nobody@example.org")
    assert {address for mail in mailoutbox for address in mail.to} == {provider.member.email}


def test_asking_costs_the_same_for_an_address_nobody_knows(provider, mailoutbox, monkeypatch):
    """The same queries, the same mail made; the outbox drops it later, beside no page."""
    monkeypatch.setattr("members.adapter.enqueue", enqueue)

    def cost(email):
        """What each request asks of the database: verb and table, in order."""
        browser, costs = Client(), []
        for path, data in ((ASK, {"email": email}), (TYPE, {"action": "resend"})):
            with CaptureQueriesContext(connection) as seen:
                browser.post(path, data)
            costs.append([re.findall(r'^\w+|(?:FROM|INTO|UPDATE) "\w+"', query["sql"]) for query in seen])
        return costs

    (asked, again), (asked_nobody, nobody_again) = cost(provider.member.email), cost("nobody@example.org")
    assert asked == asked_nobody
    again.remove(["SELECT", 'FROM "members_member"'])  # allauth looks its session's member up by key
    assert again == nobody_again
    send_all(clock=timezone.now)
    known, unknown = (Message.objects.filter(to=to) for to in (provider.member.email, "nobody@example.org"))
    assert [message.state for message in known] == ["sent", "sent"]
    assert [(message.state, message.problem) for message in unknown] == [("dropped", Why.UNWANTED)] * 2
    assert not any(message.text or message.subject for message in Message.objects.all())
    assert len(mailoutbox) == 2


def test_no_page_waits_for_the_mail_server(visitor, provider, mailoutbox, monkeypatch):
    monkeypatch.setattr("members.adapter.enqueue", enqueue)
    assert ask(visitor, provider.member.email).url == TYPE
    assert not mailoutbox
    assert Message.objects.get().state == "waiting"


def test_a_code_is_not_sent_once_it_is_worthless(visitor, provider, mailoutbox, monkeypatch, settings):
    monkeypatch.setattr("members.adapter.enqueue", enqueue)
    ask(visitor, provider.member.email)
    message = Message.objects.get()
    assert (message.not_after - message.not_before).total_seconds() == settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT
    send_all(clock=lambda: message.not_after)
    assert not mailoutbox


def test_an_address_that_no_mail_reaches_gets_the_same_answer(visitor):
    assert ask(visitor, "rosa@münchen.example").url == TYPE
    assert not Message.objects.exists()


def _same(html: str, email: str) -> str:
    return re.sub(r'(csrfmiddlewaretoken" value=")[^"]+', r"\1", html.replace(email, "EMAIL"))


def test_a_wrong_code_is_said_beside_the_field(visitor, provider, mailoutbox):
    ask(visitor, provider.member.email)
    answer = visitor.post(TYPE, {"code": "12"})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "This is not the code we sent." in html
    assert "That did not work yet" in html
    assert "We could not save yet" not in html
    assert 'aria-describedby="id_code_helptext id_code_error"' in html
    assert "_auth_user_id" not in visitor.session


def test_five_wrong_codes_end_it(visitor, provider, mailoutbox):
    ask(visitor, provider.member.email)
    answers = [visitor.post(TYPE, {"code": "0"}) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [422] * 4 + [302]
    assert answers[-1].url == ASK
    assert visitor.post(TYPE, {"code": code_in(mailoutbox[0])}).url == ASK
    assert "_auth_user_id" not in visitor.session


def test_a_new_code_makes_the_old_one_useless(visitor, provider, mailoutbox):
    ask(visitor, provider.member.email)
    assert visitor.post(TYPE, {"action": "resend"}).url == TYPE
    assert "Look for the mail now" in visitor.get(TYPE).content.decode()
    old, new = map(code_in, mailoutbox)
    assert visitor.post(TYPE, {"code": old}).status_code == 422
    assert visitor.post(TYPE, {"code": new}).url == reverse("tables")


def test_a_mistyped_address_can_be_typed_again(visitor, provider, mailoutbox):
    ask(visitor, "prue@typo.example")
    html = visitor.get(TYPE).content.decode()
    assert f'<input type="hidden" name="next" value="{ASK}">' in html
    assert visitor.post("/sign-out/", {"next": ASK}).url == ASK
    assert 'value=""' in visitor.get(ASK).content.decode()
    assert ask(visitor, provider.member.email).url == TYPE
    assert len(mailoutbox) == 1


def test_a_code_works_only_where_it_was_asked_for(visitor, provider, mailoutbox, client):
    ask(visitor, provider.member.email)
    assert client.post(TYPE, {"code": code_in(mailoutbox[0])}).url == ASK


def test_no_address_is_an_error_beside_the_field(visitor):
    answer = ask(visitor, "rosa at example")
    assert answer.status_code == 422
    assert 'value="rosa at example"' in answer.content.decode()


def test_asking_again_and_again_is_stopped_for_known_and_unknown_alike(provider):
    def last(email):
        return [ask(Client(), email).status_code for _ in range(5)]

    assert last(provider.member.email) == last("nobody@example.org") == [302, 302, 302, 422, 422]


@pytest.mark.parametrize(
    "path", ["/signup/", "/accounts/signup/", "/sign-in/signup/", "/login/", "/password/reset/"]
)
def test_there_is_no_door_to_sign_up(visitor, path):
    assert visitor.get(path).status_code == 404


def test_asking_makes_no_account(visitor, mailoutbox):
    ask(visitor, "nobody@example.org")
    assert not Member.objects.exists()
    assert not mailoutbox


def test_an_account_that_is_off_does_not_come_in(visitor, provider, mailoutbox):
    Member.objects.update(is_active=False)
    ask(visitor, provider.member.email)
    for mail in mailoutbox:
        visitor.post(TYPE, {"code": code_in(mail)})
    assert "_auth_user_id" not in visitor.session
    assert visitor.get("/sign-in/off/").status_code == 200


def test_signing_out_takes_a_press(client_of, lead):
    client = client_of(lead)
    assert "Sign out?" in client.get("/sign-out/").content.decode()
    assert "_auth_user_id" in client.session
    assert client.post("/sign-out/").url == "/"
    assert "_auth_user_id" not in client.session
    assert "You are signed out." in client.get("/").content.decode()


@pytest.mark.parametrize("going", ["http://[evil", "//[", "http://[::1"])
def test_an_address_that_cannot_be_read_leads_nowhere(visitor, provider, mailoutbox, going):
    assert visitor.get(ASK, {"next": going}).status_code == 200
    ask(visitor, provider.member.email, next=going)
    answer = visitor.post(TYPE, {"code": code_in(mailoutbox[0]), "next": going})
    assert answer.url == reverse("tables")


def asked_from(*addresses: str) -> list[int]:
    """What sign-in answers when these addresses ask, one after the other, through one proxy."""
    return [
        Client().post(ASK, {"email": f"{n}@example.org"}, headers={"x-forwarded-for": address}).status_code
        for n, address in enumerate(addresses)
    ]


def test_behind_a_proxy_one_visitor_cannot_lock_everyone_out(db, settings):
    assert bool(settings.ALLAUTH_TRUSTED_PROXY_COUNT) == bool(settings.SECURE_PROXY_SSL_HEADER)
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert asked_from(*["192.0.2.1"] * 21)[-1] == 422
    assert asked_from("192.0.2.2") == [302]


@pytest.mark.parametrize("proxies", [0, 1])
def test_an_address_that_a_visitor_claims_does_not_count(db, settings, proxies):
    """The proxy adds the true one at the end."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    assert asked_from(*[f"198.51.100.{n}, 192.0.2.1" for n in range(21)])[-1] == 422


def test_no_redirect_to_another_host(visitor, provider, mailoutbox):
    ask(visitor, provider.member.email, next="https://evil.example/")
    answer = visitor.post(TYPE, {"code": code_in(mailoutbox[0]), "next": "https://evil.example/"})
    assert answer.url == reverse("tables")
