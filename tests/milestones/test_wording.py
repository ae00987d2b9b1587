"""The next wording of a framework, from its draft to being published."""

import copy

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from milestones.actions.wordings import (
    add_item,
    draft_version,
    drop_version,
    leave_out_item,
    promote_item,
    publish_version,
    word_item,
)
from milestones.models import Change, Item, Version
from milestones.queries.crosswalk import crosswalk, promotable, publication, troubles
from milestones.queries.rounds import newest_version
from milestones.queries.series import Link, links
from tests.factories.rounds import a_table, an_open_round, seven_milestones
from tests.factories.wordings import an_own_wording
from web.refusal import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    return draft_version(framework=seven_milestones().framework, label="2027.1")


def worded(item: Item, **said: str) -> dict:
    return {**copy.deepcopy(item.content), **said}


def filled(item: Item) -> dict:
    """Every text a new item needs, in both languages."""
    anchors = [{**row, "text": f"Step {row['level']}", "text_es": f"Paso {row['level']}"} for row in item.content["anchors"]]  # fmt: skip
    said = {"name": "Rest", "name_es": "Descanso", "question": "Do we rest?", "question_es": "¿Descansamos?"}
    return {**item.content, **said, "anchors": anchors}


def test_a_draft_is_a_copy_that_goes_on(draft):
    base = seven_milestones()
    assert [item.content for item in draft.items.all()] == [item.content for item in base.items.all()]
    assert links(base, draft)["M3"] == Link("M3", Change.SAME)
    assert troubles(draft) == []
    with pytest.raises(Refused):
        draft_version(framework=base.framework, label="2027.2")
    drop_version(version=draft)
    with pytest.raises(Refused, match="name already"):
        draft_version(framework=base.framework, label=base.label)


def test_no_coalition_sees_a_draft(draft, coalition, lead, parent, client_of, visitor):
    base = seven_milestones()
    item = draft.items.get(code="M1")
    word_item(item=item, content=worded(item, name="Unheard of"), change=Change.EDITORIAL)
    assert newest_version(coalition) == base
    a_table(coalition)
    an_open_round(coalition, lead, version=None, now=timezone.now())
    for name in ("home", "milestones", "rounds", "local_milestones"):
        assert "Unheard of" not in client_of(lead).get(reverse(name, args=[coalition.slug])).content.decode()
    for name in ("front", "how_it_works"):
        assert "Unheard of" not in visitor.get(reverse(name)).content.decode()


@pytest.mark.parametrize("mark", [Change.EDITORIAL, Change.CLARIFIED, Change.REDEFINED])
def test_a_mark_and_the_words_have_to_agree(draft, mark):
    item = draft.items.get(code="M2")
    with pytest.raises(Refused, match="as before"):
        word_item(item=item, content=item.content, change=mark)
    with pytest.raises(Refused, match="have changed"):
        word_item(item=item, content=worded(item, question_es="¿Otra cosa?"), change=Change.SAME)
    word_item(item=item, content=worded(item, question="Other?"), change=mark)
    item.refresh_from_db()
    assert (item.change, item.question) == (mark, "Other?")


def test_a_level_or_a_line_of_the_list_counts_as_words(draft):
    item = draft.items.get(code="M2")
    content = copy.deepcopy(item.content)
    content["criteria"][0]["type"] = "outcome"
    with pytest.raises(Refused):
        word_item(item=item, content=content, change=Change.SAME)
    content = copy.deepcopy(item.content)
    content["anchors"][4]["text_es"] = "Otra cosa"
    with pytest.raises(Refused):
        word_item(item=item, content=content, change=Change.SAME)


def test_what_is_missing_or_not_marked_stops_publishing(draft, site_admin):
    item = draft.items.get(code="M2")
    word_item(item=item, content=worded(item, question="Other?", question_es=""), change=Change.CLARIFIED)
    said = " ".join(troubles(draft))
    assert "Question is missing in Español" in said
    assert said.count("Note on what is clearer is missing") == 2
    Item.objects.filter(pk=draft.items.get(code="M3").pk).update(content=worded(item, name="Slipped in"))
    assert "mark how much" in " ".join(troubles(draft))
    with pytest.raises(Refused):
        publish_version(version=draft, by=site_admin, now=timezone.now())
    draft.refresh_from_db()
    assert draft.draft


