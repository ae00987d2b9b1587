"""The report across states: from releases alone, by name, with what to check before quoting it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coalitions.models import Coalition, Cohort, Group
from members.models import Member
from milestones.models import Summary
from tests.factories.answered import an_opened_round
from tests.factories.rounds import a_table, agreed, released
from tests.factories.tables import a_coalition, a_member, a_seat

from .test_report import read, sheet

pytestmark = pytest.mark.django_db
URL = "/e/report/"


@pytest.fixture
def round(coalition, lead, parent, director):
    Member.objects.update(language="en")
    a_table(coalition)
    return agreed(an_opened_round(coalition, lead, words=True), lead)


def test_nothing_is_there_before_a_release(round, evaluator, client_of):
    page = sheet(read(client_of(evaluator), reverse("states_report")))
    assert "Nothing is released yet." in page
    assert "Partway" not in page


def test_by_name_with_absences_that_look_different(round, lead, parent, evaluator, client_of):
    released(round, lead, parent)
    page = sheet(read(client_of(evaluator), URL))
    assert page.index("Care Forward Kentucky") < page.index("Kansas Cares")
    assert page.count('<td class="c l3">') == 7
    assert page.count('<td class="away"') == 1 and "Not released" in page
    assert "1 of 2 coalitions has a release to show." in page or "1 of 2 coalitions have a release" in page
    for heading in (
        "Change since each coalition’s own baseline",
        "Where groups see it differently",
        "Check before you quote",
        "How sure are we?",
    ):
        assert heading in page


def test_a_later_round_stands_beside_its_baseline(round, lead, parent, evaluator, client_of):
    released(round, lead, parent)
    later = an_opened_round(round.coalition, lead, now=round.opened_at + timedelta(days=182))
    released(agreed(later, lead, level=2), lead, parent)
    page = sheet(read(client_of(evaluator), URL))
    assert page.count(": 2 Starting, down 1") == 7
    table = page[page.index('<table class="heat') : page.index("</table>")]
    held = sum(cell["held"] for cell in Summary.objects.latest("round_number").cells.values())
    assert held
    assert table.count(" held in two rounds") == held


def test_the_filters_stay_in_the_address_of_the_other_language(round, lead, parent, evaluator, client_of):
    released(round, lead, parent)
    page = read(client_of(evaluator), URL, round="2026-2", language="es")
    assert "?language=en&amp;round=2026-2" in page
    assert "Informe" in sheet(page)


def test_who_may_read(round, lead, parent, outsider, site_admin, evaluator, client_of, visitor):
    released(round, lead, parent)
    assert client_of(evaluator).get(URL).status_code == 200
    for who in (lead, parent, outsider, site_admin):
        assert client_of(who).get(URL).status_code == 404
    assert visitor.get(URL).status_code == 302
    elsewhere = a_member("Ed Elsewhere")
    Cohort.objects.create(name="Another cohort").evaluators.add(elsewhere)
    assert "Care Forward" not in read(client_of(elsewhere), URL)


def test_the_cost_does_not_grow(round, lead, parent, evaluator, client_of):
    released(round, lead, parent)
    client = client_of(evaluator)

    def queries():
        with CaptureQueriesContext(connection) as made:
            read(client, URL)
        return len(made)

    few = queries()
    cohort = Coalition.objects.get(pk=round.coalition_id).cohort
    for name in ("One", "Two"):
        other = a_coalition(f"Table {name}", slug=f"table-{name.lower()}", state="KY", cohort=cohort)
        head = a_seat(other, f"Head {name}", Group.ADVOCATE, lead=True)
        yes = a_seat(other, f"Yes {name}", Group.PARENT)
        a_table(other, ((Group.PARENT, 6), (Group.AGENCY, 6)))
        released(agreed(an_opened_round(other, head), head), head, yes)
    assert queries() == few
