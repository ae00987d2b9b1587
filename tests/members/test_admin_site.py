"""The admin pages open for a site admin with a second step who came in by themselves, and for nobody else."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import URLResolver, get_resolver

from tests.factories.tables import a_member
from tests.members.signing_in import STEPS, adds_passkey, came_in, narrowed
from tests.members.test_sign_in import ASK

HERE = "/manage/"


def every_door() -> list[str]:
    """The address of each page of the admin, with something in place of what it asks for."""
    resolver = next(
        each
        for each in get_resolver().url_patterns
        if isinstance(each, URLResolver) and each.namespace == "admin"
    )
    values = {"object_id": "1", "app_label": "members", "content_type_id": 1, "url": "x/"}
    found = []
    for parts in resolver.reverse_dict.values():
        for address, names in parts[0]:
            found.append(HERE + address % {name: values.get(name, "1") for name in names})
    return sorted({*found, HERE, f"{HERE}members/member/", f"{HERE}outbox/message/1/change/"})


DOORS = every_door()


def test_there_are_doors_to_try():
    assert len(DOORS) >= 10
    assert f"{HERE}jsi18n/" in DOORS
    assert f"{HERE}login/" in DOORS


@pytest.fixture
def without(db):
    """A site admin who has no second step."""
    return a_member("Sue Admin", is_staff=True, is_superuser=True)


def led_to(client, path: str, method: str = "get") -> str:
    """Where they end, after every redirect."""
    answer = getattr(client, method)(path, follow=True)
    return answer.redirect_chain[-1][0] if answer.redirect_chain else f"{path} {answer.status_code}"


@pytest.mark.parametrize("method", ["get", "post"])
def test_without_a_second_step_every_door_leads_to_adding_one(client_of, without, method):
    client = client_of(without)
    assert {path: led_to(client, path, method) for path in DOORS} == dict.fromkeys(DOORS, STEPS)
    html = client.get(STEPS).content.decode()
    assert "Then the admin pages open for you." in html


def test_with_a_handed_link_every_door_stays_shut(client_of, site_admin):
    client = narrowed(client_of(site_admin), site_admin)
    ends = {path: client.get(path, follow=True).status_code for path in DOORS}
    assert ends == dict.fromkeys(DOORS, 403)


def test_somebody_who_does_not_run_the_site_stays_out(client_of, lead, site_admin):
    client = client_of(lead)
    adds_passkey(came_in(lead.member))
    assert {client.get(path, follow=True).status_code for path in DOORS} == {403}


def test_a_visitor_signs_in_first(visitor):
    for path in DOORS:
        assert led_to(visitor, path).startswith(f"{ASK}?next=")
    html = visitor.get(HERE, follow=True).content.decode()
    assert 'type="password"' not in html


def test_with_one_the_doors_open(client_of, site_admin):
    client = client_of(site_admin)
    assert client.get(HERE).status_code == 200
    assert client.get(f"{HERE}members/member/").status_code == 200
    assert client.get(f"{HERE}login/", {"next": f"{HERE}members/"}).url == f"{HERE}members/"
    assert client.get(f"{HERE}login/", {"next": "https://evil.example/"}).url == HERE
    assert client.post(f"{HERE}logout/").url == "/sign-out/"
    assert "Then the admin pages" not in client.get(STEPS).content.decode()


def test_adding_one_opens_them_and_recovery_codes_alone_do_not(db, mailoutbox, without):
    browser = came_in(without)
    assert led_to(browser, HERE) == STEPS
    adds_passkey(browser)
    browser.post(f"{STEPS}codes/")
    assert browser.get(HERE).status_code == 200
    Authenticator.objects.filter(type="webauthn").delete()
    assert led_to(browser, HERE) == STEPS


def test_a_site_admin_who_is_switched_off_is_out(client_of, site_admin):
    client = client_of(site_admin)
    site_admin.is_active = False
    site_admin.save()
    assert led_to(client, HERE).startswith(ASK)
