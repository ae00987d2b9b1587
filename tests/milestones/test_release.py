"""What goes out: exactly what the table read, with a parent's or provider's yes, and never changed after."""

import json
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from coalitions.models import Event, Group, Seat, Verb
from members.models import Member
from milestones.actions.agreement import record_agreement
from milestones.actions.dissent import add_dissent
from milestones.actions.release import fingerprint
from milestones.models import Evidence, Release, Round
from milestones.queries.document import document
from milestones.released import read
from tests.factories.answered import an_opened_round
from tests.factories.rounds import a_table, agreed, released, said
from tests.factories.tables import a_seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def round(coalition, lead, parent, director):
    Member.objects.update(language="en")  # these tests read the pages
    a_table(coalition)
    return agreed(an_opened_round(coalition, lead, words=True), lead)


def address(round, name="release", *more):
    return reverse(name, args=[round.coalition.slug, round.number, *more])


def yes(round, by, **fields):
    shown = fingerprint(document(round, audience="evaluators"))
    return {"form_id": uuid.uuid4(), "shown": shown, "yes_by": by.pk, **fields}


def differ(round, seat, text, *, named=False, let_out=False, position=5):
    return add_dissent(
        round=round, item=round.version.items.get(position=position), seat=seat, text=text, language="en", named=named,
        let_out=let_out, code="abcd-efgh-jkmn", now=round.opened_at, form=uuid.uuid4(),
    )  # fmt: skip


def test_the_lead_reads_what_evaluators_read(round, lead, parent, director, evaluator, client_of):
    differ(round, director, "Let out and unnamed", let_out=True)
    differ(round, director, "Kept at the table")
    Evidence.objects.create(coalition=round.coalition, item_code="M5", title="Shown outside", outside=True)
    Evidence.objects.create(coalition=round.coalition, item_code="M5", title="Only for us")
    client = client_of(lead)
    before = client.get(address(round)).content.decode()
    assert Release.objects.count() == 0
    client.post(address(round), yes(round, parent))
    at_table = client.get(address(round, "released", 1)).content.decode()
    outside = (
        client_of(evaluator).get(reverse("release_page", args=[round.coalition.slug, 1, 1])).content.decode()
    )
    same = 'aria-labelledby="part"', "</main>"
    parts = [
        page[page.index(same[0]) : page.index(same[1])].rstrip().removesuffix("</div>")
        for page in (before, at_table, outside)
    ]
    assert parts[0] == parts[1] == parts[2]
    for page in (before, at_table, outside):
        assert "Let out and unnamed" in page
        assert "A view was kept at the table." in page
        assert "Shown outside" in page
    for page in (at_table, outside):
        assert "Kept at the table" not in page
        assert "Only for us" not in page


def test_the_page_says_what_stays_inside(round, lead, director, client_of):
    differ(round, director, "Kept")
    page = client_of(lead).get(address(round)).content.decode()
    quotable = round.words.filter(quotable=False).count()
    assert "1 view that its author kept in" in page
    assert f"{quotable} comments that their authors did not mark" in page


def test_a_release_holds_no_name_and_no_address(round, lead, parent, director, client_of):
    differ(round, director, "Unnamed", let_out=True)
    record_agreement(
        round=round, item=round.version.items.get(position=5), by=lead, seen=1, now=round.opened_at, form=uuid.uuid4(),
        said=said(2, owner=director, next_step="Open the books"),
    )  # fmt: skip
    Member.objects.filter(pk=director.member_id).update(name="")
    differ(
        round, Seat.objects.get(pk=director.pk), "Signed by somebody without a name", named=True, let_out=True
    )
    client_of(lead).post(address(round), yes(round, parent))
    text = str(Release.objects.get().document)
    assert "Child care director" in text
    assert "@" not in text
    for member in Member.objects.exclude(name=""):
        assert member.name not in text


def test_a_signed_view_let_out_carries_its_name(round, lead, parent, director, evaluator, client_of):
    differ(round, director, "Signed", named=True, let_out=True)
    client_of(lead).post(address(round), yes(round, parent))
    page = (
        client_of(evaluator).get(reverse("release_page", args=[round.coalition.slug, 1, 1])).content.decode()
    )
    assert "Dee Director" in page


def test_it_says_that_other_people_lead_and_not_who(round, lead, parent):
    released(round, lead, parent)
    assert round.releases.get().document["participation"]["lead_changed"] is False
    came = round.meets_on + timedelta(days=30)
    a_seat(round.coalition, "Nia New", Group.PARENT, lead=True, joined=came, arrived=came)
    later = an_opened_round(round.coalition, lead, now=round.opened_at + timedelta(days=182))
    document = released(agreed(later, lead), lead, parent).releases.get().document
    assert document["participation"]["lead_changed"] is True
    assert "Nia" not in json.dumps(document)


