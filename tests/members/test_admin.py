"""A site admin keeps accounts and coalitions, and reaches nobody's answers through them."""

from allauth.account.models import EmailAddress
from django.contrib import admin
from django.test import Client
from django.utils import timezone

from members.models import Member
from outbox.actions.sending import send_all
from tests.members.test_sign_in import ASK, TYPE, code_in

HERE = "/manage/members/member/"
FIELDS = {"name": "Prue", "language": "en", "is_active": "on"}


def signed_in_once(member: Member, mailoutbox) -> Client:
    browser = Client()
    browser.post(ASK, {"email": member.email})
    send_all(clock=timezone.now)
    browser.post(TYPE, {"code": code_in(mailoutbox[-1])})
    return browser


def test_an_address_can_be_put_right_until_its_owner_has_signed_in(client_of, site_admin, provider):
    assert (
        client_of(site_admin).post(f"{HERE}add/", {**FIELDS, "email": "new@people.example"}).status_code
        == 302
    )
    page = f"{HERE}{provider.member.pk}/change/"
    client_of(site_admin).post(page, {**FIELDS, "email": "prue@right.example"})
    provider.member.refresh_from_db()
    assert provider.member.email == "prue@right.example"


def test_nobody_else_changes_the_address_of_a_person_who_signed_in(
    client_of, site_admin, provider, mailoutbox
):
    signed_in_once(provider.member, mailoutbox)
    page = f"{HERE}{provider.member.pk}/change/"
    client_of(site_admin).post(page, {**FIELDS, "email": "site.admin@elsewhere.example"})
    provider.member.refresh_from_db()
    assert provider.member.email == "prue@care-forward.example"


def test_nobody_adds_a_second_address_to_sign_in_with():
    assert EmailAddress not in admin.site._registry


def test_no_page_lists_what_a_person_answered_before_deleting_them(client_of, site_admin, provider):
    browser = client_of(site_admin)
    assert browser.get(f"{HERE}{provider.member.pk}/delete/").status_code == 403
    assert "delete_selected" not in browser.get(HERE).content.decode()
