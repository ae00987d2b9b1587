import pytest

from coalitions.models import Event, Group
from feedback.actions import add_question, change_question, remove_question
from tests.factories.tables import a_seat
from tests.feedback.conftest import Phone
from tests.feedback.leads import HERE, a_form, codes, draft_of, text


@pytest.fixture
def made(lead):
    return a_form(lead.coalition, languages=["en", "es", "ht"])


@pytest.fixture
def browser(client_of, lead):
    return client_of(lead)


def page_of(browser, made):
    return browser.get(f"{HERE}{made.pk}/publish/")


def press(browser, made, **more):
    sent = {"seen": page_of(browser, made).context["seen"], **more}
    return browser.post(f"{HERE}{made.pk}/publish/", sent)


def test_it_is_published_once_and_on_record(browser, lead, made, readers):
    assert press(browser, made).url == f"{HERE}{made.pk}/hand-out/"
    assert Phone(f"/go/{made.code}/ht/").page.status_code == 200
    again = browser.post(f"{HERE}{made.pk}/publish/", {"seen": "anything"})
    assert again.url == f"{HERE}{made.pk}/"
    assert [(event.seat, event.about) for event in Event.objects.all()] == [(lead, "Library nights")]


def test_what_is_missing_is_listed_first(browser, made, readers):
    change_question(form=made, code=codes(made)[1], text={"ht": "", "es": ""})
    add_question(form=made, kind="open")
    change_question(form=made, code=codes(made)[-1], text={"en": "Anything else?"})
    page = text(page_of(browser, made))
    assert "Spanish Español questions 2, 5" in page
    assert "Haitian Creole Kreyòl ayisyen questions 2, 5" in page
    assert "English" not in page.partition("What is missing")[2].partition("Not yet reviewed")[0].replace(
        "the English ones", ""
    )
    assert press(browser, made).status_code == 303, "the lead has seen it"


def test_nothing_missing_says_so_and_names_who_has_not_been_read(browser, made, readers):
    page = text(page_of(browser, made))
    assert "Nothing. Every question is there" in page
    assert "Haitian Creole" in page.partition("Not yet reviewed by a speaker")[2]


@pytest.mark.parametrize(
    "who",
    [
        [],
        [(Group.PARENT, {})],
        [(Group.PARENT, {}), (Group.PARENT, {})],
        [(Group.PROVIDER, {}), (Group.ADVOCATE, {})],
        [(Group.PARENT, {"arrived": None}), (Group.ADVOCATE, {})],
        [(Group.PARENT, {}), (Group.ADVOCATE, {"arrived": None})],
        [(Group.PARENT, {}), (Group.ADVOCATE, {"reader": False})],
    ],
)
def test_two_people_must_read_it_and_one_is_a_parent(browser, lead, made, who):
    for number, (group, more) in enumerate(who):
        a_seat(lead.coalition, f"N{number} Reader", group, **{"reader": True, **more})
    assert "Two people must read what comes in" in text(page_of(browser, made))
    answer = press(browser, made)
    assert answer.status_code == 422
    assert "Two people must read what comes in" in text(answer)
    assert draft_of(made).published_on is None


def test_what_somebody_changed_meanwhile_is_looked_at_first(browser, made, readers):
    seen = page_of(browser, made).context["seen"]
    remove_question(form=made, code=codes(made)[0])
    answer = browser.post(f"{HERE}{made.pk}/publish/", {"seen": seen})
    assert answer.status_code == 422
    assert "Somebody changed the form meanwhile." in text(answer)


def test_no_question_without_words_goes_out(browser, made, readers):
    add_question(form=made, kind="choice")
    assert "Question 5" in text(page_of(browser, made))
    assert "Question 5 has no words yet" in text(press(browser, made))
    for code in codes(made):
        remove_question(form=made, code=code)
    assert "The form asks nothing yet." in text(press(browser, made))
    assert draft_of(made)
