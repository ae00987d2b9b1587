from datetime import timedelta

import pytest
from django.utils import timezone

from coalitions.models import Event
from milestones.actions.opening import open_answers
from milestones.headlines import tenths
from milestones.models import Evidence, Opening, Tally, Word
from tests.factories.rounds import a_table, an_open_round, everyone_answers, opened
from web.refusal import Refused

ROOM = {"HX-Request": "true", "HX-Target": "room"}


def test_before_closing_there_is_a_count_and_no_button(client_of, lead, parent, answered_round, at):
    for who in (lead, parent):
        page = client_of(who).get(at("opening", 1)).content.decode()
        assert at("open_answers", 1) not in page
        assert "28" in page
    with pytest.raises(Refused):
        open_answers(round=answered_round, by=lead, now=timezone.now())


def test_the_waiting_room_waits_then_stops_asking(client_of, lead, parent, closed_round, at):
    phone = client_of(parent)
    waiting = phone.get(at("opening", 1), headers=ROOM)
    assert waiting.status_code == 200
    assert 'hx-trigger="every 3s"' in waiting.content.decode()
    assert "<html" not in waiting.content.decode()
    assert client_of(lead).post(at("open_answers", 1)).status_code == 303
    shown = phone.get(at("opening", 1), headers=ROOM)
    assert shown.status_code == 286
    assert "hx-trigger" not in shown.content.decode()
    assert "every 3s" not in phone.get(at("opening", 1)).content.decode()


def test_without_javascript_the_waiting_room_looks_again(client_of, parent, closed_round, at):
    assert 'http-equiv="refresh"' in client_of(parent).get(at("opening", 1)).content.decode()


@pytest.mark.parametrize("who", ["parent", "observer"])
def test_who_may_not_open(request, client_of, closed_round, at, who):
    browser = client_of(request.getfixturevalue(who))
    assert browser.post(at("open_answers", 1)).status_code == 403
    assert at("open_answers", 1) not in browser.get(at("opening", 1)).content.decode()
    assert not Opening.objects.exists()


def test_a_facilitator_opens_once(client_of, facilitator, closed_round, at):
    browser = client_of(facilitator)
    for _ in range(2):
        assert browser.post(at("open_answers", 1)).status_code == 303
    assert Event.objects.filter(verb="answers opened").count() == 1
    assert browser.get(at("open_answers", 1)).url == at("opening", 1)
    assert not Tally.objects.exists()


def test_opening_too_early_is_refused_in_words(client_of, lead, open_round, at):
    assert client_of(lead).get(at("open_answers", 1)).status_code == 200
    assert client_of(lead).post(at("open_answers", 1)).status_code == 422


def test_the_board_shows_nothing_before_the_opening(client_of, lead, closed_round, at):
    assert client_of(lead).get(at("board", 1, 1)).url == at("opening", 1)


def test_the_board_says_what_it_draws(client_of, parent, opened_round, at):
    page = client_of(parent).get(at("board", 1, 5)).content.decode()
    assert "Otros miembros" in page or "Other members" in page
    assert page.count('class="voice"') == Word.objects.filter(item__position=5).count()
    drawn = Opening.objects.filter(
        round=opened_round, item__position=5, audience="table", average__isnull=False
    )
    assert drawn and all(f" {tenths(row.average)}</span>" in page for row in drawn)


def test_each_step_has_a_screen_for_the_room(client_of, lead, opened_round, at):
    for step in ("answers", "words", "talk", "agree", "nonsense"):
        assert client_of(lead).get(at("board", 1, 5), {"projector": step}).status_code == 200


def test_words_stand_under_groups_of_three_or_more(opened_round):
    for item in opened_round.version.items.all():
        groups = list(Word.objects.filter(item=item).values_list("group", flat=True))
        assert all(groups.count(group) >= 3 for group in set(groups))


def test_evidence_added_while_scoring_appears_without_its_author(coalition, lead, parent):
    table = a_table(coalition)
    round = an_open_round(coalition, lead)
    everyone_answers(round, table)
    Evidence.objects.create(
        coalition=coalition, round=round, item_code="M1", title="notes", private_to=parent
    )
    round = opened(round, lead)
    found = Evidence.objects.get()
    assert (found.private_to, found.hidden) == (None, False)


def test_too_few_to_show_leaves_no_figure_at_all(coalition, lead, client_of, at):
    table = a_table(coalition, [("parent", 2), ("agency", 1)])
    round = an_open_round(coalition, lead)
    everyone_answers(round, table)
    opened(round, lead)
    assert not Opening.objects.exclude(group="").exists()
    assert not Opening.objects.filter(counts__isnull=False).exists()
    for position in range(1, 8):
        assert client_of(lead).get(at("board", 1, position)).status_code == 200
    assert "Too few, or too alike" in client_of(lead).get(at("opening", 1)).content.decode()


def test_one_newcomer_coarsens_the_next_round(coalition, lead, client_of, at):
    """Rule 6: with one person more, the difference of two rounds would be that person."""
    table = a_table(coalition)
    first = an_open_round(coalition, lead)
    everyone_answers(first, table)
    first = opened(first, lead)
    shown = Opening.objects.filter(round=first, audience="table", counts__isnull=False)
    assert shown.exists()
    later = first.closes_at + timedelta(days=180)
    from tests.factories.rounds import agreed, released
    from tests.factories.tables import a_seat

    released(agreed(first, lead), lead, yes_by=table[0])
    newcomer = a_seat(coalition, "New Parent", "parent")
    second = an_open_round(coalition, lead, now=later)
    everyone_answers(second, [*table, newcomer])
    second = opened(second, lead)
    marked = Opening.objects.filter(round=second, audience="table", counts__isnull=False)
    assert not [row for row in marked if "parents" in row.group]
    assert Opening.objects.filter(round=second, half__isnull=False).exists()
    for position in range(1, 8):
        assert client_of(lead).get(at("board", 2, position)).status_code == 200


def test_the_board_costs_the_same_for_any_table(
    client_of, lead, opened_round, at, django_assert_max_num_queries
):
    browser = client_of(lead)
    with django_assert_max_num_queries(12):
        browser.get(at("board", 1, 5))
    with django_assert_max_num_queries(12):
        browser.get(at("opening", 1))
