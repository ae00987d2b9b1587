"""What tables of a cohort share with one another, and everything that never goes with it."""

import uuid
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coalitions.models import Coalition, Cohort, Group
from dashboards.queries.learning import topics
from members.models import Member
from milestones.actions.agreement import record_agreement
from milestones.actions.forgetting import forget
from milestones.actions.learning import share_learning, unshare_learning
from milestones.models import Release
from milestones.queries.learning import shared_by
from tests.factories.answered import an_opened_round
from tests.factories.rounds import NOW, a_table, agreed, released, said
from tests.factories.tables import a_coalition, a_seat

pytestmark = pytest.mark.django_db


def sharing(coalition, lead, yes, **fields) -> Release:
    """A released round whose goals and reasons others read."""
    a_table(coalition)
    round = agreed(an_opened_round(coalition, lead, words=True), lead, level=fields.pop("level", 3))
    item = round.version.items.get(position=1)
    record_agreement(
        round=round, item=item, by=lead, seen=1, now=round.opened_at, form=uuid.uuid4(),
        said=said(3, **{"why": f"A reason of {coalition.name}.", "is_goal": True, **fields}),
    )  # fmt: skip
    release = released(round, lead, yes).releases.get()
    return share_learning(release=release, by=lead, now=NOW)


@pytest.fixture
def release(evaluator, coalition, lead, parent, director):
    """The first table, in one cohort with the second."""
    Member.objects.update(language="en")
    coalition.refresh_from_db()
    return sharing(coalition, lead, parent, next_step="Ask for a vote", owner=director, due=date(2027, 3, 1))


@pytest.fixture
def neighbour(other_coalition):
    return a_seat(other_coalition, "Nell Neighbour", Group.PARENT)


