"""The public page of a coalition: only what it published, to anyone, without a cookie."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from feedback.models import SaidAndDone
from members.models import Member
from milestones.actions.publishing import publish_round
from milestones.actions.release import fingerprint
from milestones.models import Agreement, Word
from milestones.queries.public import public_document
from tests.factories.answered import an_opened_round
from tests.factories.rounds import NOW, a_table, agreed, released

pytestmark = pytest.mark.django_db


def public(round, lead):
    release = round.releases.last()
    return publish_round(
        round=round, by=lead, now=timezone.now(), shown=fingerprint(public_document(release))
    )


@pytest.fixture
def round(coalition, lead, parent, director):
    Member.objects.update(language="en")
    a_table(coalition, (("parent", 8), ("provider", 7), ("advocate", 9), ("agency", 5)))
    return released(agreed(an_opened_round(coalition, lead, words=True), lead), lead, parent)


@pytest.fixture
def page(round, lead):
    public(round, lead)
    return reverse("published", args=[round.coalition.slug])


def test_it_says_what_was_agreed_and_no_marks(page, round, visitor):
    body = visitor.get(page).content.decode()
    for text in (
        round.coalition.name,
        "We have examples.",
        "3 Partway",
        "on average",
        "No total, and no rank.",
    ):
        assert text in body
    for word in Word.objects.all():
        assert (word.text in body) == word.quotable
    assert "Somebody at the table, December 2026" in body
    for inside in ("people</", "can’t say", "Lena", "Paz", "worth talking about"):
        assert inside not in body.split("<main")[1]


def test_what_is_not_published_looks_like_no_such_coalition(round, page, other_coalition, visitor):
    nothing = visitor.get(reverse("published", args=[other_coalition.slug]))
    no_such = visitor.get(reverse("published", args=["no-such-table"]))
    assert nothing.status_code == no_such.status_code == 404
    assert nothing.content == no_such.content.replace(b"no-such-table", other_coalition.slug.encode())
    assert not nothing.cookies and "csrf" not in nothing.content.decode()
    assert visitor.get(reverse("published_round", args=[round.coalition.slug, 2])).status_code == 404
    assert visitor.post(page).status_code == 405


def test_nobody_is_known_there(page, lead, client_of):
    for client in (Client(), client_of(lead)):
        client.cookies["django_language"] = "es"
        answer = client.get(page)
        assert not answer.cookies
        assert 'lang="en"' in answer.content.decode()
        assert "Sign out" not in answer.content.decode()
        assert answer["Cache-Control"] == "public, no-cache"
        assert "Accept-Language" in answer["Vary"]
        assert client.get(page, headers={"if-none-match": answer["ETag"]}).status_code == 304
    assert "<script" not in answer.content.decode()


def test_both_languages(page, visitor):
    for answer in (
        visitor.get(page, {"language": "es"}),
        visitor.get(page, headers={"accept-language": "es"}),
    ):
        body = answer.content.decode()
        assert '<html lang="es"' in body and answer["Content-Language"] == "es"
        assert "?language=en" in body and "en promedio" in body
    assert '<html lang="en"' in visitor.get(page, {"language": "\x00tlh"}).content.decode()


def test_it_is_the_frozen_copy(page, visitor):
    before = visitor.get(page).content
    Agreement.objects.update(why="Changed later", low=5, high=5)
    Word.objects.update(text="Changed later")
    assert visitor.get(page).content == before


def test_the_newest_round_and_a_way_to_the_others(page, round, lead, parent, visitor):
    later = an_opened_round(round.coalition, lead, now=NOW + timedelta(days=182))
    later = released(agreed(later, lead, level=4), lead, parent)
    assert "4 Strong" not in visitor.get(page).content.decode()
    public(later, lead)
    body = visitor.get(page).content.decode()
    assert "4 Strong" in body
    first = reverse("published_round", args=[round.coalition.slug, 1])
    assert first in body
    assert "4 Strong" not in visitor.get(first).content.decode()


def test_it_leads_to_what_was_said_and_done(page, round, lead, visitor):
    said = reverse("public_said", args=[round.coalition.slug])
    assert said not in visitor.get(page).content.decode()
    SaidAndDone.objects.create(
        coalition=round.coalition, done="did", said={"en": "They said"}, did={"en": "We did"}, by=lead,
        on=NOW.date(), public=True, form=uuid.uuid4(),
    )  # fmt: skip
    assert said in visitor.get(page).content.decode()


def test_the_cost_does_not_grow(page, round, lead, parent, visitor):
    def queries():
        with CaptureQueriesContext(connection) as made:
            visitor.get(page)
        return len(made)

    few = queries()
    for n in range(2):
        later = an_opened_round(round.coalition, lead, now=NOW + timedelta(days=182 * (n + 1)))
        public(released(agreed(later, lead), lead, parent), lead)
    assert queries() == few <= 4
