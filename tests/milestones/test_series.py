"""Where the wording changed between two rounds, every page that looks back says so, and compares only what it may."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from milestones.actions.release import release_round
from milestones.models import Change, Item
from milestones.queries.document import document
from milestones.queries.ledger import ledger
from milestones.queries.record import story
from milestones.queries.rounds import all_rounds
from milestones.queries.series import NEW, Link, links
from milestones.released import read
from tests.factories.answered import an_opened_round
from tests.factories.rounds import NOW, a_table, agreed, an_open_round, seven_milestones
from tests.factories.tables import a_coalition
from tests.factories.wordings import a_wording, an_own_wording

pytestmark = pytest.mark.django_db
HALF_A_YEAR = timedelta(days=182)
NOTE = {"note": "Leaders are named now.", "note_es": "Ahora se nombra a quien dirige."}


@pytest.fixture
def newer(coalition, lead):
    """Two agreed rounds: M1 as it was, M2 clarified, M3 redefined, M4 under another code, M5's code reused."""
    a_table(coalition)
    first = agreed(an_opened_round(coalition, lead), lead, level=2)
    release_round(
        round=first,
        by=lead,
        yes_by=coalition.seats.filter(group="parent").first(),
        now=NOW,
        form="0" * 31 + "1",
    )
    version = a_wording(
        seven_milestones(), "2", renamed={"M4": "N4"}, anew=("M5",), M2=Change.CLARIFIED, M3=Change.REDEFINED,
    )  # fmt: skip
    item = version.items.get(code="M2")
    Item.objects.filter(pk=item.pk).update(content={**item.content, **NOTE})
    agreed(an_opened_round(coalition, lead, now=NOW + HALF_A_YEAR, version=version), lead, level=4)
    return version


def test_the_ledger_compares_where_the_series_goes_on(coalition, newer):
    lines = {line.board.item.code: line for line in ledger(coalition, all_rounds(coalition)).lines}
    assert {code: line.change for code, line in lines.items()} == {
        "M1": 2, "M2": 2, "M3": None, "N4": 2, "M5": None, "M6": 2, "M7": 2,
    }  # fmt: skip
    assert (lines["M3"].anew, lines["M5"].anew, lines["M1"].anew) == (True, False, False)
    assert lines["M2"].since.note == NOTE["note"] and not lines["M1"].since.note


def test_home_and_the_list_say_what_changed(coalition, newer, lead, client_of):
    for name in ("home", "milestones"):
        page = client_of(lead).get(reverse(name, args=[coalition.slug])).content.decode()
        assert page.count("asked anew") == 1 and NOTE["note"] in page


def test_a_record_shows_all_rounds_and_draws_one_series(coalition, newer, lead, client_of):
    told = {code: story(coalition, code, seat=lead) for code in ("M1", "M2", "M3", "N4", "M5")}
    assert {code: (len(each.rounds), len(each.series)) for code, each in told.items()} == {
        "M1": (2, 2), "M2": (2, 2), "M3": (2, 1), "N4": (2, 2), "M5": (1, 1),
    }  # fmt: skip
    said = {
        code: client_of(lead).get(reverse("milestone_record", args=[coalition.slug, code])).content.decode()
        for code in told
    }
    assert "asks something else" in said["M3"] and "In Round 1 it was" not in said["M3"]
    assert "In Round 1 it was" in said["M2"] and NOTE["note"] in said["M2"]
    assert NOTE["note"] not in said["M1"]


def test_what_is_asked_no_more_keeps_its_record(coalition, newer, lead, client_of):
    page = client_of(lead).get(reverse("milestone_record", args=[coalition.slug, "M4"])).content.decode()
    assert "asked no more" in page and "Round 1" in page


def test_while_answering_last_time_is_shown_of_the_same_series_alone(coalition, newer, lead, client_of):
    round = an_open_round(coalition, lead, version=a_wording(newer, "3", M1=Change.REDEFINED, M6=Change.CLARIFIED), now=timezone.now())  # fmt: skip
    browser = client_of(lead)
    browser.post(reverse("confirm_group", args=[coalition.slug, round.number]), {"group": "advocate"})
    said = {}
    for item in round.version.items.all():
        here = reverse("score", args=[coalition.slug, round.number, item.position])
        browser.post(here, {"level": "3"})
        said[item.code] = browser.get(here).content.decode()
    assert "agreed on level 4" in said["N4"] and "agreed on level 4" in said["M6"]
    assert "put differently before" in said["M1"] and "agreed on level" not in said["M1"]


def test_a_release_says_it_too(coalition, newer, lead):
    second = coalition.rounds.get(number=2)
    frozen = document(second, audience="evaluators")
    since = {row["code"]: row["since"]["code"] for row in frozen["items"]}
    assert since["N4"] == "M4" and since["M5"] is None
    earlier = coalition.rounds.get(number=1).releases.get().document
    shown = {each.item.code: each for each in read(frozen, earlier=earlier).milestones}
    assert shown["M2"].since.note == NOTE["note"]
    assert not shown["M3"].held and not shown["M3"].since.goes_on


def test_links_lead_through_wordings_of_one_table(coalition):
    base = seven_milestones()
    own = an_own_wording(base, coalition, "L1")
    again = an_own_wording(base, coalition, "L1", before=own)
    promoted = a_wording(base, "2", renamed={"M7": "M8"}, anew=("M7",))
    promoted.items.filter(code="M8").update(follows=own.items.get(code="L1"), change=Change.CLARIFIED)
    assert links(own, again)["L1"] == Link("L1", Change.SAME)
    assert links(again, promoted)["M8"] == Link("L1", Change.CLARIFIED), "from the newest wording of it too"
    elsewhere = an_own_wording(base, a_coalition("Else", slug="else", state="KS"), "L1")
    assert links(elsewhere, promoted)["M8"] == NEW


def test_evaluators_read_the_note_where_a_series_goes_on(coalition, newer, lead, evaluator, client_of):
    yes = coalition.seats.filter(group="parent").first()
    second = coalition.rounds.get(number=2)
    release_round(round=second, by=lead, yes_by=yes, now=NOW + HALF_A_YEAR, form="0" * 31 + "2")
    read_of = {
        code: client_of(evaluator).get(reverse("across_milestone", args=[code])).content.decode()
        for code in ("M1", "M2")
    }
    assert "Clarified in wording 2:" in read_of["M2"] and NOTE["note"] in read_of["M2"]
    assert NOTE["note"] not in read_of["M1"]
