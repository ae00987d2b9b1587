"""A milestone that one coalition asks besides everybody's: added, asked, left out, renewed, and seen by nobody else."""

import copy
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from coalitions.models import Event
from milestones.actions.local import MOST_LOCAL, add_local, change_local, leave_out_local
from milestones.actions.rounds import open_round, plan_round
from milestones.actions.wordings import draft_version, promote_item, publish_version, word_item
from milestones.forms.agree import AgreeForm
from milestones.models import Change, Evidence, Item, Version
from milestones.queries.board import boards
from milestones.queries.document import document
from milestones.queries.local import local_items
from milestones.queries.mine import last_time, seen_so_far
from milestones.queries.record import story
from milestones.queries.report import reported
from milestones.queries.rounds import newest_version
from milestones.queries.said import said_about
from milestones.queries.series import Link, links
from milestones.queries.summaries import cells_of
from milestones.released import read
from tests.factories.answered import answers
from tests.factories.rounds import NOW, a_table, agreed, an_open_round, opened, released, seven_milestones
from web.refusal import Refused

pytestmark = pytest.mark.django_db
LEVELS = range(1, 6)


def content(name: str = "Welcome", *, spanish: bool = True) -> dict:
    said = {"name": name, "question": "Do newcomers stay?", "kind": "both"}
    said |= {"name_es": "Bienvenida", "question_es": "¿Se queda quien llega?"} if spanish else {}
    anchors = [
        {"level": n, "text": f"Step {n}", **({"text_es": f"Paso {n}"} if spanish else {})} for n in LEVELS
    ]
    return {**said, "anchors": anchors}


def add(coalition, lead, name="Welcome", *, now=NOW, **how) -> Item:
    form = uuid.uuid4()
    for _twice in range(2):
        add_local(coalition=coalition, by=lead, content=content(name, **how), now=now, form=form)
    return local_items(coalition)[-1].item


def plan(coalition, *, now=NOW):
    when = {"closes_at": now + timedelta(days=14), "meets_on": (now + timedelta(days=15)).date()}
    return plan_round(coalition=coalition, name=f"Round {coalition.rounds.count() + 1}", now=now, **when)


def asked(coalition, lead, *, now=NOW, level=3):
    """A round planned, opened, answered, agreed and released."""
    round = open_round(round=plan(coalition, now=now), by=lead, now=now)
    answers(round, coalition.seats.answering())
    done = agreed(opened(round, lead), lead, level)
    return released(done, lead, yes_by=coalition.seats.filter(group="parent").first())


def codes(version: Version) -> list[str]:
    return [item.code for item in version.items.all()]


@pytest.fixture
def people(coalition, lead):
    a_table(coalition)
    return coalition


def test_it_is_asked_below_everybodys_from_the_next_round(people, lead):
    open_now = an_open_round(people, lead)
    item = add(people, lead)
    assert (item.code, item.position, item.local) == ("L1", 8, True)
    assert codes(open_now.version) == [f"M{n}" for n in range(1, 8)], "never in an open round"
    assert codes(newest_version(people)) == [*(f"M{n}" for n in range(1, 8)), "L1"]
    assert links(seven_milestones(), newest_version(people))["M3"] == Link("M3", Change.SAME)
    assert Event.objects.filter(verb="milestone added").count() == 1


def test_a_planned_round_asks_it_too(people, lead):
    planned = plan(people)
    add(people, lead)
    planned.refresh_from_db()
    assert codes(planned.version)[-1] == "L1"


def test_a_few_at_most(people, lead):
    for n in range(MOST_LOCAL):
        add(people, lead, f"Own {n}")
    with pytest.raises(Refused):
        add(people, lead, "One more")
    leave_out_local(coalition=people, code="L2", by=lead, now=NOW)
    leave_out_local(coalition=people, code="L2", by=lead, now=NOW)
    assert [each.item.code for each in local_items(people)] == ["L1", "L3"]
    assert [item.position for item in newest_version(people).items.all()] == list(range(1, 10))


def test_its_words_change_until_a_round_opens_on_it(people, lead):
    item = add(people, lead)
    change_local(item=item, by=lead, content=content("Welcome all"), now=NOW)
    round = plan(people)
    change_local(item=item, by=lead, content=content("Welcome each"), now=NOW)
    open_round(round=round, by=lead, now=NOW)
    assert round.version.items.get(code="L1").name == "Welcome each"
    with pytest.raises(Refused, match="asked this already"):
        change_local(item=item, by=lead, content=content("Late"), now=NOW)
    item.refresh_from_db()
    assert item.name == "Welcome each"


