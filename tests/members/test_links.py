import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.actions.links import link_for, token_for
from members.models import Link
from tests.factories.tables import a_member

DAY = timedelta(days=1)


@pytest.fixture
def mara(db):
    return a_member("Mara Member", language="es")


def a_link(member, *, made=None, only="", path="/tables/"):
    form = uuid.uuid4()
    link = link_for(member, form=form, path=path, now=made or timezone.now(), lasts=DAY, only=only)
    link.save()
    return link, reverse("link", args=[token_for(form, only=only)])


def is_in(client, member) -> bool:
    return client.session.get("_auth_user_id") == str(member.pk)


def test_opening_it_changes_nothing_and_its_button_signs_in(visitor, mara):
    link, url = a_link(mara)
    for _ in range(3):  # a mail program looks first
        assert visitor.get(url).status_code == 200
    assert visitor.head(url).status_code == 200
    assert not is_in(visitor, mara)
    answer = visitor.post(url)
    assert answer.url == "/tables/"
    assert is_in(visitor, mara)
    link.refresh_from_db()
    assert link.used_at


def test_it_speaks_the_members_language_on_a_new_phone(visitor, mara):
    html = visitor.get(a_link(mara)[1]).content.decode()
    assert '<html lang="es"' in html
    visitor.cookies["django_language"] = "en"
    assert '<html lang="en"' in visitor.get(a_link(mara)[1]).content.decode()


def test_it_works_once(visitor, mara):
    _link, url = a_link(mara)
    assert visitor.post(url).status_code == 302
    second = Client()
    for ask in (second.get, second.post):
        answer = ask(url)
        assert answer.status_code == 410
        assert reverse("account_request_login_code") in answer.content.decode()
    assert not is_in(second, mara)
    assert visitor.get(url).url == "/tables/", "whoever used it is in already"


def test_only_a_digest_is_kept(mara):
    link, url = a_link(mara)
    token = url.split("/")[2]
    assert len(token) == 43
    kept = [str(value) for value in Link.objects.values_list().get(pk=link.pk)]
    assert not any(token in value for value in kept)


@pytest.mark.parametrize(
    ("token", "status"), [("no-such-link", 404), ("x" * 500, 404), ("%E2%80%AE", 404), ("..", 404)]
)
def test_a_wrong_one_says_so_and_offers_a_way_in(visitor, db, token, status):
    answer = visitor.get(f"/l/{token}/")
    assert answer.status_code == status


def test_a_wrong_one_leads_to_a_code(visitor, db):
    html = visitor.post(reverse("link", args=["wrong"])).content.decode()
    assert "We do not know this link" in html
    assert reverse("account_request_login_code") in html


@pytest.mark.parametrize("how", ["late", "ended"])
def test_one_that_is_over_lets_nobody_in(visitor, mara, how):
    link, url = a_link(mara, made=timezone.now() - (2 * DAY if how == "late" else timedelta()))
    if how == "ended":
        Link.objects.filter(pk=link.pk).update(ended_at=timezone.now())
    assert visitor.get(url).status_code == visitor.post(url).status_code == 410
    assert not is_in(visitor, mara)
    link.refresh_from_db()
    assert not link.used_at


def test_whoever_was_signed_in_on_this_phone_is_not_any_more(client_of, mara, lead):
    client = client_of(lead)
    client.session["kept"] = "yes"
    client.post(a_link(mara)[1])
    assert is_in(client, mara)


def test_an_account_that_is_switched_off_stays_off(visitor, mara):
    type(mara).objects.update(is_active=False)
    visitor.post(a_link(mara)[1])
    assert not is_in(visitor, mara)


def test_two_forms_and_two_reaches_are_different_links():
    form = uuid.uuid4()
    assert token_for(form) == token_for(form)
    assert len({token_for(form), token_for(form, only="seat/1"), token_for(uuid.uuid4())}) == 3


def test_one_that_reaches_only_a_part_is_not_known_here(visitor, mara):
    """Here it would say the account's name and ask for its second step, to whoever made it."""
    link, url = a_link(mara, only="seat/0")
    for ask in (visitor.get, visitor.post):
        answer = ask(url)
        assert answer.status_code == 404
        assert "Mara" not in answer.content.decode()
        assert '<html lang="en"' in answer.content.decode()
    link.refresh_from_db()
    assert not link.used_at


def test_a_handed_one_never_opens_the_account(visitor, parent, handed_link):
    visitor.post(handed_link(parent))
    assert is_in(visitor, parent.member)
    assert visitor.session["only"] == parent.scope


def test_what_a_handed_one_began_ends_when_they_come_by_themselves(parent, handed_link):
    phone, own, unused = Client(), Client(), handed_link(parent)
    phone.post(handed_link(parent))
    home = reverse("home", args=["care-forward"])
    assert phone.get(home).status_code == 200
    own.post(a_link(parent.member)[1])
    assert phone.get(home).status_code == 302
    assert Client().post(unused).status_code == 410
    assert own.get(home).status_code == 200
