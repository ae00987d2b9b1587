"""A lead publishes what was released, having read it, and takes it back; what is blanked inside is blanked outside."""

import random
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from coalitions.models import Event, Verb
from members.models import Member
from milestones.actions.dissent import add_dissent, withdraw_dissent
from milestones.actions.forgetting import forget
from milestones.actions.release import withdraw_words, withhold_words
from milestones.models import Agreement, Dissent, Opening, Release, Word
from milestones.queries.public import public_document
from tests.factories.answered import an_opened_round
from tests.factories.rounds import NOW, a_table, agreed, an_open_round, everyone_answers, opened, released
from tests.factories.tables import a_coalition, a_seat

pytestmark = pytest.mark.django_db
BIG = (("parent", 8), ("provider", 7), ("advocate", 9), ("agency", 5))


@pytest.fixture
def round(coalition, lead, parent, director):
    Member.objects.update(language="en")
    a_table(coalition, BIG)
    return released(agreed(an_opened_round(coalition, lead, words=True), lead), lead, parent)


def address(round, name="publish"):
    return reverse(name, args=[round.coalition.slug, round.number])


def shown_on(page) -> str:
    return page.split('name="shown" value="')[1].split('"')[0]


def publish(client, round):
    page = client.get(address(round)).content.decode()
    return client.post(address(round), {"shown": shown_on(page)})


def outside(visitor, round):
    return visitor.get(reverse("published_round", args=[round.coalition.slug, round.number]))


def test_what_is_published_is_what_was_read_and_it_is_on_record(round, lead, client_of, visitor):
    client = client_of(lead)
    page = client.get(address(round)).content.decode()
    assert "Below is every word and number that anyone could read" in page
    assert outside(visitor, round).status_code == 404
    assert client.post(address(round), {"shown": shown_on(page)}).status_code == 303
    release = Release.objects.get()
    assert release.public == public_document(release) and release.published_at
    assert Event.objects.get(verb=Verb.PUBLISHED).about == "Round 1, 1"
    body = outside(visitor, round).content.decode()
    start = '<section class="sec page"'
    assert body[body.index(start) : body.index("</main>")] == page[page.index(start) : page.index("</main>")]
    client.post(address(round), {"shown": shown_on(page)})
    assert Event.objects.filter(verb=Verb.PUBLISHED).count() == 1
    assert "Publish for everyone</button>" not in client.get(address(round)).content.decode()


def test_something_else_than_was_read_is_not_published(round, lead, client_of):
    client = client_of(lead)
    shown = shown_on(client.get(address(round)).content.decode())
    withdraw_words(word=Word.objects.filter(quotable=True).first(), now=NOW)
    answer = client.post(address(round), {"shown": shown})
    assert answer.status_code == 409
    assert "Something changed since you opened this page." in answer.content.decode()
    for wrong in ({}, {"shown": "x"}):
        assert client.post(address(round), wrong).status_code == 409
    assert Release.objects.get().public is None
    assert not Event.objects.filter(verb=Verb.PUBLISHED)


def test_taken_back_it_is_gone_at_once(round, lead, client_of, visitor):
    client = client_of(lead)
    publish(client, round)
    assert outside(visitor, round).status_code == 200
    assert client.get(address(round, "unpublish")).status_code == 405
    assert client.post(address(round, "unpublish")).status_code == 303
    assert outside(visitor, round).status_code == 404
    assert (Release.objects.get().public, Release.objects.get().published_at) == (None, None)
    client.post(address(round, "unpublish"))
    assert Event.objects.filter(verb=Verb.UNPUBLISHED).count() == 1
    assert publish(client, round).status_code == 303
    assert outside(visitor, round).status_code == 200


def test_a_correction_is_published_in_the_place_of_what_it_corrects(round, lead, parent, client_of, visitor):
    client = client_of(lead)
    publish(client, round)
    Agreement.objects.update(why="Corrected reason")
    released(round, lead, parent)
    assert "Corrected reason" not in outside(visitor, round).content.decode()
    assert "What is public is not what is below." in client.get(address(round)).content.decode()
    publish(client, round)
    assert "Corrected reason" in outside(visitor, round).content.decode()
    assert [release.public is None for release in Release.objects.order_by("number")] == [True, False]


def test_nothing_is_published_before_it_is_released(coalition, lead, client_of):
    a_table(coalition)
    round = agreed(an_opened_round(coalition, lead), lead)
    page = client_of(lead).get(address(round))
    assert "Release the round to evaluators first." in page.content.decode()
    assert client_of(lead).post(address(round), {"shown": ""}).status_code == 422


def test_who_may(round, lead, parent, facilitator, observer, outsider, evaluator, visitor, client_of):
    cases = (
        (lead, 200),
        (parent, 403),
        (facilitator, 403),
        (observer, 403),
        (outsider, 404),
        (evaluator, 404),
    )
    for who, status in cases:
        assert client_of(who).get(address(round)).status_code == status
        if who != lead:
            assert client_of(who).post(address(round), {"shown": ""}).status_code == status
            assert client_of(who).post(address(round, "unpublish")).status_code == status
    assert visitor.get(address(round)).status_code == 302