def test_published_once_on_record_and_never_changed(draft, site_admin, coalition):
    now = timezone.now()
    for _twice in range(2):
        publish_version(version=draft, by=site_admin, now=now)
    assert LogEntry.objects.count() == 1
    assert (publication(draft).by, publication(draft).at) == ("Sam Admin", now)
    assert newest_version(coalition) == draft
    item = draft.items.get(code="M1")
    for change in (
        lambda: word_item(item=item, content=worded(item, name="Late"), change=Change.EDITORIAL),
        lambda: leave_out_item(item=item),
        lambda: add_item(version=draft),
        lambda: drop_version(version=draft),
        lambda: drop_version(version=seven_milestones()),
    ):
        with pytest.raises(Refused, match="published"):
            change()


def test_not_on_top_of_something_older(draft, site_admin):
    base = seven_milestones()
    Version.objects.create(framework=base.framework, label="came by file", scale=base.scale)
    with pytest.raises(Refused, match="newer"):
        publish_version(version=draft, by=site_admin, now=timezone.now())


def test_added_and_left_out(draft, site_admin):
    leave_out_item(item=draft.items.get(code="M3"))
    item = add_item(version=draft)
    assert (item.code, item.position) == ("M8", 7)
    assert [each.position for each in draft.items.all()] == [1, 2, 3, 4, 5, 6, 7]
    assert any("M8" in each for each in troubles(draft))
    word_item(item=item, content=filled(item), change=Change.SAME)
    assert troubles(draft) == []
    walk = crosswalk(draft)
    assert [each.code for each in walk.left_out] == ["M3"]
    assert len(walk.breaks) == 2 and "Rest" in walk.breaks[1]
    publish_version(version=draft, by=site_admin, now=timezone.now())
    following = draft_version(framework=draft.framework, label="2028.1")
    leave_out_item(item=following.items.get(code="M8"))
    assert add_item(version=following).code == "M9", "a code never comes back as something else"


def test_a_note_is_of_one_wording_alone(draft, site_admin):
    item = draft.items.get(code="M2")
    content = worded(item, question="Other?", note="Clearer now.", note_es="Más claro.")
    word_item(item=item, content=content, change=Change.CLARIFIED)
    publish_version(version=draft, by=site_admin, now=timezone.now())
    following = draft_version(framework=draft.framework, label="2028.1")
    assert "note" not in following.items.get(code="M2").content
    assert links(seven_milestones(), following)["M2"].note == "Clearer now."


def test_a_local_milestone_becomes_everybodys(draft, coalition, other_coalition, site_admin):
    own = an_own_wording(seven_milestones(), coalition, "L1")
    local = own.items.get(code="L1")
    assert promotable(draft) == [local]
    item = promote_item(version=draft, local=local)
    assert (item.code, item.local, item.follows) == ("M8", False, local)
    assert promotable(draft) == []
    with pytest.raises(Refused):
        promote_item(version=draft, local=local)
    with pytest.raises(Refused):
        promote_item(version=draft, local=draft.items.first())
    word_item(item=item, content=worded(item, question="Wider?"), change=Change.EDITORIAL)
    publish_version(version=draft, by=site_admin, now=timezone.now())
    assert links(own, draft)["M8"] == Link("L1", Change.EDITORIAL)
    elsewhere = an_own_wording(seven_milestones(), other_coalition, "L1")
    assert links(elsewhere, draft)["M8"].code is None


def here(name: str, *args) -> str:
    return reverse(name, args=args)


def fields(page, **said: str) -> dict[str, str]:
    """What the form holds, with what somebody types instead."""
    form = page.context_data["form"]
    return {name: form[name].value() or "" for name in form.fields} | said


def test_the_whole_way_on_its_pages(client_of, site_admin, coalition, lead):
    browser, base = client_of(site_admin), seven_milestones()
    made = browser.post(here("frameworks"), {"framework": base.framework.slug, "label": "2027.1"})
    draft = Version.objects.get(draft=True)
    assert (made.status_code, made.url) == (303, here("wording", draft.pk))
    edit = here("edit_item", draft.pk, "M1")
    page = browser.get(edit)
    assert (
        "¿Elegimos a propósito" in page.content.decode()
        and "Did we choose on purpose" in page.content.decode()
    )
    typed = fields(page, **{"question-en": "Who sits here, and why?"})
    refused = browser.post(edit, typed)
    assert refused.status_code == 422 and "Who sits here, and why?" in refused.content.decode()
    done = browser.post(
        edit, {**typed, "change": "clarified", "note-en": "Shorter.", "note-es": "Más corta."}
    )
    assert done.status_code == 303
    page = browser.get(here("wording", draft.pk)).content.decode()
    assert "Who sits here, and why?" in page and "Did we choose on purpose" in page and "Más corta." in page
    assert "Go on to publish" in page
    item = draft.items.get(code="M1")
    assert item.content["criteria"] == base.items.get(code="M1").content["criteria"], (
        "nothing else was touched"
    )
    assert item.content["anchors"] == base.items.get(code="M1").content["anchors"]
    assert browser.get(here("publish_wording", draft.pk)).status_code == 200
    assert browser.post(here("publish_wording", draft.pk)).status_code == 303
    assert browser.get(here("publish_wording", draft.pk)).status_code == 302
    assert "Published by Sam Admin" in browser.get(here("wording", draft.pk)).content.decode()
    assert browser.get(edit).status_code == 302 and browser.post(edit, typed).status_code == 302