def test_the_yes_comes_from_a_parent_or_provider_here(round, lead, parent, director, outsider, client_of):
    gone = round.coalition.seats.filter(group="provider").first()
    Seat.objects.filter(pk=gone.pk).update(left=timezone.now().date())
    for nobody in (director, outsider, gone):
        refused = client_of(lead).post(address(round), yes(round, nobody))
        assert refused.status_code == 422
        assert "who says yes" in refused.content.decode()
    assert client_of(lead).post(address(round), yes(round, parent, yes_by="")).status_code == 422
    assert client_of(lead).post(address(round), yes(round, parent, yes_by="9" * 30)).status_code == 422
    assert not Release.objects.exists()
    assert client_of(lead).post(address(round), yes(round, parent)).status_code == 303
    assert Release.objects.get().yes_by == parent


def test_a_yes_is_to_what_was_shown(round, lead, parent, director, client_of):
    form = yes(round, parent)
    differ(round, director, "Added while they read", let_out=True)
    response = client_of(lead).post(address(round), form)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Something changed since you opened this page." in page
    assert "Added while they read" in page
    assert not Release.objects.exists()
    assert fingerprint(document(round, audience="evaluators")) in page
    assert client_of(lead).post(address(round), yes(round, parent)).status_code == 303


def test_sent_twice_it_is_released_once(round, lead, parent, client_of):
    form = yes(round, parent)
    answers = [client_of(lead).post(address(round), form) for _ in range(2)]
    assert [answer.url for answer in answers] == [address(round, "released", 1)] * 2
    assert Release.objects.count() == 1
    assert Event.objects.filter(verb=Verb.RELEASED).count() == 1


def test_a_correction_is_a_new_release_with_its_own_yes(round, lead, parent, client_of):
    client_of(lead).post(address(round), yes(round, parent))
    first = Release.objects.get().document
    record_agreement(
        round=round, item=round.version.items.get(position=1), by=lead, seen=1, now=round.opened_at, form=uuid.uuid4(),
        said=said(1, why="Corrected words."),
    )  # fmt: skip
    assert client_of(lead).post(address(round), yes(round, parent, yes_by="")).status_code == 422
    client_of(lead).post(address(round), yes(round, parent))
    earlier, later = Release.objects.order_by("number")
    assert earlier.document == first
    assert "Corrected words." in str(later.document)
    assert (
        "Release 2 corrects this one."
        in client_of(parent).get(address(round, "released", 1)).content.decode()
    )


def test_before_every_milestone_ended_there_is_nothing_to_release(coalition, lead, parent, client_of):
    Member.objects.update(language="en")
    round = an_opened_round(coalition, lead)
    page = client_of(lead).get(address(round)).content.decode()
    assert "Setting the Table" in page
    assert 'name="yes_by"' not in page
    assert client_of(lead).post(address(round), yes(round, parent)).status_code == 422
    assert not Release.objects.exists()


def test_a_locked_round_is_not_released_any_more(round, lead, parent, client_of):
    form = yes(round, parent)
    Round.objects.filter(pk=round.pk).update(locked_at=timezone.now())
    assert "can no longer be released" in client_of(lead).get(address(round)).content.decode()
    assert client_of(lead).post(address(round), form).status_code == 422
    assert not Release.objects.exists()


def test_who_may(round, lead, parent, facilitator, observer, outsider, client_of, visitor):
    for who, status in ((lead, 200), (parent, 403), (facilitator, 403), (observer, 403), (outsider, 404)):
        assert client_of(who).get(address(round)).status_code == status
    assert client_of(parent).post(address(round), yes(round, parent)).status_code == 403
    released(round, lead, parent)
    for who, status in ((parent, 200), (observer, 200), (outsider, 404)):
        assert client_of(who).get(address(round, "released", 1)).status_code == status
    assert client_of(lead).get(address(round, "released", 2)).status_code == 404
    assert visitor.get(address(round, "released", 1)).status_code == 302


# A gap outside the table


def two_releases(coalition, lead, parent, **second):
    first = released(agreed(an_opened_round(coalition, lead), lead), lead, parent)
    later = first.opened_at + timedelta(days=170)
    then = released(agreed(an_opened_round(coalition, lead, now=later, **second), lead), lead, parent)
    return [read(each.releases.get().document, earlier=before) for each, before in (
        (first, None), (then, first.releases.get().document),
    )]  # fmt: skip


def held(page):
    return {each.item.code for each in page.milestones if each.held}


def large(page):
    return {each.item.code for each in page.milestones if each.board.worth_talking_about}


def test_a_gap_is_marked_only_when_it_held_in_two_rounds(coalition, lead, parent):
    a_table(coalition)
    first, then = two_releases(coalition, lead, parent)
    assert large(first)
    assert held(first) == set()
    assert held(then) == large(first) & large(then) != set()


def test_a_gap_that_turned_round_did_not_hold(coalition, lead, parent):
    a_table(coalition)
    first, then = two_releases(coalition, lead, parent, low=(3, 4, 4, 5), high=(1, 2, 2, 3))
    assert large(first) & large(then)
    assert held(then) == set()
