"""The site does not start with a door that nobody guards, nor on settings people should not trust."""

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.http import HttpResponse
from django.test import override_settings
from django.urls import path

from coalitions.checks import a_server_people_trust, every_address_says_who_may_come_in


def open_door(request):
    return HttpResponse("anyone")


urlpatterns = [path("open-door/", open_door)]


def test_every_address_of_ours_says_who_may_come_in():
    assert every_address_says_who_may_come_in(None) == []


def test_a_view_without_a_rule_stops_the_start():
    with override_settings(ROOT_URLCONF=__name__):
        found = every_address_says_who_may_come_in(None)
    assert [error.id for error in found] == ["access.E001"]
    assert "open-door" in found[0].msg


@pytest.mark.parametrize(
    ("changed", "id"),
    [
        ({"SECRET_KEY": settings.INSECURE_KEY}, "trust.E001"),
        ({"DEMO": True}, "trust.E002"),
        ({"HTTPS": False}, "trust.E003"),
        ({"SITE_URL": "http://127.0.0.1:8000"}, "trust.E004"),
    ],
)
def test_a_server_people_trust_has_none_of_these(changed, id):
    sound = {"SECRET_KEY": "x" * 60, "DEMO": False, "HTTPS": True, "SITE_URL": "https://table.example"}
    with override_settings(**sound):
        assert a_server_people_trust(None) == []
    with override_settings(**{**sound, **changed}):
        assert [error.id for error in a_server_people_trust(None)] == [id]


def test_the_checks_are_registered():
    with override_settings(DEMO=True):
        assert "trust.E002" in {error.id for error in run_checks(include_deployment_checks=True)}
