"""A lead erases somebody who was listed and never came: that listing, and nothing else of theirs."""

import json
import uuid

import pytest
from django.apps import apps
from django.db import models
from django.utils import timezone

from coalitions.actions import hand_link, invite
from coalitions.models import Event, Invitation, Organization, Seat, Verb
from members.models import Link, Member
from milestones.models import Agreement
from outbox.models import Message
from tests.factories.answered import an_opened_round
from tests.factories.archived import archive_of, parts_of
from tests.factories.rounds import a_table, agreed, released
from tests.factories.tables import seat_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed(coalition) -> Seat:
    member = Member.objects.create_user("canary@people.example")
    return seat_of(
        member, coalition, "parent", arrived=None, listed_name="Canary Listed", title="canary title", contact="canary contact",
        organization=Organization.objects.create(coalition=coalition, name="Canary Care"),
    )  # fmt: skip


def page_of(seat: Seat) -> str:
    return f"/c/{seat.coalition.slug}/people/{seat.pk}/erase/"


def everything_kept() -> str:
    found = []
    for model in apps.get_models(include_auto_created=True):
        kinds = models.CharField | models.TextField | models.JSONField
        fields = [each.attname for each in model._meta.concrete_fields if isinstance(each, kinds)]
        if fields:
            found += [json.dumps(row, default=str) for row in model.objects.values(*fields)]
    return "\n".join(found)


@pytest.mark.parametrize(("language", "said"), [("en", "For somebody who was listed"), ("es", "nunca vino")])
def test_the_page_says_what_happens_and_does_nothing(client_of, lead, listed, language, said):
    browser = client_of(lead)
    Member.objects.filter(pk=lead.member_id).update(language=language)
    browser.cookies["django_language"] = language
    assert said in browser.get(page_of(listed)).content.decode()
    assert page_of(listed) in browser.get(f"/c/care-forward/people/{listed.pk}/").content.decode()
    listed.refresh_from_db()
    assert listed.listed_name == "Canary Listed"


def test_nothing_of_them_is_left(client_of, lead, listed):
    invite(seat=listed, by=lead, now=timezone.now(), form=uuid.uuid4())
    assert "canary" in everything_kept().lower()
    browser = client_of(lead)
    assert browser.post(page_of(listed)).url == "/c/care-forward/people/"
    assert "canary" not in everything_kept().lower()
    assert not Invitation.objects.exists() and not Link.objects.alive(timezone.now()).exists()
    assert not Message.objects.filter(to="canary@people.example").exists()
    listed.refresh_from_db()
    assert listed.left and listed.is_closed
    told = list(Event.objects.filter(about=str(listed.pk)).order_by("pk").values_list("verb", "seat"))
    assert (Verb.LISTING_ERASED, lead.pk) in told
    record = browser.get("/c/care-forward/settings/").content.decode()
    assert "erased somebody who never came" in record and "Canary" not in record
    assert b"Canary" not in b"".join(parts_of(archive_of(listed.coalition)).values())


def test_again_it_changes_nothing(client_of, lead, listed):
    browser = client_of(lead)
    browser.post(page_of(listed))
    before = Event.objects.count(), Member.objects.count()
    assert (browser.get(page_of(listed)).status_code, browser.post(page_of(listed)).status_code) == (303, 303)
    assert (Event.objects.count(), Member.objects.count()) == before


def test_a_listing_that_ended_is_erased_too(client_of, lead, listed):
    browser = client_of(lead)
    browser.post(f"/c/care-forward/people/{listed.pk}/end/")
    assert page_of(listed) in browser.get("/c/care-forward/people/left/").content.decode()
    browser.post(page_of(listed))
    assert "canary" not in everything_kept().lower()


def test_what_they_have_elsewhere_is_untouched(client_of, lead, listed, other_coalition):
    Member.objects.filter(pk=listed.member_id).update(name="Own Name", last_login=timezone.now())
    elsewhere = seat_of(Member.objects.get(pk=listed.member_id), other_coalition, "parent")
    before = (
        Member.objects.filter(pk=listed.member_id).values().get(),
        Seat.objects.filter(pk=elsewhere.pk).values().get(),
    )
    client_of(lead).post(page_of(listed))
    assert Member.objects.filter(pk=listed.member_id).values().get() == before[0]
    assert Seat.objects.filter(pk=elsewhere.pk).values().get() == before[1]
    said = b"".join(parts_of(archive_of(listed.coalition)).values()).decode("utf-8", "replace")
    assert "Canary" not in said and "canary@" not in said


def test_a_step_they_were_to_own_loses_their_title(client_of, coalition, lead, listed):
    a_table(coalition)
    round = agreed(an_opened_round(coalition, lead), lead)
    step = Agreement.objects.filter(round=round).first()
    Agreement.objects.filter(pk=step.pk).update(owner=listed, owner_title="canary title", next_step="Call")
    released(round, lead, yes_by=coalition.seats.filter(group="parent", arrived__isnull=False).first())
    client_of(lead).post(page_of(listed))
    assert "canary title" not in everything_kept()


def test_not_once_they_sat_there(client_of, lead, parent):
    answer = client_of(lead).post(page_of(parent))
    assert answer.status_code == 422 and "They were here" in answer.content.decode()
    parent.refresh_from_db()
    assert parent.left is None
    assert page_of(parent) not in client_of(lead).get(f"/c/care-forward/people/{parent.pk}/").content.decode()


def test_not_after_loading_either(client_of, lead, parent):
    Seat.objects.filter(pk=parent.pk).update(arrived=None, arrived_elsewhere="2026-01-01")
    assert client_of(lead).post(page_of(parent)).status_code == 422


@pytest.mark.parametrize("kept", [True, False])
def test_not_once_somebody_came_in_with_a_link(client_of, lead, listed, kept):
    invitation = hand_link(seat=listed, by=lead, now=timezone.now(), form=uuid.uuid4())
    Link.objects.filter(pk=invitation.link_id).update(used_at=timezone.now())
    if not kept:  # old links are cleared away
        Link.objects.all().delete()
    assert client_of(lead).post(page_of(listed)).status_code == 422
    listed.refresh_from_db()
    assert listed.listed_name == "Canary Listed"


@pytest.mark.parametrize(
    ("who", "status"), [("parent", 403), ("facilitator", 403), ("outsider", 404), ("site_admin", 404)]
)
def test_only_who_keeps_the_list(request, client_of, listed, who, status):
    browser = client_of(request.getfixturevalue(who))
    assert browser.get(page_of(listed)).status_code == browser.post(page_of(listed)).status_code == status
    listed.refresh_from_db()
    assert listed.listed_name == "Canary Listed"


def test_a_seat_of_another_table_is_not_found(client_of, outsider, listed):
    assert client_of(outsider).post(f"/c/kansas-cares/people/{listed.pk}/erase/").status_code == 404
