"""A round's report for its own table: everything it opened, every view, and nothing from before the opening."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.models import Member
from milestones.actions.agreement import record_agreement
from milestones.actions.answers import add_evidence
from milestones.actions.dissent import add_dissent
from milestones.models import Dissent, Draft
from milestones.models.record import How
from tests.factories.answered import an_opened_round
from tests.factories.rounds import NOW, a_table, agreed, an_open_round, everyone_answers, said, sealed

pytestmark = pytest.mark.django_db
HALF_A_YEAR = timedelta(days=182)


@pytest.fixture
def table(coalition, lead, parent, director):
    Member.objects.update(language="en")
    a_table(coalition)
    return coalition


@pytest.fixture
def round(table, lead):
    return agreed(an_opened_round(table, lead, words=True), lead)


def url(round):
    return reverse("report", args=[round.coalition.slug, round.number])


def read(client, where, **query):
    response = client.get(where, query)
    assert response.status_code == 200
    return response.content.decode()


def sheet(page):
    return page[page.index('<article class="sheet') : page.index("</article>")]


def a_view(round, seat, text, *, out, named=False):
    return add_dissent(
        round=round, item=round.version.items.get(position=5), seat=seat, text=text, language="en", named=named,
        let_out=out, code="abcd-efgh-jkmn", now=round.opened_at, form=uuid.uuid4(),
    )  # fmt: skip


def test_a_page_for_each_milestone_between_summary_and_method(round, lead, client_of):
    page = sheet(read(client_of(lead), url(round)))
    assert page.count("<h2>") == 8  # seven milestones and the method
    assert page.count('<table class="board">') == 7 - page.count("Too few, or too alike, to show.")
    for text in ("The table agreed a level on 7 of 7", "first round", "k", "How sure are we?", "Wording: "):
        assert text in page
    assert "made" in page[page.index('class="running"') :]
    assert f"/c/{round.coalition.slug}/round/1/report/" in page


def test_no_view_is_dropped_and_each_says_who_reads_it(round, lead, director, client_of):
    a_view(round, director, "Kept among us.", out=False)
    a_view(round, director, "For all to read.", out=True, named=True)
    item = round.version.items.get(position=5)
    record_agreement(
        round=round, item=item, by=lead, said=said(2), seen=1, now=round.opened_at, form=uuid.uuid4()
    )
    a_view(round, lead, "Said of the second version.", out=False)
    page = sheet(read(client_of(lead), url(round)))
    for text in (
        "Kept among us.",
        "For all to read.",
        "Said of the second version.",
        "only the table reads it",
    ):
        assert text in page
    assert "<details" in page
    assert page.count("<details") == page.count(" open>")
    assert "/dissent/" not in page  # nothing to press on paper
    assert page.count("For the table only") >= 2


def test_what_was_withdrawn_is_gone(round, lead, director, client_of):
    a_view(round, director, "Taken back.", out=True)
    Dissent.objects.update(text="", withdrawn_at=round.opened_at)
    page = sheet(read(client_of(lead), url(round)))
    assert "Taken back." not in page
    assert "A view was withdrawn." in page


def test_before_the_opening_there_is_no_report(table, lead, client_of):
    round = an_open_round(table, lead)
    everyone_answers(round, table.seats.answering(), words=True)
    assert Draft.objects.exists()
    for make in (lambda: round, lambda: sealed(round)):
        response = client_of(lead).get(url(make()))
        assert response.status_code == 302
        assert response.url == reverse("opening", args=[table.slug, 1])


def test_words_stay_on_the_page_and_evidence_is_counted(round, lead, parent, client_of):
    item = round.version.items.first()
    add_evidence(
        round=round, seat=parent, item=item, kind="win", title="A vote we won", note="12 to 3", url="",
        now=round.opened_at, form=uuid.uuid4(),
    )  # fmt: skip
    page = sheet(read(client_of(lead), url(round)))
    assert "A vote we won" in page
    assert "Words of" not in page


def test_it_compares_with_the_round_before(round, lead, client_of):
    later = an_opened_round(round.coalition, lead, now=NOW + HALF_A_YEAR)
    agreed(later, lead, level=4)
    page = sheet(read(client_of(lead), url(later)))
    assert page.count("1 up") == 7
    assert "first round" in sheet(read(client_of(lead), url(round)))


def test_no_agreement_is_a_range_and_not_a_level(round, lead, client_of):
    item = round.version.items.get(position=3)
    no = said(2, low=2, high=4, how=How.NO_AGREEMENT)
    record_agreement(round=round, item=item, by=lead, said=no, seen=1, now=round.opened_at, form=uuid.uuid4())
    page = sheet(read(client_of(lead), url(round)))
    assert page.count("No agreement: from 2 Starting to 4 Strong") == 2
    assert "The table agreed a level on 6 of 7" in page


def test_in_the_language_of_whoever_will_read_it(round, lead, client_of):
    client = client_of(lead)
    response = client.get(url(round), {"language": "es"})
    page = response.content.decode()
    assert response.headers["Content-Language"] == "es"
    assert '<html lang="es"' in page
    assert "La mesa" in sheet(page)
    assert "What the table agrees" not in page
    assert '<html lang="en"' in read(client, url(round))  # and nothing was changed for next time
    assert '<html lang="en"' in read(client, url(round), language="xx")


def test_who_may_read(round, lead, parent, observer, outsider, evaluator, site_admin, client_of, visitor):
    for who in (lead, parent, observer):
        assert client_of(who).get(url(round)).status_code == 200
    for who in (outsider, evaluator, site_admin):
        assert client_of(who).get(url(round)).status_code == 404
        assert client_of(who).get(url(round), {"pdf": 1}).status_code == 404
    assert visitor.get(url(round)).status_code == 302


def test_without_a_maker_of_pdfs_it_says_so(round, lead, client_of, monkeypatch):
    monkeypatch.setattr("web.pdf.maker", lambda: None)
    assert "pdf=1" not in read(client_of(lead), url(round))
    response = client_of(lead).get(url(round), {"pdf": 1})
    assert response.status_code == 404
    assert "This site makes no PDFs" in response.content.decode()


def test_the_cost_does_not_grow(round, lead, director, client_of):
    client = client_of(lead)

    def queries(of):
        where = url(of)
        with CaptureQueriesContext(connection) as made:
            read(client, where)
        return len(made)

    later = agreed(an_opened_round(round.coalition, lead, now=NOW + HALF_A_YEAR), lead)
    few = queries(later)
    for number in range(3):
        a_view(later, director, f"View {number}", out=False)
        agreed_again = later.version.items.get(position=5)
        record_agreement(
            round=later, item=agreed_again, by=lead, said=said(3), seen=number + 1, now=later.opened_at,
            form=uuid.uuid4(),
        )  # fmt: skip
    third = agreed(an_opened_round(round.coalition, lead, now=NOW + 2 * HALF_A_YEAR), lead)
    assert queries(later) == few
    assert queries(third) == few
    assert few <= 14