def test_what_was_asked_stays_as_it_was_in_the_next_wording_too(people, lead):
    add(people, lead)
    asked(people, lead)
    second = add(people, lead, "Rest")
    assert second.code == "L2"
    first = next(each for each in local_items(people) if each.item.code == "L1")
    assert first.asked and first.item.follows.code == "L1"
    with pytest.raises(Refused):
        change_local(item=first.item, by=lead, content=content("Late"), now=NOW)
    change_local(item=second, by=lead, content=content("Rest well"), now=NOW)


def test_left_out_and_its_code_never_comes_back(people, lead, client_of):
    add(people, lead)
    asked(people, lead)
    leave_out_local(coalition=people, code="L1", by=lead, now=NOW)
    assert local_items(people) == []
    assert add(people, lead, "Rest").code == "L2"
    later = asked(people, lead, now=NOW + timedelta(days=182))
    assert "L1" not in codes(later.version)
    page = client_of(lead).get(reverse("milestone_record", args=[people.slug, "L1"])).content.decode()
    assert "Welcome" in page and "asked no more" in page
    listed = client_of(lead).get(reverse("milestones", args=[people.slug])).content.decode()
    assert "Asked no more" in listed and "Welcome" in listed


def new_wording(site_admin, **said: str) -> Version:
    draft = draft_version(framework=seven_milestones().framework, label="2027.1")
    item = draft.items.get(code="M1")
    word_item(
        item=item, content={**copy.deepcopy(item.content), "name": "Other", **said}, change=Change.REDEFINED
    )
    return publish_version(version=draft, by=site_admin, now=NOW)


def test_a_new_wording_of_everybodys_takes_it_along(people, lead, site_admin):
    add(people, lead)
    first = asked(people, lead)
    newest = new_wording(site_admin)
    later = asked(people, lead, now=NOW + timedelta(days=182), level=4)
    assert later.version.follows == newest and codes(later.version)[-1] == "L1"
    since = links(first.version, later.version)
    assert since["L1"] == Link("L1", Change.SAME) and since["M1"].change == Change.REDEFINED


def test_once_promoted_it_is_everybodys_and_its_series_goes_on_here(
    people, lead, site_admin, other_coalition
):
    add(people, lead)
    first = asked(people, lead)
    draft = draft_version(framework=seven_milestones().framework, label="2027.1")
    promote_item(version=draft, local=first.version.items.get(code="L1"))
    publish_version(version=draft, by=site_admin, now=NOW)
    later = asked(people, lead, now=NOW + timedelta(days=182), level=4)
    assert codes(later.version) == [f"M{n}" for n in range(1, 9)], "not asked twice"
    assert links(first.version, later.version)["M8"] == Link("L1", Change.SAME)
    assert codes(newest_version(other_coalition))[-1] == "M8"
    cell = cells_of(later.releases.get().summary)["M8"]
    assert (cell.series, cell.change, cell.begun) == ("", None, 2), "across states it begins here"


def test_once_promoted_what_was_seen_before_is_found_under_its_new_code(people, lead, site_admin):
    add(people, lead)
    first = asked(people, lead)
    Evidence.objects.create(coalition=people, item_code="L1", round=first, title="A full room", outside=True)
    draft = draft_version(framework=seven_milestones().framework, label="2027.1")
    promote_item(version=draft, local=first.version.items.get(code="L1"))
    publish_version(version=draft, by=site_admin, now=NOW)
    later = asked(people, lead, now=NOW + timedelta(days=182))
    eighth = later.version.items.get(code="M8")
    assert [each.title for each in seen_so_far(later, lead, eighth)] == ["A full room"]
    assert last_time(later, eighth).agreement.round == first
    board = next(each for each in boards(later) if each.item == eighth)
    assert [each.title for each, _ticks in said_about(later, eighth, board, seat=lead).evidence] == [
        "A full room"
    ]
    frozen = next(row for row in document(later, audience="evaluators")["items"] if row["code"] == "M8")
    assert [row["title"] for row in frozen["evidence"]] == ["A full room"]
    assert [row["title"] for row in reported(later, before=first, seat=lead)[-1].evidence] == ["A full room"]
    assert [each.title for each in story(people, "M8", seat=lead).evidence] == ["A full room"]
    form = AgreeForm(item=eighth, coalition=people, families=None)
    assert [title for _pk, title in form.fields["evidence"].choices] == ["A full room"]
    old = first.version.items.get(code="L1")
    assert [each.title for each in seen_so_far(first, lead, old)] == ["A full room"]
    assert not seen_so_far(later, lead, later.version.items.get(code="M7"))


