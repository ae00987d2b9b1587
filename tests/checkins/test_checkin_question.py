"""The lead's open question for the next check-in."""

import uuid
from datetime import UTC, date, datetime

import pytest

from checkins.actions import ask_checkins, set_question
from checkins.models import Checkin
from coalitions.models import Event, Verb
from web.refusal import Refused

pytestmark = pytest.mark.django_db
PAGE, QUESTION = "/c/care-forward/check-in/", "/c/care-forward/check-in/question/"
OCTOBER = datetime(2026, 10, 20, 15, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_october(time_machine):
    time_machine.move_to(OCTOBER)


def save(browser, month="2026-11-01", **typed):
    said = {"form_id": uuid.uuid4(), "month": month, **typed}
    return browser.post(QUESTION, said, headers={"accept-language": "en"})


def test_it_goes_into_the_next_check_in_and_on_record(
    opened_round, client_of, lead, provider, asked_at, time_machine
):
    assert save(client_of(lead), in_en="Who is missing?", in_es="¿Quién falta?").url == PAGE
    event = Event.objects.get(verb=Verb.QUESTION_SET)
    assert (event.seat, event.about) == (lead, "2026-11")
    settings_page = client_of(lead).get("/c/care-forward/settings/", headers={"accept-language": "en"})
    assert "November 2026" in settings_page.content.decode()
    assert "Who is missing?" not in client_of(provider).get(PAGE).content.decode(), "not before it is asked"
    time_machine.move_to(asked_at)
    ask_checkins(now=asked_at)
    assert "Who is missing?" in client_of(provider).get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("typed", "language", "shown"),
    [
        ({"in_en": "Why?", "in_es": "¿Por qué?"}, "es", "<span>¿Por qué?</span>"),
        ({"in_es": "¿Por qué?"}, "en", '<span lang="es">¿Por qué?</span>'),
        ({"in_en": "Why?"}, "es", '<span lang="en">Why?</span>'),
    ],
)
def test_it_is_read_in_ones_own_language_or_else_marked_as_the_other(
    opened_round, client_of, lead, provider, asked_at, time_machine, typed, language, shown
):
    save(client_of(lead), **typed)
    time_machine.move_to(asked_at)
    ask_checkins(now=asked_at)
    browser = client_of(provider)
    browser.post("/language/", {"language": language})
    assert shown in browser.get(PAGE).content.decode()


def test_it_is_there_to_change_and_an_empty_one_is_none(opened_round, client_of, lead):
    browser = client_of(lead)
    save(browser, in_en="First?")
    assert 'value="First?"' in browser.get(QUESTION).content.decode()
    save(browser, in_en="  ", in_es="")
    assert Checkin.objects.get().question == {}
    assert Event.objects.filter(verb=Verb.QUESTION_SET).count() == 2


def test_sent_twice_it_is_on_record_once(opened_round, client_of, lead):
    form = uuid.uuid4()
    for _ in range(2):
        assert save(client_of(lead), form_id=form, in_en="Once?").status_code == 303
    assert Event.objects.filter(verb=Verb.QUESTION_SET).count() == 1


def test_what_was_asked_stays_as_it_was_and_what_was_typed_too(
    opened_round, client_of, lead, asked_at, time_machine
):
    save(client_of(lead), in_en="First?")
    time_machine.move_to(asked_at)
    ask_checkins(now=asked_at)
    answer = save(client_of(lead), in_en="Second?")
    page = answer.content.decode()
    assert (answer.status_code, "This check-in was asked by now." in page) == (422, True)
    assert 'value="Second?"' in page
    assert 'name="month" value="2026-12-01"' in page, "sent again, it goes into the next one"
    assert Checkin.objects.get().question == {"en": "First?"}
    assert save(client_of(lead), month="2026-12-01", in_en="Second?").status_code == 303


@pytest.mark.parametrize("month", ["2026-10-01", "2027-03-01", "2026-11-02", "", "soon"])
def test_no_other_month_can_be_prepared(opened_round, client_of, lead, month):
    assert save(client_of(lead), month=month, in_en="Why?").status_code == 422
    assert not Checkin.objects.exists()


@pytest.mark.parametrize("typed", ["x" * 201, "one\u2028two", "turned \u202e around"])
def test_a_question_is_one_line(opened_round, client_of, lead, typed):
    answer = save(client_of(lead), in_en=typed)
    assert answer.status_code == 422
    assert not Checkin.objects.exists()


def test_only_a_lead_chooses_it(opened_round, client_of, provider, observer, facilitator, through_link, lead):
    for browser in (client_of(provider), client_of(observer), client_of(facilitator), through_link(lead)):
        assert browser.get(QUESTION).status_code == 403
        assert save(browser, in_en="Mine?").status_code == 403
        assert QUESTION not in browser.get(PAGE).content.decode()
    assert QUESTION in client_of(lead).get(PAGE).content.decode()


def test_there_are_questions_to_start_from_in_both_languages(opened_round, client_of, lead):
    page = client_of(lead).get(QUESTION, headers={"accept-language": "en"}).content.decode()
    assert "What is one thing we could stop doing?" in page
    assert "¿Qué cosa podríamos dejar de hacer?" in page
    assert '<ul class="plainlist" lang="es">' in page


def test_the_action_refuses_a_month_that_is_not_next(opened_round, coalition, lead):
    with pytest.raises(Refused):
        set_question(
            coalition=coalition, by=lead, month=date(2026, 12, 1), said={"en": "x"}, now=OCTOBER, form=uuid.uuid4()
        )  # fmt: skip


def test_the_number_of_another_form_is_no_error_and_saves_nothing(opened_round, client_of, lead, coalition):
    form = uuid.uuid4()
    save(client_of(lead), form_id=form, in_en="First?")
    answer = save(client_of(lead), form_id=form, month="2027-03-01", in_en="Second?")
    assert (answer.status_code, "Second?" in answer.content.decode()) == (422, True)
    assert [checkin.month for checkin in Checkin.objects.all()] == [date(2026, 11, 1)]