def test_lines_of_the_list_come_and_go(client_of, site_admin, draft):
    browser, edit = client_of(site_admin), here("edit_item", draft.pk, "M1")
    typed = fields(
        browser.get(edit),
        **{
            "criterion-new-en": "We eat together.",
            "criterion-new-es": "Comemos juntos.",
            "type-new": "outcome",
        },
        **{"criterion-M1.1-en": "", "criterion-M1.1-es": "", "change": "editorial"},
    )
    assert browser.post(edit, typed).status_code == 303
    codes = {row["code"]: row for row in draft.items.get(code="M1").content["criteria"]}
    assert "M1.1" not in codes and codes["M1.8"]["type"] == "outcome"


def test_added_promoted_left_out_and_dropped_on_its_pages(client_of, site_admin, draft, coalition):
    browser = client_of(site_admin)
    local = an_own_wording(seven_milestones(), coalition, "L1").items.get(code="L1")
    added = browser.post(here("add_item", draft.pk), {"local": ""})
    assert added.url == here("edit_item", draft.pk, "M8") and browser.get(added.url).status_code == 200
    assert coalition.name in browser.get(here("wording", draft.pk)).content.decode()
    assert browser.post(here("add_item", draft.pk), {"local": str(local.pk)}).url == here(
        "edit_item", draft.pk, "M9"
    )
    assert browser.post(here("add_item", draft.pk), {"local": "999"}).url == here("wording", draft.pk)
    assert "missing" in browser.get(here("wording", draft.pk)).content.decode()
    browser.post(here("leave_out_item", draft.pk, "M8"))
    assert not draft.items.filter(code="M8").exists()
    refused = browser.post(here("publish_wording", draft.pk)) if troubles(draft) else None
    assert refused is None or refused.status_code == 422
    assert browser.post(here("drop_wording", draft.pk)).url == here("frameworks")
    assert not Version.objects.filter(pk=draft.pk).exists()


@pytest.mark.parametrize("who", ["lead", "parent", "evaluator", "outsider"])
def test_to_anybody_else_there_is_no_such_page(request, who, draft, client_of, visitor):
    browser = client_of(request.getfixturevalue(who))
    for name, args in (("frameworks", []), ("wording", [draft.pk]), ("edit_item", [draft.pk, "M1"])):
        assert browser.get(here(name, *args)).status_code == 404
        assert visitor.get(here(name, *args)).status_code == 302
    for name, args in (("drop_wording", [draft.pk]), ("publish_wording", [draft.pk])):
        assert browser.post(here(name, *args)).status_code == 404
    draft.refresh_from_db()
    assert draft.draft


def test_it_takes_the_second_step(client_of, site_admin, draft):
    browser = client_of(site_admin)
    session = browser.session
    session["account_authentication_methods"] = []
    session.save()
    answer = browser.post(here("publish_wording", draft.pk))
    assert answer.status_code == 302 and answer.url.startswith(reverse("confirm"))
    draft.refresh_from_db()
    assert draft.draft


def test_what_one_coalition_worded_is_not_changed_here(client_of, site_admin, coalition):
    own = an_own_wording(seven_milestones(), coalition, "L1")
    for name, args in (("wording", [own.pk]), ("edit_item", [own.pk, "L1"])):
        assert client_of(site_admin).get(here(name, *args)).status_code == 404


def test_the_page_costs_the_same_for_few_and_many_changes(
    client_of, site_admin, draft, django_assert_max_num_queries
):
    for code in ("M1", "M2", "M3"):
        item = draft.items.get(code=code)
        word_item(item=item, content=worded(item, name=f"Other {code}"), change=Change.REDEFINED)
    browser = client_of(site_admin)
    browser.get(here("wording", draft.pk))
    with django_assert_max_num_queries(15):
        browser.get(here("wording", draft.pk))


def test_a_site_admin_without_a_second_step_is_asked_for_one(draft, client_of):
    from tests.factories.tables import a_member

    browser = client_of(a_member("Ada Admin", is_staff=True, is_superuser=True))
    answer = browser.get(reverse("frameworks"))
    assert (answer.status_code, answer.url) == (302, reverse("second_step"))
