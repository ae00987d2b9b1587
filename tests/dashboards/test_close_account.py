import json
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import models
from django.urls import reverse
from django.utils import timezone

from coalitions.models import Event, Import, Invitation, Organization, Seat, Verb
from dashboards.actions import close_account
from members.models import Device, Link, Member
from milestones.actions.sealing import seal_round
from milestones.models import Agreement, Dissent, Draft, Evidence, Opening, Part, Release, Round, Tick
from outbox.actions.writing import Letter, enqueue
from outbox.models import Message, ProblemAddress, StopLink
from tests.dashboards.somebody import CANARIES
from tests.members.signing_in import just_signed_in

CLOSE = "/me/close/"
# What a table recorded together, and the names of tables, stay.
STAYS = {
    "coalitions.Coalition.name", "milestones.Round.name", "coalitions.Cohort.name", "milestones.Agreement.next_step",
    "feedback.Form.name", "feedback.Recording.question", "feedback.SaidAndDone.did",
    "admin.LogEntry.object_repr",  # to whom a site admin did something
}  # fmt: skip


@pytest.fixture
def closed(seat) -> Seat:
    close_account(member=Member.objects.get(pk=seat.member_id), now=timezone.now())
    return seat


def everything_kept() -> str:
    """Every text of every row of every table."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        fields = [
            field.attname
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField | models.JSONField)
        ]
        if fields:
            found += [json.dumps(row, default=str) for row in model.objects.values(*fields)]
    return "\n".join(found)


def test_the_page_says_what_happens_and_does_nothing(seat):
    browser = just_signed_in(seat)
    Authenticator.objects.all().delete()
    page = browser.get(CLOSE, headers={"accept-language": "en"}).content.decode()
    assert "What we delete now" in page
    assert "What stays" in page
    assert Member.objects.get(pk=seat.member_id).is_active


def test_it_is_closed_and_they_are_signed_out_everywhere(seat):
    Authenticator.objects.all().delete()
    browser, other = just_signed_in(seat), just_signed_in(seat)
    assert browser.post(CLOSE).url == reverse("front")
    assert browser.get("/me/").status_code == 302
    assert other.get("/me/").status_code == 302
    assert browser.post(CLOSE).status_code == 302


def test_before_it_every_canary_is_somewhere(seat):
    kept = everything_kept()
    assert [words for words in CANARIES.values() if words not in kept] == []


def test_nothing_of_theirs_is_left_in_any_row(closed):
    kept = everything_kept()
    left = [field for field, words in CANARIES.items() if words in kept and field not in STAYS]
    assert left == []
    for secret in ("canary-token", "canary-digest", "canary-session-key", "canary body", "canary subject"):
        assert secret not in kept


def test_what_is_theirs_alone_is_gone(closed):
    member = Member.objects.get(pk=closed.member_id)
    assert not (
        member.is_active or member.is_staff or member.name or member.calendar_token or member.last_login
    )
    assert member.email.endswith("@closed.invalid")
    for model in (Link, Device, Invitation, Import, Tick, EmailAddress, Authenticator):
        assert not model.objects.exists(), model
    assert not Draft.objects.filter(seat__member=member).exists()
    assert not Evidence.objects.filter(title="canary evidence").exists()
    assert not member.cohorts.exists()
    for rows in (Message, StopLink, ProblemAddress):
        assert not rows.objects.filter(to=CANARIES["members.Member.email"]).exists()


def test_a_code_on_its_way_to_an_address_they_wanted_is_gone(seat):
    wanted = Letter(key=f"email/{seat.member_id}/1", to="wanted@example.org", subject="x", text="x")
    enqueue(wanted, now=timezone.now())
    close_account(member=seat.member, now=timezone.now())
    assert not Message.objects.filter(to="wanted@example.org").exists()


def test_others_keep_theirs(closed):
    assert Draft.objects.filter(words="Someone else wrote this").exists()
    assert Dissent.objects.filter(text="unnamed view").exists()


def test_every_seat_has_ended_without_a_name(closed, client_of, lead):
    seats = Seat.objects.filter(member=closed.member_id)
    assert len(seats) == 2
    for seat in seats:
        assert seat.left
        blank = (seat.name, seat.email, seat.contact, seat.title, seat.paid, seat.organization)
        assert blank == ("", "", "", "", "", None)
    assert not Organization.objects.filter(name="Canary Family Care").exists()
    assert Event.objects.filter(verb=Verb.SEAT_LEFT).count() == 2
    for page in ("people", "settings_page"):
        said = client_of(lead).get(reverse(page, args=["care-forward"])).content.decode()
        assert "Canary Carmen" not in said
        assert "Canary As Listed" not in said
        assert "closed.invalid" not in said
    assert "Somebody who closed their account" in said


def test_an_organization_that_others_share_stays(seat, lead):
    Seat.objects.filter(pk=lead.pk).update(organization=seat.organization)
    close_account(member=seat.member, now=timezone.now())
    lead.refresh_from_db()
    assert lead.organization.name == "Canary Family Care"


def test_what_they_signed_is_taken_back_where_it_was_released_too(seat):
    assert "canary sees it differently" in json.dumps(Release.objects.get().document)
    close_account(member=seat.member, now=timezone.now())
    assert "canary sees it differently" not in json.dumps(Release.objects.get().document)
    taken_back = Dissent.objects.exclude(withdrawn_at=None).get()
    assert (taken_back.text, taken_back.seat) == ("", None)


def test_figures_stand(seat):
    def figures():
        return list(Opening.objects.order_by("pk").values()), list(
            Agreement.objects.order_by("pk").values("low", "high", "why", "next_step")
        )

    before, participation = figures(), Round.objects.earliest("pk").participation
    close_account(member=seat.member, now=timezone.now())
    assert figures() == before
    assert Round.objects.earliest("pk").participation == participation


def test_that_they_took_part_is_under_one_random_number(seat, coalition):
    first = Round.objects.earliest("pk")
    newest = Round.objects.latest("pk")
    Round.objects.filter(pk=newest.pk).update(closes_at=timezone.now())
    seal_round(round=newest, now=timezone.now())
    asked = {round.pk: round.parts.count() for round in (first, newest)}
    close_account(member=seat.member, now=timezone.now())
    left = Part.objects.filter(seat=None)
    assert {part.round_id for part in left} == {first.pk, newest.pk}
    assert len({part.who for part in left}) == 1, "to the gate it is the same person in both rounds"
    assert {round.pk: round.parts.count() for round in (first, newest)} == asked


def test_in_an_open_round_they_were_never_asked(closed):
    newest = Round.objects.latest("pk")
    assert not newest.parts.filter(seat=None).exists()
    Round.objects.filter(pk=newest.pk).update(closes_at=timezone.now())
    sealed = seal_round(round=newest, now=timezone.now())
    assert sealed.parts.count() == sealed.participation["everyone"]["asked"]
    assert not sealed.parts.filter(seat=None).exists()


def test_a_round_past_its_closing_counts_them_first(seat):
    newest = Round.objects.latest("pk")
    Round.objects.filter(pk=newest.pk).update(closes_at=timezone.now() - timedelta(seconds=1))
    Part.objects.filter(round=newest, seat=seat).update(saved=7)
    close_account(member=seat.member, now=timezone.now())
    newest.refresh_from_db()
    assert newest.sealed_at
    assert newest.participation["everyone"]["took_part"] == 1


def test_not_while_a_table_would_have_no_lead(seat, client_of):
    Authenticator.objects.all().delete()
    Seat.objects.filter(coalition=seat.coalition).update(lead=False)
    Seat.objects.filter(pk=seat.pk).update(lead=True)
    answer = just_signed_in(seat).post(CLOSE, headers={"accept-language": "en"})
    assert answer.status_code == 422
    said = answer.content.decode()
    assert "You are the only lead of Care Forward Kentucky. Make somebody else a lead first." in said
    kept = everything_kept()
    assert [words for words in CANARIES.values() if words not in kept and words != "canary phone"] == []
    assert not Seat.objects.filter(member=seat.member_id).exclude(left=None).exists()


def test_not_while_the_site_would_have_no_site_admin(seat):
    Authenticator.objects.all().delete()
    Member.objects.filter(pk=seat.member_id).update(is_staff=True)
    off = Member.objects.create_user("off@example.org", is_staff=True, is_active=False)
    browser = just_signed_in(seat)
    for language, said in (
        ("en", "You are the only site admin. Make somebody else a site admin first."),
        ("es", "Solo usted administra el sitio. Antes, nombre a otra persona que lo administre."),
    ):
        browser.cookies["django_language"] = language
        answer = browser.post(CLOSE)
        assert answer.status_code == 422
        assert said in answer.content.decode()
    assert Member.objects.get(pk=seat.member_id).is_active
    assert not Seat.objects.filter(member=seat.member_id).exclude(left=None).exists()
    Member.objects.filter(pk=off.pk).update(is_active=True)
    assert browser.post(CLOSE).url == reverse("front")


def test_a_listed_address_that_is_somebody_elses_by_now_is_left_alone(seat):
    other = Member.objects.create_user(CANARIES["coalitions.Seat.listed_email"])
    StopLink.objects.create(to=other.email, kind="reminder")
    close_account(member=seat.member, now=timezone.now())
    assert StopLink.objects.filter(to=other.email).exists()


def test_only_who_showed_a_moment_ago_that_it_is_them(client_of, seat):
    browser = client_of(seat)
    for answer in (browser.get(CLOSE), browser.post(CLOSE)):
        assert answer.url == "/me/confirm/?next=%2Fme%2Fclose%2F"
    assert Member.objects.get(pk=seat.member_id).is_active


def test_the_address_is_free_for_a_new_account(closed, visitor):
    again = Member.objects.create_user(CANARIES["members.Member.email"])
    assert again.pk != closed.member_id
    assert not again.seats.exists()


def test_a_seat_that_ended_before_loses_its_name_too(seat):
    before = timezone.localdate() - timedelta(days=3)
    Seat.objects.filter(pk=seat.pk).update(left=before, listed_name="Canary Long Ago")
    close_account(member=seat.member, now=timezone.now())
    seat.refresh_from_db()
    assert (seat.left, seat.listed_name, seat.listed_email) == (before, "", "")