def test_whatever_blanks_a_release_blanks_what_is_public_too(
    round, lead, parent, director, client_of, visitor
):
    item = round.version.items.get(position=2)
    signed = add_dissent(
        round=round, item=item, seat=director, text="A signed view", language="en", named=True, let_out=True,
        code="", now=round.opened_at, form=uuid.uuid4(),
    )  # fmt: skip
    Agreement.objects.filter(round=round, item=item).update(
        owner=director, owner_title="Dad of one, Covington"
    )
    released(round, lead, parent)
    publish(client_of(lead), round)
    first, second = Word.objects.filter(quotable=True)[:2]
    texts = (first.text, second.text, "A signed view", director.name)
    release = Release.objects.exclude(public=None).get()
    assert all(text in str(release.public) for text in texts)
    assert "Covington" in str(release.document) and "Covington" not in str(release.public)
    withdraw_words(word=first, now=NOW)
    withhold_words(word=second, by=lead, because="It tells where she works.", now=NOW)
    withdraw_dissent(dissent=Dissent.objects.get(pk=signed.pk), seat=director, code="", now=NOW)
    forget(member=director.member, now=NOW)
    release.refresh_from_db()
    assert not [
        text
        for text in (*texts, "Covington")
        for frozen in (release.public, release.document)
        if text in str(frozen)
    ]
    body = outside(visitor, round).content.decode()
    assert "A view was withdrawn." in body and "These words were withdrawn." in body
    assert not [text for text in texts if text in body]


def texts_in(value) -> set[str]:
    if isinstance(value, dict):
        return set().union(*map(texts_in, value.values()))
    if isinstance(value, list):
        return set().union(*map(texts_in, value))
    return {value} if isinstance(value, str) else set()


@pytest.mark.parametrize("seed", range(6))
def test_the_public_reads_nothing_that_evaluators_do_not_and_no_group_under_ten(db, seed):
    """In tables of every size: each text and each average follows from what evaluators have."""
    chance = random.Random(seed)
    table = a_coalition(f"Table {seed}", slug=f"table-{seed}", state="VT")
    lead = a_seat(table, "Lena Lead", "advocate", lead=True)
    a_table(table, [(group, chance.randint(1, 14)) for group in ("parent", "provider", "agency")])
    now, shown = NOW, 0
    for _n in range(2):
        one = an_open_round(table, lead, now=now)
        everyone_answers(one, table.seats.answering(), chance=chance, words=True)
        one = released(agreed(opened(one, lead), lead), lead, table.seats.filter(group="parent").first())
        release = one.releases.get()
        public = public_document(release)
        whole = {"parents+providers+others"}  # words are pooled: no group of theirs is told
        assert texts_in(public) - texts_in(release.document) <= whole
        for item, seen in zip(public["items"], release.document["items"], strict=True):
            families = {figure["group"] for figure in item["figures"]} & {"parents", "parents+providers"}
            assert bool(item["agreements"][-1]["above_because"]) == bool(families)
            for figure in item["figures"]:
                shown += 1
                inside = [
                    each
                    for each in seen["figures"]
                    if set(each["group"].split("+")) <= set(figure["group"].split("+"))
                ]
                counts = [(int(level), n) for each in inside for level, n in each["counts"].items()]
                people = sum(n for _level, n in counts)
                assert people >= 10
                assert figure["average"] == (20 * sum(level * n for level, n in counts) + people) // (
                    2 * people
                )
                assert {figure[key] for key in ("people", "cannot_say", "counts", "half")} == {None}
        now += timedelta(days=182)
    assert shown or table.seats.count() < 16


def test_how_many_took_part_is_told_from_ten_up(round, lead, client_of, visitor):
    release = Release.objects.get()
    everyone, families = (
        release.document["participation"]["everyone"],
        release.document["participation"]["families"],
    )
    assert public_document(release)["participation"] == {
        "everyone": {"asked": everyone["asked"], "answered": everyone["answered"]},
        "families": {"asked": families["asked"], "answered": families["answered"]},
        "representative": True,
    }
    families["asked"] = everyone["asked"] - 9
    assert public_document(release)["participation"]["families"] is None
    everyone["asked"] = 9
    assert public_document(release)["participation"]["everyone"] is None


def test_figures_come_from_the_openings_of_the_public(round):
    rows = Opening.objects.filter(round=round, audience="public").exclude(group="")
    told = {
        (item["code"], figure["group"], figure["average"])
        for item in public_document(Release.objects.get())["items"]
        for figure in item["figures"]
    }
    assert told == {(row.item.code, row.group, row.average) for row in rows.select_related("item")}
    assert told