def test_released_marked_as_local_and_in_no_figure_across_states(people, lead):
    add(people, lead)
    round = asked(people, lead)
    frozen = document(round, audience="evaluators")
    assert [row["code"] for row in frozen["items"] if row["local"]] == ["L1"]
    assert frozen["framework"]["version"] == seven_milestones().label
    assert read(frozen).milestones[-1].item.local
    summary = round.releases.get().summary
    assert "L1" not in cells_of(summary) and summary.version == seven_milestones().label
    assert all(code != "L1" for code, _low, _high in summary.levels)


def test_every_page_of_the_table_has_room_for_more_than_seven(people, lead, parent, client_of):
    for n in range(MOST_LOCAL):
        add(people, lead, f"Own {n}", now=timezone.now())
    round = open_round(round=plan(people, now=timezone.now()), by=lead, now=timezone.now())
    browser = client_of(lead)
    here = [people.slug, round.number]
    assert (
        "10 questions. About 15 minutes." in browser.get(reverse("confirm_group", args=here)).content.decode()
    )
    browser.post(reverse("confirm_group", args=here), {"group": "advocate"})
    page = browser.get(reverse("score", args=[*here, 7])).content.decode()
    assert "Save and go to 8" in page and "Milestone 7 of 10" in page and "Own 2" in page
    for position in range(1, 11):
        assert browser.post(reverse("score", args=[*here, position]), {"level": "3"}).status_code == 303
    assert "Save and finish" in browser.get(reverse("score", args=[*here, 10])).content.decode()
    answers(round, people.seats.answering().exclude(pk=lead.pk))
    round.closes_at = timezone.now()
    round.save()
    done = agreed(opened(round, lead), lead, 3)
    for name, args in (
        ("home", []), ("milestones", []), ("opening", [1]), ("board", [1, 9]), ("agree", [1, 10]), ("release", [1]),
        ("milestone_record", ["L2"]), ("round", [1]),
    ):  # fmt: skip
        shown = browser.get(reverse(name, args=[people.slug, *args]))
        assert shown.status_code == 200, name
        assert "Own" in shown.content.decode() or name == "round", name
    assert (
        "local: only this table asks it"
        in browser.get(reverse("release", args=[people.slug, 1])).content.decode()
    )
    assert done.stage(timezone.now()) == "agreed"


def test_another_coalition_never_sees_or_answers_it(
    people, lead, outsider, other_coalition, client_of, evaluator
):
    add(people, lead, "Only ours")
    assert codes(newest_version(other_coalition)) == [f"M{n}" for n in range(1, 8)]
    theirs = plan(other_coalition)
    assert "L1" not in codes(theirs.version)
    for name in ("home", "milestones", "local_milestones", "rounds"):
        page = client_of(outsider).get(reverse(name, args=[other_coalition.slug]))
        assert page.status_code == 200 and "Only ours" not in page.content.decode()
    assert (
        client_of(outsider).get(reverse("milestone_record", args=[other_coalition.slug, "L1"])).status_code
        == 404
    )
    for name, args in (("local_milestones", []), ("edit_local", ["L1"]), ("new_local", [])):
        for who in (outsider, evaluator):
            assert client_of(who).get(reverse(name, args=[people.slug, *args])).status_code == 404


def typed(browser, url: str, **said: str) -> dict[str, str]:
    form = browser.get(url).context_data["form"]
    once = {"form_id": str(form.once)}
    return {name: form[name].value() or "" for name in form.fields} | once | said


