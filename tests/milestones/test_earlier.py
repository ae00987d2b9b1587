"""Rule 6 over changed wordings: a question put differently, or under another code, tells about the same people."""

from datetime import timedelta

import pytest

from coalitions.models import Group
from milestones.models import Change, Opening, Version
from tests.factories.rounds import a_table, an_open_round, everyone_answers, opened, seven_milestones
from tests.factories.tables import a_seat
from tests.factories.wordings import a_wording, an_own_wording

pytestmark = pytest.mark.django_db
HALF_A_YEAR = timedelta(days=180)


@pytest.fixture
def first(coalition, lead):
    """An opened round of twenty-four people."""
    a_table(coalition)
    return a_round(coalition, lead, seven_milestones())


def a_round(coalition, lead, version: Version, *, after=None):
    when = {"now": after.closes_at + HALF_A_YEAR} if after else {}
    round = an_open_round(coalition, lead, version=version, **when)
    everyone_answers(round, coalition.seats.answering())
    return opened(round, lead)


def marked_with_parents(round, code: str) -> list[str]:
    """Groups with parents among them whose marks are shown; each would tell what a new parent answered."""
    rows = Opening.objects.filter(round=round, item__code=code, counts__isnull=False)
    return [row.group for row in rows.exclude(audience="public") if "parents" in row.group]


def everything(round, code: str) -> list[tuple]:
    rows = Opening.objects.filter(round=round, item__code=code).order_by("audience", "group")
    return list(rows.values_list("audience", "group", "people", "counts", "average", "half"))


def test_one_who_joined_is_not_told_by_a_question_that_was_renamed_or_redefined(coalition, lead, first):
    a_seat(coalition, "New Parent", Group.PARENT)
    newer = a_wording(
        first.version, "2", renamed={"M1": "N1", "M2": "N2"}, M1=Change.REDEFINED, M2=Change.CLARIFIED, M3=Change.REDEFINED,
    )  # fmt: skip
    again = a_round(coalition, lead, newer, after=first)
    assert not any(marked_with_parents(again, item.code) for item in newer.items.all())


def test_a_new_question_of_everybody_is_compared_with_nothing(coalition, lead, first):
    """So that the tests here would notice if nothing were compared at all."""
    a_seat(coalition, "New Parent", Group.PARENT)
    newer = a_wording(first.version, "2", renamed={"M1": "N1"}, anew=("M1",))
    again = a_round(coalition, lead, newer, after=first)
    assert marked_with_parents(again, "N1") and not marked_with_parents(again, "M2")


def test_the_same_code_is_compared_even_where_the_series_was_cut(coalition, lead, first):
    a_seat(coalition, "New Parent", Group.PARENT)
    newer = a_wording(first.version, "2", anew=("M1",))
    assert not marked_with_parents(a_round(coalition, lead, newer, after=first), "M1")


def test_over_several_wordings(coalition, lead, first):
    second = a_wording(first.version, "2", renamed={"M1": "N1"})
    third = a_wording(second, "3", renamed={"N1": "O1"}, N1=Change.REDEFINED)
    a_seat(coalition, "New Parent", Group.PARENT)
    assert not marked_with_parents(a_round(coalition, lead, third, after=first), "O1")


def test_a_table_cannot_ask_again_in_words_of_its_own(coalition, lead, first):
    """A lead who words M1 as a local milestone, the round after somebody joined, learns nothing of them."""
    own = an_own_wording(first.version, coalition, "L1")
    a_seat(coalition, "New Parent", Group.PARENT)
    again = a_round(coalition, lead, own, after=first)
    assert Opening.objects.filter(round=again, item__code="L1").exists()
    assert not marked_with_parents(again, "L1")


def test_nor_ask_a_second_time_under_another_code(coalition, lead, first):
    asked = a_round(coalition, lead, an_own_wording(first.version, coalition, "L1"), after=first)
    assert marked_with_parents(asked, "L1"), "the same people as before: nothing to tell"
    a_seat(coalition, "New Parent", Group.PARENT)
    own = an_own_wording(first.version, coalition, "L2")
    assert not marked_with_parents(a_round(coalition, lead, own, after=asked), "L2")


def test_nor_what_will_be_asked_of_everybody(coalition, lead, first):
    """Who knows the next wording could ask its new question first, as a local milestone."""
    asked = a_round(coalition, lead, an_own_wording(first.version, coalition, "L1"), after=first)
    a_seat(coalition, "New Parent", Group.PARENT)
    newer = a_wording(first.version, "2", renamed={"M1": "N1"}, anew=("M1",))
    assert not marked_with_parents(a_round(coalition, lead, newer, after=asked), "N1")


def test_a_promoted_milestone_is_compared_with_the_local_one(coalition, lead, first):
    own = an_own_wording(first.version, coalition, "L1")
    asked = a_round(coalition, lead, own, after=first)
    newer = a_wording(first.version, "2", renamed={"M7": "N7"}, anew=("M7",))
    newer.items.filter(code="N7").update(follows=own.items.get(code="L1"), change=Change.EDITORIAL)
    a_seat(coalition, "New Parent", Group.PARENT)
    assert not marked_with_parents(a_round(coalition, lead, newer, after=asked), "N7")


def test_a_local_milestone_of_another_table_changes_nothing(coalition, other_coalition, lead, first):
    """What is compared, and so what is shown, follows from this table's own rounds alone."""
    an_own_wording(first.version, other_coalition, "L1")
    again = a_round(coalition, lead, first.version, after=first)
    shown = {code: everything(again, code) for code in ("M1", "M2", "M3")}
    assert all(shown.values()) and any(marked_with_parents(again, code) for code in shown)
