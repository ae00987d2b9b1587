"""Evaluators hear of a release once, and read no level in their mail."""

import uuid
from datetime import timedelta

import pytest

from checkins.actions.releases import plan_releases
from coalitions.models import Coalition, Cohort
from members.models import Member
from milestones.actions.release import release_round
from milestones.models import Release
from outbox.actions.sending import send_all
from outbox.actions.wishes import stop
from outbox.models import Message, Why
from tests.factories.answered import an_opened_round
from tests.factories.rounds import a_table, agreed, released
from tests.factories.tables import a_member

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def release(coalition, lead, parent, evaluator) -> Release:
    """On a Sunday at seven in the morning in Kentucky."""
    a_table(coalition)
    return released(agreed(an_opened_round(coalition, lead), lead), lead, parent).releases.get()


@pytest.fixture
def noon(release):
    return release.at + 5 * HOUR


def again(release, lead, parent) -> Release:
    return release_round(
        round=release.round, by=lead, yes_by=parent, now=release.at + HOUR, form=uuid.uuid4()
    )


def keys() -> set[str]:
    return set(Message.objects.filter(kind="releases").values_list("key", flat=True))


def test_each_evaluator_of_the_cohort_is_told_once(release, noon, evaluator, coalition, mailoutbox):
    second = a_member("Sol Second", language="es")
    evaluator.cohorts.get().evaluators.add(second)
    Cohort.objects.create(name="Another").evaluators.add(a_member("Else Where"))
    assert plan_releases(now=noon) == 2
    assert plan_releases(now=noon + HOUR) == 0
    assert keys() == {f"release/{release.pk}/evaluator/{who.pk}" for who in (evaluator, second)}
    assert send_all(clock=lambda: noon) == 2
    english, spanish = sorted(mailoutbox, key=lambda mail: mail.to[0])
    assert english.subject == "A new release: Care Forward Kentucky"
    assert "Care Forward Kentucky has released “Round 1” to you. It is release 1." in english.body
    assert "/e/care-forward/1/1/" in english.body
    assert "Round 1" in spanish.body
    assert "has released" not in spanish.body
    for mail in mailoutbox:
        assert not any(level.name in mail.body for level in release.round.version.levels)
        assert "[[stop]]" not in mail.body


def test_the_link_leads_to_the_page_once_they_sign_in(release, noon, evaluator, client_of, visitor):
    plan_releases(now=noon)
    assert "/e/care-forward/1/1/" in Message.objects.get(kind="releases").text
    assert client_of(evaluator).get("/e/care-forward/1/1/").status_code == 200
    assert visitor.get("/e/care-forward/1/1/").status_code == 302


def test_a_corrected_release_says_so_and_takes_the_place_of_the_one_before(
    release, noon, lead, parent, evaluator, mailoutbox
):
    plan_releases(now=release.at)  # seven in the morning: it waits until eight
    second = again(release, lead, parent)
    assert plan_releases(now=noon) == 1
    send_all(clock=lambda: noon)
    (mail,) = mailoutbox
    assert mail.subject == "A corrected release: Care Forward Kentucky"
    assert "It is release 2." in mail.body
    assert "/e/care-forward/1/2/" in mail.body
    assert Message.objects.get(key=f"release/{release.pk}/evaluator/{evaluator.pk}").problem == Why.UNWANTED
    assert Message.objects.get(key=f"release/{second.pk}/evaluator/{evaluator.pk}").sent_at


def test_it_is_told_for_seven_days(release):
    assert plan_releases(now=release.at - HOUR) == 0
    assert plan_releases(now=release.at + 7 * DAY) == 0
    assert plan_releases(now=release.at + 7 * DAY - 12 * HOUR) == 1
    send_all(clock=lambda: release.at + 7 * DAY - 12 * HOUR)
    assert keys()
    assert plan_releases(now=release.at + 7 * DAY) == 0
    assert keys() == set(), "and then it is forgotten whom we told"


def test_a_new_evaluator_hears_of_what_landed_lately(release, noon, evaluator):
    plan_releases(now=noon)
    evaluator.cohorts.get().evaluators.add(a_member("Nia New"))
    assert plan_releases(now=noon + DAY) == 1


def removed(evaluator, _coalition):
    evaluator.cohorts.clear()


def other_cohort(_evaluator, coalition):
    Coalition.objects.filter(pk=coalition.pk).update(cohort=Cohort.objects.create(name="Another"))


def elsewhere(evaluator, _coalition):
    Member.objects.filter(pk=evaluator.pk).update(email="eve@elsewhere.example")


def shut(evaluator, _coalition):
    Member.objects.filter(pk=evaluator.pk).update(is_active=False)


@pytest.mark.parametrize("change", [removed, other_cohort, elsewhere, shut])
def test_whoever_is_no_evaluator_any_more_is_not_told(
    release, noon, evaluator, coalition, mailoutbox, change
):
    assert plan_releases(now=noon) == 1
    change(evaluator, coalition)
    send_all(clock=lambda: noon)
    assert not mailoutbox
    assert Message.objects.get(kind="releases").problem == Why.UNWANTED


def test_who_said_stop_gets_none(release, noon, evaluator, mailoutbox):
    stop(to=evaluator.email, kind="releases", now=noon)
    plan_releases(now=noon)
    send_all(clock=lambda: noon)
    assert not mailoutbox


def test_it_waits_for_the_end_of_quiet_hours_by_the_clock_of_the_table(release):
    plan_releases(now=release.at)
    assert Message.objects.get(kind="releases").not_before == release.at + HOUR


def test_two_sweeps_that_both_saw_nobody_told_write_once(release, noon, evaluator, monkeypatch):
    plan_releases(now=noon)
    before = list(Message.objects.values())
    monkeypatch.setattr("checkins.actions.releases.untold", lambda now: iter([(release, [evaluator])]))
    plan_releases(now=noon + HOUR)
    assert list(Message.objects.values()) == before


def test_a_table_without_a_cohort_and_one_in_no_zone_tell_nobody(release, noon, coalition, evaluator, caplog):
    Member.objects.filter(pk=evaluator.pk).update(email="eve@niño.example")
    assert plan_releases(now=noon) == 0
    Member.objects.filter(pk=evaluator.pk).update(email="eve@people.example")
    Coalition.objects.filter(pk=coalition.pk).update(time_zone="Mars/Olympus")
    assert plan_releases(now=noon) == 0
    assert f"Release {release.pk} is told to nobody" in caplog.text
    Coalition.objects.filter(pk=coalition.pk).update(time_zone="America/New_York", cohort=None)
    assert plan_releases(now=noon) == 0
