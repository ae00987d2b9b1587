"""A release as a report: the frozen document and nothing else."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from coalitions.models import Coalition
from members.models import Member
from milestones.actions.dissent import add_dissent
from milestones.models import Agreement, Dissent, Evidence, Opening
from tests.factories.answered import an_opened_round
from tests.factories.rounds import a_table, agreed, released

from .test_report import read, sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def round(coalition, lead, parent, director):
    Member.objects.update(language="en")
    a_table(coalition)
    return agreed(an_opened_round(coalition, lead, words=True), lead)


def url(round, release=1):
    return reverse("release_report", args=[round.coalition.slug, round.number, release])


def a_view(round, seat, text, *, out):
    add_dissent(
        round=round, item=round.version.items.get(position=5), seat=seat, text=text, language="en", named=False,
        let_out=out, code="abcd-efgh-jkmn", now=round.opened_at, form=uuid.uuid4(),
    )  # fmt: skip


def test_what_was_kept_at_the_table_is_only_counted(round, lead, parent, director, evaluator, client_of):
    a_view(round, director, "Inside words", out=False)
    a_view(round, director, "Outside words", out=True)
    page = sheet(read(client_of(evaluator), url(released(round, lead, parent))))
    assert "Outside words" in page
    assert "Inside words" not in page
    assert "A view was kept at the table." in page
    assert "For the table only" not in page
    assert page.count("<h2>") == 8


def test_it_is_the_frozen_document_alone(round, lead, parent, director, evaluator, client_of):
    a_view(round, director, "Outside words", out=True)
    released(round, lead, parent)
    before = sheet(read(client_of(evaluator), url(round)))
    Agreement.objects.update(why="Changed later", low=5, high=5)
    Opening.objects.update(average=49, people=99)
    Dissent.objects.update(text="Changed later")
    Evidence.objects.create(coalition=round.coalition, item_code="M5", title="Changed later", outside=True)
    assert sheet(read(client_of(evaluator), url(round))) == before


def test_a_corrected_release_says_so_on_paper(round, lead, parent, evaluator, client_of):
    released(round, lead, parent)
    released(round, lead, parent)
    first, second = (sheet(read(client_of(evaluator), url(round, n))) for n in (1, 2))
    assert "Release 2 corrects this one." in first
    assert "corrected by release 2" in first
    assert "corrects" not in second


def test_a_gap_is_marked_once_it_held_in_two_rounds(round, lead, parent, evaluator, client_of):
    released(round, lead, parent)
    later = an_opened_round(round.coalition, lead, now=round.opened_at + timedelta(days=170))
    released(agreed(later, lead, level=4), lead, parent)
    first, second = (sheet(read(client_of(evaluator), url(each))) for each in (round, later))
    assert 'class="talk"></span><span class="vh">' not in first
    assert 'class="talk"></span><span class="vh">' in second
    assert second.count("1 up") == 7
    assert "first round" in first


def test_in_spanish_too(round, lead, parent, evaluator, client_of):
    page = read(client_of(evaluator), url(released(round, lead, parent)), language="es")
    assert "Entrega 1" in sheet(page)
    assert '<html lang="es"' in page


def test_who_may_read(round, lead, parent, outsider, evaluator, site_admin, client_of, visitor):
    assert client_of(evaluator).get(url(round)).status_code == 404  # nothing released yet
    released(round, lead, parent)
    assert client_of(evaluator).get(url(round)).status_code == 200
    for who in (lead, parent, outsider, site_admin):
        assert client_of(who).get(url(round)).status_code == 404
    assert visitor.get(url(round)).status_code == 302
    assert client_of(evaluator).get(url(round, 2)).status_code == 404
    Coalition.objects.filter(pk=round.coalition.pk).update(cohort=None)
    assert client_of(evaluator).get(url(round)).status_code == 404
