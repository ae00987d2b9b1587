"""What evaluators read: releases of the coalitions they follow, frozen, and nothing else."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coalitions.models import Coalition, Cohort
from members.models import Member
from milestones.actions.dissent import add_dissent
from milestones.models import Agreement, Dissent, Evidence, Item, Opening, Release, Version, Word
from tests.factories.answered import an_opened_round
from tests.factories.rounds import a_table, agreed, released
from tests.factories.tables import a_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def round(coalition, lead, parent, director):
    Member.objects.update(language="en")
    a_table(coalition)
    return released(agreed(an_opened_round(coalition, lead, words=True), lead), lead, parent)


def page_of(round, release=1):
    return reverse("release_page", args=[round.coalition.slug, round.number, release])


def read(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def main(page):
    return page[page.index("<main") : page.index("</main>")]


def test_the_list_goes_by_name_and_never_by_rank(round, evaluator, client_of):
    page = read(client_of(evaluator), reverse("releases"))
    assert page.index("Care Forward Kentucky") < page.index("Kansas Cares")
    assert "Not released yet." in page
    asked = round.participation["everyone"]["asked"]
    assert f"{asked} of {asked}" in page
    assert "not representative" not in page
    assert "average" not in page


def test_newest_first_and_a_correction_is_said(round, lead, parent, evaluator, client_of):
    released(round, lead, parent)
    page = read(client_of(evaluator), reverse("releases"))
    assert page.index("Release 2") < page.index("Release 1")
    assert page.count("a newer release corrects it") == 1
    assert "Release 2 corrects this one." in read(client_of(evaluator), page_of(round))
    assert "corrects this one" not in read(client_of(evaluator), page_of(round, 2))


def test_too_few_answers_are_marked(round, evaluator, client_of):
    release = Release.objects.get()
    release.document["participation"]["representative"] = False
    release.save()
    assert "not representative" in read(client_of(evaluator), reverse("releases"))
    assert "Not representative." in read(client_of(evaluator), page_of(round))


def test_the_page_is_the_frozen_document_alone(round, lead, evaluator, client_of):
    client = client_of(evaluator)
    before = main(read(client, page_of(round)))
    Agreement.objects.update(why="Changed later", low=5, high=5)
    Word.objects.update(text="Changed later")
    Opening.objects.update(average=49, people=99)
    Evidence.objects.create(coalition=round.coalition, item_code="M5", title="Changed later", outside=True)
    Item.objects.update(content={"name": "Changed later", "anchors": []})
    Version.objects.update(label="Changed later")
    item = round.version.items.get(position=5)
    add_dissent(
        round=round, item=item, seat=lead, text="Changed later", language="en", named=True, let_out=True, code="",
        now=round.opened_at, form=uuid.uuid4(),
    )  # fmt: skip
    assert main(read(client, page_of(round))) == before


def test_it_says_who_took_part_and_how_sure_we_are(round, evaluator, client_of):
    page = read(client_of(evaluator), page_of(round))
    for sentence in (
        "How sure are we?",
        "A group is shown from 5 people up",
        "Wording: ",
        "No gap is marked yet: that takes two released rounds.",
        "The table agreed a level on 7 of 7 milestones.",
    ):
        assert sentence in page
    assert "held in two rounds" not in page


def test_a_gap_that_held_is_marked(round, lead, parent, evaluator, client_of):
    later = an_opened_round(round.coalition, lead, now=round.opened_at + timedelta(days=170))
    later = released(agreed(later, lead), lead, parent)
    assert "This gap held in two rounds." in read(client_of(evaluator), page_of(later))
    assert "This gap held in two rounds." not in read(client_of(evaluator), page_of(round))


def test_only_quotable_words_and_only_while_they_stand(round, evaluator, client_of):
    page = read(client_of(evaluator), page_of(round))
    for word in Word.objects.filter(item__position=5):
        assert (word.text in page) == word.quotable


def test_high_outcome_levels_are_claimed_without_proof(coalition, lead, parent, evaluator, client_of):
    Member.objects.update(language="en")
    round = released(agreed(an_opened_round(coalition, lead), lead, level=4), lead, parent)
    assert (
        read(client_of(evaluator), page_of(round)).count('class="tag">claimed') == 4
    )  # heading and text, M6 and M7


def test_who_may_read(round, evaluator, lead, site_admin, outsider, client_of, visitor):
    elsewhere = a_member("Ed Elsewhere")
    Cohort.objects.create(name="Another cohort").evaluators.add(elsewhere)
    assert client_of(elsewhere).get(reverse("releases")).status_code == 200
    assert round.coalition.name not in read(client_of(elsewhere), reverse("releases"))
    assert client_of(elsewhere).get(page_of(round)).status_code == 404
    for who in (lead, outsider, site_admin):
        assert client_of(who).get(reverse("releases")).status_code == 404
        assert client_of(who).get(page_of(round)).status_code == 404
    assert visitor.get(page_of(round)).status_code == 302
    for missing in (page_of(round, 2), reverse("release_page", args=["kansas-cares", 1, 1])):
        assert client_of(evaluator).get(missing).status_code == 404
    Coalition.objects.filter(pk=round.coalition.pk).update(cohort=None)
    assert client_of(evaluator).get(page_of(round)).status_code == 404


def test_a_view_kept_at_the_table_is_only_counted(round, lead, parent, director, evaluator, client_of):
    item = round.version.items.get(position=5)
    for text, out in (("Inside words", False), ("Outside words", True)):
        add_dissent(
            round=round, item=item, seat=director, text=text, language="en", named=False, let_out=out,
            code="abcd-efgh-jkmn", now=round.opened_at, form=uuid.uuid4(),
        )  # fmt: skip
    assert Dissent.objects.count() == 2
    released(round, lead, parent)
    page = read(client_of(evaluator), page_of(round, 2))
    assert "Outside words" in page
    assert "A member" in page
    assert "Inside words" not in page
    assert "A view was kept at the table." in page


def test_the_cost_does_not_grow(round, lead, parent, evaluator, client_of):
    client = client_of(evaluator)
    addresses = (reverse("releases"), page_of(round))

    def queries():
        found = []
        for url in addresses:
            with CaptureQueriesContext(connection) as made:
                read(client, url)
            found.append(len(made))
        return found

    queries()  # that somebody reads it is written down the first time
    few = queries()
    for _ in range(3):
        released(round, lead, parent)
    assert queries() == few
    assert max(few) <= 8