def page(client, name="cohort_learning", *args, query=""):
    response = client.get(reverse(name, args=args) + query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_other_table_and_evaluators_read_goals_reasons_and_steps(
    release, neighbour, evaluator, client_of
):
    there = neighbour.coalition.slug
    for read in (
        page(client_of(neighbour), "cohort_learning", there),
        page(client_of(evaluator), "learning"),
    ):
        for words in ("A reason of Care Forward Kentucky.", "A goal for us now.", "Ask for a vote"):
            assert words in read
        assert "Child care director" in read  # the owner’s title, and nobody’s name
        assert "Dee Director" not in read
        assert "1 table shares its reasons. For 1 of them it is a goal now." in read


def test_no_level_no_words_no_dissent(release, lead, parent, neighbour, evaluator, client_of):
    """Twin worlds: whatever else the release says, the page is the same to the byte."""
    client = client_of(neighbour)
    before = [page(client, "cohort_learning", "kansas-cares", query=f"?milestone=M{n}") for n in range(1, 8)]
    document = release.document
    for item in document["items"]:
        item["figures"] = []
        item["words"] = [{"id": 1, "group": "parents", "text": "CANARY", "translation": "", "language": "en"}]
        item["dissents"] = [{"id": 1, "text": "CANARY", "by": "CANARY", "kept": False}]
        item["evidence"] = [{"id": 1, "kind": "win", "title": "CANARY", "note": "CANARY", "url": ""}]
        for row in item["agreements"]:
            row.update(low=1, high=5, how="none", stand="no", above_because="CANARY", goal_level=5, proof=3)
    document["participation"] = {}
    Release.objects.update(document=document)
    after = [page(client, "cohort_learning", "kansas-cares", query=f"?milestone=M{n}") for n in range(1, 8)]
    assert [strip(each) for each in after] == [strip(each) for each in before]
    assert "CANARY" not in page(client_of(evaluator), "learning")


def strip(read: str) -> str:
    """What a page says, without the token of its forms."""
    return read[read.index("<main") : read.index("</main>")]


def test_nothing_is_read_before_it_is_shared_or_after(release, lead, neighbour, evaluator, client_of):
    unshare_learning(by=lead, now=NOW)
    for read in (
        page(client_of(neighbour), "cohort_learning", "kansas-cares"),
        page(client_of(evaluator), "learning"),
    ):
        assert "A reason" not in read
        assert "No table shares its goals and reasons yet" in read


def test_only_tables_of_the_cohort(release, neighbour, client_of):
    elsewhere = a_coalition("Ohio Cares", slug="ohio-cares", state="OH")
    far = a_seat(elsewhere, "Far Away", Group.PARENT)
    read = page(client_of(far), "cohort_learning", "ohio-cares")
    assert "A reason" not in read
    assert "Your coalition is in no cohort yet" in read
    Coalition.objects.filter(pk=elsewhere.pk).update(cohort=Cohort.objects.create(name="Another"))
    read = page(client_of(far), "cohort_learning", "ohio-cares")
    assert "A reason" not in read and "No table shares" in read
    Coalition.objects.filter(pk=release.round.coalition_id).update(cohort=None)
    assert "A reason" not in page(client_of(neighbour), "cohort_learning", "kansas-cares")


def test_who_may_not(release, parent, outsider, site_admin, visitor, client_of):
    assert client_of(outsider).get(reverse("learning")).status_code == 404
    assert client_of(parent).get(reverse("cohort_learning", args=["kansas-cares"])).status_code == 404
    assert client_of(site_admin).get(reverse("cohort_learning", args=["kansas-cares"])).status_code == 404
    assert visitor.get(reverse("learning")).status_code == 302


def test_what_was_taken_back_is_gone_here_too(release, director, neighbour, client_of):
    forget(member=director.member, now=NOW)
    read = page(client_of(neighbour), "cohort_learning", "kansas-cares")
    assert "Ask for a vote" in read
    assert "Child care director" not in read


def test_a_correction_is_read_once_it_is_shared(release, lead, parent, neighbour, client_of):
    round = release.round
    item = round.version.items.get(position=1)
    record_agreement(
        round=round, item=item, by=lead, seen=2, now=round.opened_at, form=uuid.uuid4(), said=said(3, why="Corrected.")
    )  # fmt: skip
    released(round, lead, parent)
    assert "Corrected." not in page(client_of(neighbour), "cohort_learning", "kansas-cares")
    share_learning(release=round.releases.get(number=2), by=lead, now=NOW)
    read = page(client_of(neighbour), "cohort_learning", "kansas-cares")
    assert "Corrected." in read and "A reason" not in read


def test_a_part_of_the_page_and_odd_milestones(release, neighbour, client_of):
    url = reverse("cohort_learning", args=["kansas-cares"])
    client = client_of(neighbour)
    headers = {"HX-Request": "true", "HX-Target": "shared"}
    part = client.get(url + "?milestone=M2", headers=headers).content.decode()
    assert part.lstrip().startswith('<div id="shared"') and "<main" not in part
    first = strip(page(client, "cohort_learning", "kansas-cares"))
    for odd in ("M99", "%20x", "M1&milestone="):
        assert strip(page(client, "cohort_learning", "kansas-cares", query=f"?milestone={odd}")) == first


def test_words_typed_by_people_stay_words(coalition, lead, parent, evaluator, client_of):
    coalition.refresh_from_db()
    sharing(coalition, lead, parent, why="<script>alert(1)</script> {{ x }}")
    read = page(client_of(evaluator), "learning")
    assert "<script>alert" not in read and "&lt;script&gt;alert(1)&lt;/script&gt; {{ x }}" in read


def test_a_milestone_of_one_coalition_stays_there(release, neighbour, client_of):
    document = release.document
    document["items"][0]["local"] = True
    Release.objects.update(document=document)
    assert "A reason" not in page(client_of(neighbour), "cohort_learning", "kansas-cares")


def test_each_headline_agrees_with_what_stands_below(release, lead, outsider, parent, neighbour):
    sharing(outsider.coalition, outsider, neighbour, is_goal=False)
    found = topics(shared_by(Coalition.objects.all()))
    assert [topic.code for topic in found] == [f"M{n}" for n in range(1, 8)]
    first = found[0]
    assert [shared.coalition.name for shared, _said in first.said] == [
        "Care Forward Kentucky",
        "Kansas Cares",
    ]
    assert first.headline == "2 tables share their reasons. For 1 of them it is a goal now."
    assert found[1].headline == "2 tables share their reasons. None of them calls it a goal now."


def test_the_cost_does_not_grow(release, outsider, neighbour, evaluator, client_of):
    addresses = (
        (client_of(neighbour), reverse("cohort_learning", args=["kansas-cares"])),
        (client_of(evaluator), reverse("learning")),
    )

    def queries():
        found = []
        for client, url in addresses:
            with CaptureQueriesContext(connection) as made:
                assert client.get(url).status_code == 200
            found.append(len(made))
        return found

    few = queries()
    sharing(outsider.coalition, outsider, neighbour)
    third = a_coalition("Ohio Cares", slug="ohio-cares", state="OH", cohort=Coalition.objects.first().cohort)
    lead = a_seat(third, "Lou Lead", Group.ADVOCATE, lead=True)
    sharing(third, lead, a_seat(third, "Pat Parent", Group.PARENT))
    assert queries() == few
    assert max(few) <= 7


def test_an_evaluator_of_two_cohorts_looks_at_one(release, outsider, neighbour, evaluator, client_of):
    second = Cohort.objects.create(name="Second cohort")
    client = client_of(evaluator)
    assert "Second cohort" not in page(client, "learning")
    second.evaluators.add(evaluator)
    Coalition.objects.filter(pk=outsider.coalition_id).update(cohort=second)
    sharing(outsider.coalition, outsider, neighbour)
    both = page(client, "learning")
    assert "A reason of Kansas Cares." in both and "A reason of Care Forward Kentucky." in both
    one = page(client, "learning", query=f"?cohort={second.pk}")
    assert "A reason of Kansas Cares." in one and "A reason of Care Forward Kentucky." not in one
    assert f"?milestone=M2&amp;cohort={second.pk}" in one
    assert "That cohort is not one of yours." in page(client, "learning", query="?cohort=x")
