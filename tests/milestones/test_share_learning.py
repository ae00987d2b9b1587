"""A lead lets the other tables of the cohort read goals and reasons, and may stop."""

from datetime import timedelta

import pytest
from django.urls import reverse

from coalitions.models import Cohort, Event, Verb
from milestones.actions.learning import share_learning
from milestones.models import Release
from tests.factories.answered import an_opened_round
from tests.factories.rounds import NOW, a_table, agreed, released

pytestmark = pytest.mark.django_db


@pytest.fixture
def round(coalition, lead, parent, director):
    coalition.cohort = Cohort.objects.create(name="One")
    coalition.save()
    a_table(coalition)
    return released(agreed(an_opened_round(coalition, lead, words=True), lead), lead, parent)


def page_of(round, release=1):
    return reverse("share_learning", args=[round.coalition.slug, round.number, release])


def verbs():
    return list(Event.objects.filter(verb__startswith="learning").values_list("verb", flat=True))


def test_what_is_read_is_on_the_page_before_it_is_shared(round, lead, client_of):
    page = client_of(lead).get(page_of(round)).content.decode()
    assert page.count("We have examples.") == 7
    assert "You share nothing now." in page
    assert not Release.objects.exclude(shared_at=None).exists()


def test_share_and_stop_are_on_record_once(round, lead, client_of):
    client = client_of(lead)
    for _twice in range(2):
        assert client.post(page_of(round)).status_code == 303
    assert Release.objects.get().shared_at and verbs() == [Verb.LEARNING_SHARED]
    assert "Stop sharing" in client.get(page_of(round)).content.decode()
    for _twice in range(2):
        assert client.post(page_of(round), {"stop": "1"}).status_code == 303
    assert Release.objects.get().shared_at is None
    assert verbs() == [Verb.LEARNING_UNSHARED, Verb.LEARNING_SHARED]


def test_one_release_is_shared_at_a_time(round, lead, parent, client_of):
    client = client_of(lead)
    client.post(page_of(round))
    released(round, lead, parent)
    response = client.post(page_of(round, 1), {"stop": "1"}) and client.post(page_of(round, 1))
    assert response.status_code == 422
    assert "A newer release corrects this one." in response.content.decode()
    client.post(page_of(round, 2))
    later = an_opened_round(round.coalition, lead, now=NOW + timedelta(days=182))
    later = released(agreed(later, lead), lead, parent)
    assert "release 2 now" in client.get(page_of(later)).content.decode()
    client.post(page_of(later))
    assert [each.round for each in Release.objects.exclude(shared_at=None)] == [later]


def test_outside_a_cohort_nobody_would_read_it(round, lead, client_of):
    round.coalition.cohort = None
    round.coalition.save()
    response = client_of(lead).post(page_of(round))
    assert response.status_code == 422
    assert "in no cohort yet" in response.content.decode()
    assert not Release.objects.exclude(shared_at=None).exists() and not verbs()


def test_only_a_lead_chooses(round, parent, facilitator, observer, outsider, visitor, client_of):
    for who in (parent, facilitator, observer):
        assert client_of(who).get(page_of(round)).status_code == 403
        assert client_of(who).post(page_of(round)).status_code == 403
    assert client_of(outsider).post(page_of(round)).status_code == 404
    assert visitor.post(page_of(round)).status_code == 302
    assert not Release.objects.exclude(shared_at=None).exists()


def test_a_release_of_another_table_is_not_found(round, outsider, client_of):
    here = reverse("share_learning", args=[outsider.coalition.slug, round.number, 1])
    assert client_of(outsider).post(here).status_code == 404
    assert Release.objects.get().shared_at is None


def test_the_pages_of_a_release_lead_there(round, lead, parent, client_of):
    share_learning(release=Release.objects.get(), by=lead, now=NOW)
    for name, more in (("release", ()), ("released", (1,))):
        url = reverse(name, args=[round.coalition.slug, round.number, *more])
        assert page_of(round) in client_of(lead).get(url).content.decode()
    url = reverse("released", args=[round.coalition.slug, round.number, 1])
    assert page_of(round) not in client_of(parent).get(url).content.decode()
