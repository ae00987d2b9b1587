"""The words of a question, side by side in every language."""

import re

import pytest

from feedback.actions import add_question
from feedback.actions.wording import MOST_CHOICES
from tests.feedback.leads import HERE, a_form, draft_of, text


@pytest.fixture
def made(lead):
    return a_form(lead.coalition, languages=["en", "es", "ar"])


@pytest.fixture
def browser(client_of, lead):
    return client_of(lead)


def row(made, code):
    return next(each for each in draft_of(made).content["questions"] if each["code"] == code)


def address(made, code):
    return f"{HERE}{made.pk}/questions/{code}/"


def fields(page) -> dict[str, str]:
    """What the page would send as it stands."""
    found = {}
    for field in page.context["form"]:
        found[field.html_name] = field.value() or ""
    return found


def test_every_offered_language_stands_side_by_side(browser, made):
    page = browser.get(address(made, "direction_changed")).content.decode()
    asked = row(made, "direction_changed")
    for language in ("en", "es", "ar"):
        assert asked["text"][language] in page
        assert all(choice["text"][language] in page for choice in asked["choices"])
    assert asked["text"]["vi"] not in page
    assert re.search(r'lang="ar" dir="rtl"[^>]*>', page)


def test_words_change_and_codes_and_other_languages_stay(browser, made):
    here, before = address(made, "direction_changed"), row(made, "direction_changed")
    sent = fields(browser.get(here)) | {
        "text-en": "  Did it help? ",
        "answer-no-es": "Para nada",
        "do": "save",
    }
    assert browser.post(here, sent).url == f"{HERE}{made.pk}/#questions"
    after = row(made, "direction_changed")
    assert after["text"] == {**before["text"], "en": "Did it help?"}
    assert [each["code"] for each in after["choices"]] == [each["code"] for each in before["choices"]]
    assert next(each for each in after["choices"] if each["code"] == "no")["text"]["es"] == "Para nada"


def test_an_answer_is_added_moved_and_taken_off(browser, made):
    here = address(made, "direction_changed")
    before = [each["code"] for each in row(made, "direction_changed")["choices"]]
    sent = fields(browser.get(here)) | {"answer--en": "A bit", "do": "more"}
    assert browser.post(here, sent).url == here
    added = row(made, "direction_changed")["choices"][-1]
    assert added["text"] == {"en": "A bit"} and added["code"] not in before
    for do, order in (
        (f"up:{added['code']}", [*before[:-1], added["code"], before[-1]]),
        (f"down:{added['code']}", [*before, added["code"]]),
        (f"down:{added['code']}", [*before, added["code"]]),
        (f"remove:{before[0]}", [*before[1:], added["code"]]),
        ("up:nothing", [*before[1:], added["code"]]),
    ):
        browser.post(here, fields(browser.get(here)) | {"do": do})
        assert [each["code"] for each in row(made, "direction_changed")["choices"]] == order


def test_what_is_missing_is_marked(browser, made):
    here = address(made, "direction_changed")
    browser.post(here, fields(browser.get(here)) | {"answer-no-ar": ""})
    assert browser.get(here).content.decode().count("missing") == 1
    assert "Not whole in: Arabic" in text(browser.get(f"{HERE}{made.pk}/"))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"text-en": "", "text-es": "", "text-ar": ""}, "Write the question in one language at least."),
        ({"text-en": "x" * 201}, "Write it with 200 letters or less."),
        ({"answer-no-en": "x" * 81}, "Write it with 80 letters or less."),
        ({"text-en": "one\ntwo"}, "Write this on one line"),
        ({"text-en": "o\u202ene"}, "Write this on one line"),
        ({"answer-no-en": "", "answer-no-es": "", "answer-no-ar": ""}, "Write this answer, or take it off."),
        (
            {"answer-no-en": "yes, a BIG thing", "answer-yes_big-en": "Yes, a big thing"},
            "Two answers say the same.",
        ),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(browser, made, wrong, said):
    here, before = address(made, "direction_changed"), row(made, "direction_changed")
    sent = fields(browser.get(here)) | {"answer-dont_know-es": "Quién sabe"} | wrong
    answer = browser.post(here, sent)
    assert answer.status_code == 422
    assert said in text(answer)
    assert 'value="Quién sabe"' in answer.content.decode()
    assert row(made, "direction_changed") == before


def test_ten_answers_are_one_too_many(browser, made):
    code = add_question(form=made, kind="choice")
    here = address(made, code)
    for number in range(MOST_CHOICES + 3):
        sent = fields(browser.get(here)) | {"text-en": "Which?", "do": "more"}
        empty = [
            name
            for name, value in sent.items()
            if name.startswith("answer-") and name.endswith("-en") and not value
        ]
        browser.post(here, sent | {name: f"{name} {number}" for name in empty} | {"answer--en": f"N{number}"})
    assert len(row(made, code)["choices"]) == MOST_CHOICES
    assert "answer--en" not in fields(browser.get(here))


def test_own_words_have_no_answers(browser, made):
    here = address(made, "direction_help")
    assert not [name for name in fields(browser.get(here)) if name.startswith("answer")]
    browser.post(here, {"text-en": "What would help?", "answer--en": "Nothing"})
    assert "choices" not in row(made, "direction_help") or row(made, "direction_help")["choices"] == []


def test_a_question_that_is_gone_is_not_there(browser, made):
    assert browser.get(address(made, "nothing")).status_code == 404