def whole(language: str, name: str) -> dict[str, str]:
    said = {f"name-{language}": name, f"question-{language}": f"{name}?"}
    return said | {f"anchor-{n}-{language}": f"{name} {n}" for n in LEVELS}


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_lead_adds_it_in_one_language_first(people, lead, client_of, language):
    browser, new = client_of(lead), reverse("new_local", args=[people.slug])
    half = browser.post(new, typed(browser, new, **{f"name-{language}": "Descanso"}))
    assert half.status_code == 422 and "One language has to be whole" in half.content.decode()
    done = browser.post(new, typed(browser, new, **whole(language, "Descanso")))
    assert done.status_code == 303
    item = local_items(people)[0].item
    assert item.name == "Descanso", "whoever reads the other language reads this one"
    listed = browser.get(done.url).content.decode()
    other = {"en": "Español", "es": "English"}[language]
    assert "missing" in listed and f"({other})" in listed
    edit = reverse("edit_local", args=[people.slug, "L1"])
    filled = typed(browser, edit, **whole({"en": "es", "es": "en"}[language], "Rest"))
    assert browser.post(edit, filled).status_code == 303
    assert local_items(people)[0].missing == ()
    browser.post(reverse("leave_out_local", args=[people.slug, "L1"]))
    assert local_items(people) == []


def test_a_list_to_mark_together_may_come_with_it(people, lead, client_of):
    browser, new = client_of(lead), reverse("new_local", args=[people.slug])
    half = {"criterion-new-es": "Hay café"}
    refused = browser.post(new, typed(browser, new, **whole("en", "Rest"), **half))
    assert refused.status_code == 422, "English is whole but for the line"
    lines = {
        "criterion-new-en": "There is coffee",
        "criterion-new2-en": "People stay",
        "type-new2": "outcome",
    }
    browser.post(new, typed(browser, new, **whole("en", "Rest"), **lines))
    item = local_items(people)[0].item
    assert [(each.code, each.kind, each.text) for each in item.criteria] == [
        ("L.1", "process", "There is coffee"),
        ("L.2", "outcome", "People stay"),
    ]
    edit = reverse("edit_local", args=[people.slug, "L1"])
    fields = browser.get(edit).context_data["form"].fields
    assert sum(name.startswith("criterion-") and name.endswith("-en") for name in fields) == 4
    browser.post(edit, typed(browser, edit, **{"criterion-L.1-en": "", "criterion-new-en": "There is tea"}))
    assert [each.code for each in local_items(people)[0].item.criteria] == ["L.2", "L.3"]
    round = open_round(round=plan(people, now=timezone.now()), by=lead, now=timezone.now())
    answers(round, people.seats.answering())
    round.closes_at = timezone.now()
    round.save()
    opened(round, lead)
    page = browser.get(reverse("agree", args=[people.slug, round.number, 8])).content.decode()
    assert "Mark the list together" in page and "There is tea" in page


def test_without_a_list_there_is_none_to_mark(people, lead, client_of):
    add(people, lead, now=timezone.now())
    round = open_round(round=plan(people, now=timezone.now()), by=lead, now=timezone.now())
    answers(round, people.seats.answering())
    round.closes_at = timezone.now()
    round.save()
    opened(round, lead)
    page = client_of(lead).get(reverse("agree", args=[people.slug, round.number, 8])).content.decode()
    assert "Mark the list together" not in page and "Welcome" in page


@pytest.mark.parametrize("who", ["parent", "facilitator", "observer"])
def test_only_a_lead_does_this(request, who, people, lead, client_of):
    add(people, lead)
    browser = client_of(request.getfixturevalue(who))
    for name, args in (("local_milestones", []), ("new_local", []), ("edit_local", ["L1"])):
        assert browser.get(reverse(name, args=[people.slug, *args])).status_code == 403
    assert browser.post(reverse("leave_out_local", args=[people.slug, "L1"])).status_code == 403
    assert local_items(people)
    assert (
        "Milestones of our own" not in browser.get(reverse("milestones", args=[people.slug])).content.decode()
    )


def test_asked_once_its_page_keeps_the_words(people, lead, client_of):
    add(people, lead)
    asked(people, lead)
    browser, edit = client_of(lead), reverse("edit_local", args=[people.slug, "L1"])
    page = browser.get(edit)
    assert "so its words stay" in page.content.decode()
    form = {**whole("en", "Late"), "form_id": str(uuid.uuid4())}
    assert browser.post(edit, form).status_code == 422
    assert local_items(people)[0].item.name == "Welcome"
