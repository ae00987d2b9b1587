"""A form in the hands of its leads: days, questions, and what happens to a published one."""

from datetime import date

import pytest

from coalitions.models import Event
from feedback.actions import add_question, change_question, change_words, mark_reviewed
from feedback.actions.wording import MOST_QUESTIONS
from feedback.models import Form, Submission, Wording
from tests.feedback.conftest import Phone
from tests.feedback.leads import HERE, a_form, codes, draft_of, publish, text
from web.refusal import Refused


@pytest.fixture
def made(lead, readers):
    return a_form(lead.coalition, languages=["en", "es", "vi"])


@pytest.fixture
def here(made):
    return f"{HERE}{made.pk}/"


def test_days_and_numbers_are_kept_and_stand_on_the_form(client_of, lead, made, here):
    publish(made, lead)
    said = {
        "name": "Nights", "opens_on": "2020-01-01", "closes_on": "2090-01-01", "reply_by": "2090-02-01",
        "phone": "502 555 0100", "hotline": "1-877-555-0199",
    }  # fmt: skip
    assert client_of(lead).post(here, said).status_code == 303
    made.refresh_from_db()
    assert (made.name, made.asks_role, made.reply_by) == ("Nights", False, date(2090, 2, 1))
    page = Phone(f"/go/{made.code}/en/").text
    assert "502 555 0100" in page and "1-877-555-0199" in page


def test_what_is_wrong_is_said_and_nothing_is_lost(client_of, lead, made, here):
    answer = client_of(lead).post(
        here, {"name": "", "phone": "502\u202e", "hotline": "Line 7", "languages": ["en"]}
    )
    assert answer.status_code == 422
    assert "Give the form a name." in text(answer) and "Write this on one line" in text(answer)
    assert 'value="Line 7"' in answer.content.decode()
    assert "Library nights" in answer.content.decode()
    assert Form.objects.get().name == "Library nights"


def test_languages_change_only_in_a_draft(client_of, lead, made, here):
    browser = client_of(lead)
    browser.post(here, {"name": "N", "languages": ["ar", "en"]})
    assert draft_of(made).languages == ["en", "ar"]
    publish(made, lead)
    assert 'name="languages"' not in browser.get(here).content.decode()
    browser.post(here, {"name": "N", "languages": ["es"]})
    assert Wording.objects.get().languages == ["en", "ar"]


def test_questions_move_and_go(client_of, lead, made, here):
    browser, before = client_of(lead), codes(made)
    browser.post(f"{here}questions/{before[1]}/move/", {"do": "up"})
    assert codes(made)[:2] == [before[1], before[0]]
    browser.post(f"{here}questions/{before[1]}/move/", {"do": "up"})
    assert codes(made)[0] == before[1], "at the end nothing moves"
    browser.post(f"{here}questions/{before[1]}/move/", {"do": "down"})
    assert codes(made) == before
    for _ in range(2):
        browser.post(f"{here}questions/{before[0]}/move/", {"do": "remove"})
    assert codes(made) == before[1:]
    answer = browser.post(f"{here}questions/{before[0]}/move/", {"do": "up"}, follow=True)
    assert "Somebody took this question off the form." in text(answer)
    browser.post(f"{here}questions/{before[1]}/move/", {"do": "elsewhere"})
    assert codes(made) == before[1:]


def test_ready_made_questions_and_ones_own_are_added(client_of, lead, made, here):
    browser = client_of(lead)
    assert browser.post(f"{here}questions/", {"kind": "table_known"}).url == f"{here}#questions"
    assert codes(made)[-1] == "table_known"
    for kind, answers in (("choice", 2), ("scale", 3), ("open", 0)):
        url = browser.post(f"{here}questions/", {"kind": kind}).url
        row = draft_of(made).content["questions"][-1]
        assert url == f"{here}questions/{row['code']}/"
        assert (row["kind"], len(row.get("choices", ()))) == (kind, answers)
        assert browser.get(url).status_code == 200
    assert "No words yet" in text(browser.get(here))


def test_what_cannot_be_added_is_said(client_of, lead, made, here):
    browser = client_of(lead)
    twice = browser.post(f"{here}questions/", {"kind": "direction_asked"}, follow=True)
    assert "on the form already" in text(twice)
    assert "Pick what to add" in text(browser.post(f"{here}questions/", {"kind": "song"}, follow=True))
    while len(codes(made)) < MOST_QUESTIONS:
        add_question(form=made, kind="open")
    assert "12 questions at most" in text(browser.post(f"{here}questions/", {"kind": "open"}, follow=True))
    assert len(codes(made)) == MOST_QUESTIONS


