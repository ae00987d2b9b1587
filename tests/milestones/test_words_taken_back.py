"""Shared words come off the page: taken back by whoever wrote them, or withheld with a reason."""

import pytest
from django.urls import reverse

from coalitions.models import Event, Verb
from members.models import Member
from milestones.models import Word
from tests.factories.answered import an_opened_round, answers
from tests.factories.rounds import a_table, agreed, an_open_round, released, sealed

pytestmark = pytest.mark.django_db


@pytest.fixture
def round(coalition, lead, parent, director):
    Member.objects.update(language="en")  # these tests read the pages
    a_table(coalition)
    round = agreed(an_opened_round(coalition, lead, words=True), lead)
    return released(round, lead, parent)


@pytest.fixture
def word(round):
    return Word.objects.filter(round=round, quotable=True, item__position=5).first()


def address(name, word):
    return reverse(name, args=[word.round.coalition.slug, word.round.number, word.pk])


def test_taken_back_they_are_blank_in_every_release(word, parent, client_of, evaluator):
    text, round = word.text, word.round
    assert text in str(round.releases.get().document)
    assert client_of(parent).post(address("withdraw_words", word), {"mine": "on"}).status_code == 303
    word.refresh_from_db()
    assert (word.text, word.translation) == ("", "")
    assert text not in str(round.releases.get().document)
    page = client_of(evaluator).get(reverse("release_page", args=[round.coalition.slug, round.number, 1]))
    assert text not in page.content.decode()
    assert "These words were withdrawn." in page.content.decode()
    board = (
        client_of(parent).get(reverse("board", args=[round.coalition.slug, round.number, 5])).content.decode()
    )
    assert text not in board


def test_the_page_says_nobody_knows_whose_they_are_and_asks(word, parent, client_of):
    page = client_of(parent).get(address("withdraw_words", word)).content.decode()
    assert "Nobody knows whose words these are" in page
    assert "These are my words" in page
    refused = client_of(parent).post(address("withdraw_words", word))
    assert refused.status_code == 422
    word.refresh_from_db()
    assert word.text


def test_who_took_words_back_is_not_kept(word, parent, client_of):
    before = Event.objects.count()
    client_of(parent).post(address("withdraw_words", word), {"mine": "on"})
    assert Event.objects.count() == before
    assert parent.pk not in Word.objects.filter(pk=word.pk).values_list("withheld_because", "group").get()


def test_withheld_words_leave_a_reason_on_record_once(word, lead, client_of):
    text = word.text
    refused = client_of(lead).post(address("withhold_words", word), {"because": " "})
    assert refused.status_code == 422
    assert "Write why." in refused.content.decode()
    for because in ("It tells where she works.", "Again"):
        assert client_of(lead).post(address("withhold_words", word), {"because": because}).status_code == 303
    event = Event.objects.get(verb=Verb.WORDS_WITHHELD)
    assert (event.about, event.seat) == ("It tells where she works.", lead)
    assert text not in str(word.round.releases.get().document)
    board = client_of(lead).get(reverse("board", args=[word.round.coalition.slug, word.round.number, 5]))
    assert text not in board.content.decode()
    assert text not in client_of(lead).get(address("withdraw_words", word)).content.decode()
    assert text not in client_of(lead).get(address("withhold_words", word)).content.decode()


def test_who_may(word, lead, parent, director, facilitator, observer, outsider, client_of):
    expected = {
        "withdraw_words": (
            (parent, 200),
            (director, 200),
            (facilitator, 403),
            (observer, 403),
            (outsider, 404),
        ),
        "withhold_words": ((lead, 200), (facilitator, 200), (parent, 403), (observer, 403), (outsider, 404)),
    }
    for name, cases in expected.items():
        for who, status in cases:
            assert client_of(who).get(address(name, word)).status_code == status


def test_sealed_words_are_nobodys_to_see(coalition, lead, parent, client_of):
    a_table(coalition)
    round = an_open_round(coalition, lead)
    answers(round, coalition.seats.answering(), words=True)
    word = sealed(round).words.first()
    assert client_of(parent).get(address("withdraw_words", word)).status_code == 404
    assert client_of(lead).get(address("withhold_words", word)).status_code == 404
