"""Paper, typed in by a volunteer: the same rules as on a phone."""

import re

import pytest

from coalitions.models import Event
from feedback.models import Submission
from tests.feedback.leads import HERE, a_form, publish, text

PAPERS = "/c/care-forward/voices/paper/"


@pytest.fixture
def made(lead, readers):
    return publish(a_form(lead.coalition, languages=["en", "es", "ar"]), lead)


@pytest.fixture
def here(made):
    return f"{HERE}{made.pk}/enter/"


@pytest.fixture
def browser(client_of, readers):
    return client_of(readers[1])


def visit(page) -> str:
    return re.search(r'name="visit" value="([^"]*)"', page.content.decode())[1]


def typed(browser, here, **answers):
    page = browser.get(here)
    return {"visit": visit(page), "language": "en", **{f"q-{code}": said for code, said in answers.items()}}


def test_one_press_keeps_it_and_shows_an_empty_page(browser, here):
    sent = typed(browser, here, direction_asked="no", direction_help="Más horas", role="parent")
    answer = browser.post(here, sent | {"language": "es"}, follow=True)
    assert "Destroy the paper now." in text(answer)
    assert (
        "Más horas" not in text(answer)
        and " checked"
        not in answer.content.decode().replace('value="" id="id_q-direction_asked_0" checked', "")
    ) or "¿" in text(answer)
    kept = Submission.objects.get()
    assert (kept.language, kept.role, kept.batch) == ("es", "parent", None)
    assert kept.answers == {"direction_asked": "no", "direction_help": "Más horas"}
    assert visit(answer) != sent["visit"]


def test_pressed_twice_it_is_kept_once(browser, here):
    sent = typed(browser, here, direction_asked="no")
    for _ in range(3):
        assert browser.post(here, sent).status_code == 303
    assert Submission.objects.count() == 1


def test_nobody_can_see_who_typed_it(browser, here):
    before = Event.objects.count()
    browser.post(here, typed(browser, here, direction_asked="no"))
    assert Event.objects.count() == before


def test_too_long_and_not_on_the_list(browser, here):
    long = "far too long " * 90
    answer = browser.post(here, typed(browser, here, direction_asked="perhaps", direction_help=long))
    assert answer.status_code == 422
    assert "longer than 1000 letters" in text(answer) and "Pick one of the answers on the list." in text(
        answer
    )
    assert long.strip() in answer.content.decode()
    assert not Submission.objects.exists()


def test_names_are_asked_about_once(browser, here):
    sent = typed(browser, here, direction_asked="no", direction_help="Call Jo at 502 555 0142")
    answer = browser.post(here, sent)
    assert answer.status_code == 422 and "This may say who somebody is." in text(answer)
    assert 'name="looked"' in answer.content.decode() and not Submission.objects.exists()
    assert browser.post(here, sent | {"looked": "on"}).status_code == 303
    assert Submission.objects.count() == 1


@pytest.mark.parametrize("odd", ["", "nothing of ours", "gAAAAA"])
def test_a_page_that_is_not_ours_loses_nothing(browser, here, odd):
    sent = typed(browser, here, direction_help="More evening hours") | {"visit": odd}
    answer = browser.post(here, sent)
    assert answer.status_code == 422
    assert "More evening hours" in answer.content.decode() and "open too long" in text(answer)
    assert browser.post(here, sent | {"visit": visit(answer)}).status_code == 303


def test_a_form_that_is_over_takes_none(browser, made, here):
    made.stopped_on = "2026-01-01"
    made.save()
    answer = browser.get(here, follow=True)
    assert "takes no answers now" in text(answer)
    assert "No form takes answers now" in text(browser.get(PAPERS))


def test_an_empty_paper_leaves_nothing(browser, here):
    assert browser.post(here, typed(browser, here)).status_code == 303
    assert not Submission.objects.exists()


def test_readers_and_leads_find_it_and_nobody_else(client_of, lead, readers, parent, observer, made, here):
    for who in (lead, *readers):
        assert here in client_of(who).get(PAPERS).content.decode()
    for who in (parent, observer):
        assert client_of(who).get(PAPERS).status_code == client_of(who).get(here).status_code == 403


def test_a_draft_takes_no_paper(client_of, lead, readers):
    form = a_form(lead.coalition)
    assert client_of(lead).get(f"{HERE}{form.pk}/enter/").url == PAPERS


def test_each_language_shows_its_own_words(browser, made, here):
    page = browser.get(f"{here}?language=ar")
    assert made.wordings.get().content["questions"][0]["text"]["ar"] in text(page)
    assert browser.get(f"{here}?language=xx").status_code == 200