def test_no_code_comes_back(lead, made):
    seen = set()
    for _ in range(8):
        code = add_question(form=made, kind="choice")
        seen |= {code, *(each["code"] for each in draft_of(made).content["questions"][-1]["choices"])}
        rows = draft_of(made).content
        Wording.objects.filter(form=made).update(content={"questions": rows["questions"][:-1]})
    assert len(seen) == 8 * 3


def test_published_words_stay_whatever_is_sent(client_of, lead, made, here):
    publish(made, lead)
    browser, before = client_of(lead), Wording.objects.get().content
    first = codes(made)[0]
    for address, sent in (
        (f"{here}questions/", {"kind": "open"}),
        (f"{here}questions/{first}/move/", {"do": "remove"}),
        (f"{here}questions/{first}/", {"text-en": "Other words"}),
        (f"{here}drop/", {}),
    ):
        assert browser.post(address, sent).status_code == 303
        assert Wording.objects.get().content == before
    with pytest.raises(Refused):
        change_question(form=made, code=first, text={"en": "Other words"})


def test_a_change_is_the_next_version_and_the_old_one_is_read_meanwhile(client_of, lead, made, here):
    publish(made, lead)
    browser = client_of(lead)
    for _ in range(2):
        browser.post(f"{here}words/")
    assert [each.number for each in made.wordings.all()] == [1, 2]
    change_question(form=made, code=codes(made)[0], text={"en": "Were you asked?"})
    phone = Phone(f"/go/{made.code}/en/")
    assert "Were you asked?" not in phone.text
    publish(made, lead)
    assert "Were you asked?" in Phone(f"/go/{made.code}/en/").text
    phone.press(answer="no")
    assert phone.page.status_code == 200, "who began with the old words ends with them"


def test_a_change_can_be_given_up_and_a_form_nobody_saw_too(client_of, lead, made, here):
    publish(made, lead)
    browser = client_of(lead)
    browser.post(f"{here}words/")
    assert browser.post(f"{here}drop/").url == here
    assert made.wordings.get().number == 1
    other = a_form(lead.coalition)
    assert browser.post(f"{HERE}{other.pk}/drop/").url == HERE
    assert Form.objects.get() == made


def test_the_switch_goes_both_ways_and_is_on_record(client_of, lead, made, here):
    publish(made, lead)
    browser = client_of(lead)
    for _ in range(2):
        browser.post(f"{here}stop/", {"do": "stop"})
    assert "This form is closed." in Phone(f"/go/{made.code}/en/").text
    assert "Stopped by a lead" in text(browser.get(here))
    assert [event.about for event in Event.objects.filter(verb="form stopped")] == ["Library nights"]
    browser.post(f"{here}stop/", {"do": "start"})
    assert "This form is closed." not in Phone(f"/go/{made.code}/en/").text


def test_a_speaker_reads_it_until_the_words_change(client_of, lead, made, here):
    browser, first = client_of(lead), codes(made)[0]
    assert "Vietnamese" in text(browser.get(here)).partition("Not yet reviewed by a speaker")[2][:400]
    browser.post(f"{here}reviewed/", {"language": "vi"})
    browser.post(f"{here}reviewed/", {"language": "xx"})
    assert draft_of(made).reviewed == ["vi"]
    assert "Not yet reviewed by a speaker" not in text(browser.get(here))
    change_question(form=made, code=first, text={"en": "Were you asked?"})
    assert draft_of(made).reviewed == ["vi"]
    publish(made, lead)
    assert change_words(form=made).reviewed == ["vi"]
    change_question(form=made, code=first, text={"vi": "Khác"})
    assert draft_of(made).reviewed == []
    mark_reviewed(form=made, language="vi")
    add_question(form=made, kind="table_known")
    assert draft_of(made).reviewed == []


def test_nothing_of_answers_is_on_any_page_of_the_lead(client_of, lead, made, here):
    publish(made, lead)
    wording = made.wordings.get()
    Submission.objects.create(
        wording=wording, language="en", week="2026-W47", answers={"direction_help": "canary"}, receipt="r"
    )
    for each in ("", "publish/", "preview/", "preview/en/", "hand-out/", "poster/en/", "paper/en/", "enter/"):
        page = client_of(lead).get(here + each, follow=True)
        assert page.status_code == 200 and "canary" not in page.content.decode()


@pytest.mark.parametrize("each", ["", "publish/", "preview/", "hand-out/", "poster/en/", "enter/"])
def test_forms_of_another_table_are_not_there(client_of, outsider, made, each):
    publish(made, made.coalition.seats.filter(lead=True).first())
    there = f"/c/kansas-cares/voices/forms/{made.pk}/{each}"
    assert client_of(outsider).get(there).status_code == 404
    assert client_of(outsider).get(f"{HERE}{made.pk}/{each}").status_code == 404
