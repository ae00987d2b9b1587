"""That an evaluator read a release is on record, by day, and its table sees who."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dashboards.actions import close_account
from members.models import Member
from milestones.actions.reading import mark_read
from milestones.models import Reading
from tests.factories.answered import an_opened_round
from tests.factories.rounds import NOW, a_table, agreed, released

pytestmark = pytest.mark.django_db
OWN = reverse("released", args=["care-forward", 1, 1])
PAGES = {
    "the release": reverse("release_page", args=["care-forward", 1, 1]),
    "one level": reverse("cell", args=["care-forward", "M5"]),
}


@pytest.fixture
def release(coalition, lead, parent):
    Member.objects.update(language="en")
    a_table(coalition)
    return released(agreed(an_opened_round(coalition, lead), lead), lead, parent).releases.get()


def days(release):
    return list(release.readings.values_list("first_on", "last_on"))


@pytest.mark.parametrize("page", PAGES)
def test_opening_it_is_on_record_once(release, evaluator, client_of, page):
    client = client_of(evaluator)
    for _ in range(2):
        assert client.get(PAGES[page]).status_code == 200
    reading = Reading.objects.get()
    assert (reading.release, reading.member) == (release, evaluator)
    assert reading.first_on == reading.last_on


def test_the_list_and_the_states_are_no_reading(release, evaluator, client_of):
    for name in ("states", "releases"):
        assert client_of(evaluator).get(reverse(name)).status_code == 200
    assert not Reading.objects.exists()


def test_a_drawer_is_a_reading_too(release, evaluator, client_of):
    client_of(evaluator).get(PAGES["one level"], headers={"HX-Request": "true", "HX-Target": "cell"})
    assert release.readings.get().member == evaluator


def test_it_writes_once_a_day_in_the_time_of_the_table(release, evaluator):
    late = NOW.replace(hour=3)  # still the day before in Kentucky
    mark_read(release=release, by=evaluator, now=late)
    assert days(release) == [(date(2026, 11, 20), date(2026, 11, 20))]
    mark_read(release=release, by=evaluator, now=NOW)
    with CaptureQueriesContext(connection) as asked:
        mark_read(release=release, by=evaluator, now=NOW + timedelta(hours=2))
    assert [query["sql"][:6] for query in asked] == ["SELECT"]
    mark_read(release=release, by=evaluator, now=late)
    assert days(release) == [(date(2026, 11, 20), date(2026, 11, 21))]


def test_the_table_sees_who_read_it_and_when(release, evaluator, lead, parent, outsider, client_of):
    page = client_of(lead).get(OWN).content.decode()
    assert "Nobody yet." in page
    mark_read(release=release, by=evaluator, now=NOW)
    mark_read(release=release, by=evaluator, now=NOW + timedelta(days=3))
    for who in (lead, parent):
        page = client_of(who).get(OWN).content.decode()
        assert "Eve Evaluator" in page
        assert "November 21, 2026" in page and "November 24, 2026" in page
        assert evaluator.email not in page
    assert client_of(outsider).get(OWN).status_code == 404
    for url in PAGES.values():  # evaluators do not see of each other who reads
        assert "first on" not in client_of(evaluator).get(url).content.decode()


def test_without_a_name_no_address_stands_there(release, evaluator, lead, client_of):
    Member.objects.filter(pk=evaluator.pk).update(name="")
    mark_read(release=release, by=evaluator, now=NOW)
    page = client_of(lead).get(OWN).content.decode()
    assert "An evaluator" in page and evaluator.email not in page


def test_who_may_not_read_leaves_no_mark(release, lead, outsider, site_admin, client_of, visitor):
    for client in (client_of(lead), client_of(outsider), client_of(site_admin), visitor):
        for url in PAGES.values():
            assert client.get(url).status_code in (302, 404)
    client_of(lead).get(OWN)
    assert not Reading.objects.exists()


def test_it_goes_with_the_account(release, evaluator):
    mark_read(release=release, by=evaluator, now=NOW)
    close_account(member=evaluator, now=NOW)
    assert not Reading.objects.exists()
