"""A framework is data: another one runs a round on the same engine, with no new code."""

import copy

import pytest
from django.urls import reverse
from django.utils import timezone

from milestones.actions.framework import load_framework
from milestones.models import Agreement, Change, Opening, Version
from milestones.queries.board import boards
from milestones.queries.series import Link, links
from tests.factories.rounds import (
    a_table,
    agreed,
    an_open_round,
    everyone_answers,
    opened,
    released,
    seven_milestones,
)
from web.refusal import Refused

pytestmark = pytest.mark.django_db

# Three items on four levels, and no short names, criteria or kind.
READINESS = {
    "framework": "partnership-readiness",
    "version": "1",
    "scale": [
        {"level": n, "name": name, "name_es": es, "meaning": "", "meaning_es": ""}
        for n, name, es in (
            (1, "None", "Nada"),
            (2, "Some", "Algo"),
            (3, "Most", "Casi todo"),
            (4, "All", "Todo"),
        )
    ],
    "milestones": [
        {
            "code": code,
            "name": name,
            "question": f"How ready are our {name.lower()}?",
            "anchors": [{"level": n, "text": f"{name}, step {n}"} for n in range(1, 5)],
        }
        for code, name in (("R1", "Rooms"), ("R2", "Teachers"), ("R3", "Budgets"))
    ],
}


def test_another_framework_runs_a_whole_round(coalition, lead, client_of):
    version = load_framework(content=READINESS)
    table = a_table(coalition)
    round = an_open_round(coalition, lead, version=version, now=timezone.now())
    browser = client_of(lead)
    browser.post(reverse("confirm_group", args=[coalition.slug, 1]), {"group": "advocate"})
    page = browser.get(reverse("score", args=[coalition.slug, 1, 2])).content.decode()
    assert "Teachers, step 4" in page
    assert page.count('name="level"') == 5, "four levels and “can't say yet”"
    assert browser.post(reverse("score", args=[coalition.slug, 1, 2]), {"level": "5"}).status_code == 422
    everyone_answers(
        round, table, picks={seat.pk: {"R1": 1 + seat.pk % 4, "R2": 4, "R3": 0} for seat in table}
    )
    round = opened(round, lead)
    assert len(boards(round)) == 3
    assert [board.withheld for board in boards(round)] == [False, True, True]
    for position in (1, 2, 3):
        assert browser.get(reverse("board", args=[coalition.slug, 1, position])).status_code == 200
    assert browser.get(reverse("board", args=[coalition.slug, 1, 4])).status_code == 404
    released(agreed(round, lead), lead, yes_by=table[0])
    assert Agreement.objects.count() == 3
    for name, args in (("home", []), ("milestones", []), ("milestone_record", ["R1"]), ("released", [1, 1])):
        assert browser.get(reverse(name, args=[coalition.slug, *args])).status_code == 200, name


def test_a_wording_freezes_when_a_round_opens_on_it(coalition, lead):
    a_table(coalition)
    version = seven_milestones()
    assert version.frozen_at is None
    an_open_round(coalition, lead)
    version.refresh_from_db()
    assert version.frozen_at is not None
    changed = copy.deepcopy(READINESS) | {"framework": version.framework.slug, "version": version.label}
    with pytest.raises(Refused):
        load_framework(content=changed)
    assert version.items.count() == 7


def test_the_same_file_twice_is_one_version():
    assert load_framework(content=READINESS) == load_framework(content=READINESS)
    assert Version.objects.filter(framework__slug="partnership-readiness").count() == 1


def test_a_new_wording_leaves_the_old_one_alone():
    load_framework(content=READINESS)
    newer = copy.deepcopy(READINESS) | {"version": "2"}
    newer["milestones"][0]["name"] = "Classrooms"
    load_framework(content=newer)
    assert (
        Version.objects.get(label="1", framework__slug="partnership-readiness").items.first().name == "Rooms"
    )


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {**READINESS, "scale": [{"level": 2, "name": "x"}]},
        {**READINESS, "scale": [{"level": 1, "name": "x"}]},
        {**READINESS, "milestones": []},
        {**READINESS, "milestones": [{"code": "R1"}]},
        {**READINESS, "scale": "five"},
    ],
)
def test_a_file_that_is_no_framework_is_refused(broken):
    with pytest.raises(Refused):
        load_framework(content=broken)


def test_both_languages_are_the_apps_own_data():
    from django.utils import translation

    item = seven_milestones().items.get(code="M5")
    with translation.override("es"):
        assert item.name == "Dirigido por familias y proveedores"
        assert str(item.version.level(2)) == "2 Empezando"
        assert all(anchor.text for anchor in item.anchors)
        assert all(criterion.text for criterion in item.criteria)
    assert not Opening.objects.exists()


def test_a_wording_from_a_file_goes_on_from_the_one_before():
    older = load_framework(content=READINESS)
    content = copy.deepcopy(READINESS) | {"version": "2"}
    rooms, teachers, budgets = content["milestones"]
    teachers |= {"question": "Are our teachers ready?"}
    budgets |= {"code": "R4", "follows": "R3", "question": "Is our money ready?", "change": "clarified"}
    newer = load_framework(content=content)
    assert newer.follows == older
    assert links(older, newer) == {
        "R1": Link("R1", Change.SAME),
        "R2": Link("R2", Change.REDEFINED),
        "R4": Link("R3", Change.CLARIFIED),
    }
    assert rooms["code"] == "R1" and load_framework(content=content) == newer
