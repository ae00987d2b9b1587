import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from feedback.models import Result
from milestones.models import Evidence
from milestones.models.record import Kind
from tests.factories.outside import gathered, many, visits
from tests.factories.rounds import a_table, agreed, an_open_round, everyone_answers, opened, seven_milestones

HERE = "/c/care-forward/voices/results/"


@pytest.fixture(autouse=True)
def _framework(db):
    seven_milestones()


def text(browser, address: str = HERE) -> str:
    return browser.get(address, headers={"accept-language": "en"}).content.decode()


@pytest.fixture
def browser(client_of, observer):
    return client_of(observer)


@pytest.fixture
def counted(form):
    visits(form, *many(12, "Words"))
    gathered(form)
    return Result.objects.get()


def test_counts_with_their_n_and_what_they_are_not(browser, counted):
    page = text(browser)
    assert "12 people answered" in page and "Not a sample" in page and "Did anything change?" in page
    for choice, said in (("yes", "Yes"), ("no", "No")):
        row = f'<th scope="row">{said}</th><td class="num">{counted.counts[choice]}</td>'
        assert row in page
    assert "Words 0" not in page


def test_the_one_before_stands_beside_it_as_a_table(browser, form, counted):
    visits(form, *many(9))
    gathered(form, days=1)
    page = text(browser)
    assert "21 people answered" in page and "12 people answered" in page
    assert page.count('<table class="bars">') == 2
    assert not re.search(r"[+−-]\d+ ?%|\d+ ?%", re.sub(r'width="[^"]*"', "", page.partition("<main")[2]))


@pytest.mark.parametrize("waiting", [0, 3, 9, 30])
def test_before_there_is_a_batch_nothing_tells_how_many_wait(browser, form, waiting):
    visits(form, *many(waiting))
    page = text(browser)
    assert "from ten answers on" in page and '<table class="bars">' not in page


def test_too_few_and_too_alike_are_said_in_one_way(browser, form):
    visits(form, *[{"changed": "yes", "most": "W"}] * 12)
    gathered(form)
    alike = text(browser).partition("<main")[2]
    assert "Too few, or too alike, to show" in alike
    Result.objects.all().delete()
    from feedback.models import Submission

    Submission.objects.update(answers={"most": "W"})
    assert text(browser).partition("<main")[2] == alike


def test_closed_with_few(browser, form):
    form.stopped_on = form.coalition.today(gathered.__globals__["MORNING"])
    form.save()
    visits(form, *many(6, "Words"))
    gathered(form)
    assert "closed with fewer than ten answers" in text(browser)


def test_linked_from_the_milestone_it_informs(client_of, lead, coalition, form, counted):
    form.milestone = "M5"
    form.save()
    a_table(coalition, [("parent", 6), ("agency", 6)])
    round = an_open_round(coalition, lead)
    everyone_answers(round, coalition.seats.answering())
    agreed(opened(round, lead), lead)
    page = text(client_of(lead), "/c/care-forward/milestones/M5/")
    assert f"{HERE}?milestone=M5" in page
    assert "12 people answered" in text(client_of(lead), HERE + "?milestone=M5")
    assert "12 people answered" not in text(client_of(lead), HERE + "?milestone=M1")
    assert text(client_of(lead), HERE + "?milestone=nonsense").count("12 people answered") == 2


def test_it_costs_the_same_for_many(browser, form, counted):
    costs = []
    for days in range(1, 4):
        browser.get(HERE)
        with CaptureQueriesContext(connection) as asked:
            browser.get(HERE)
        costs.append(len(asked))
        visits(form, *many(60))
        gathered(form, days=days)
    assert len(set(costs)) == 1


# As something the table has seen


@pytest.fixture
def round(coalition, lead):
    return an_open_round(coalition, lead)


def sent(milestone="M5", **fields) -> dict[str, str]:
    return {"form_id": str(uuid.uuid4()), "milestone": milestone, **fields}


@pytest.mark.parametrize("who", ["lead", "facilitator", "parent"])
def test_it_can_be_taken_to_a_milestone(request, who, client_of, round, counted):
    browser = client_of(request.getfixturevalue(who))
    address = f"{HERE}{counted.pk}/"
    assert browser.get(address).status_code == 200
    again = sent()
    assert [browser.post(address, again).status_code for _ in range(2)] == [303, 303]
    seen = Evidence.objects.get()
    assert (seen.kind, seen.item_code) == (Kind.FAMILIES, "M5")
    assert seen.title == "12 people outside answered: Did anything change?"
    assert "Not a sample" in seen.note and seen.url.endswith(f"{HERE}#{counted.anchor}")
    refused = browser.post(address, sent())
    assert refused.status_code == 422 and Evidence.objects.count() == 1


def test_however_many_they_are_one_source(client_of, lead, round, form, counted):
    browser = client_of(lead)
    browser.post(f"{HERE}{counted.pk}/", sent())
    visits(form, *many(9))
    gathered(form, days=1)
    newer = Result.objects.latest("number")
    assert browser.post(f"{HERE}{newer.pk}/", sent()).status_code == 422
    assert browser.post(f"{HERE}{newer.pk}/", sent("M4")).status_code == 303


def test_what_somebody_else_added_while_scoring_is_not_told(client_of, parent, lead, round, counted):
    client_of(parent).post(f"{HERE}{counted.pk}/", sent())
    assert Evidence.objects.get().private_to == parent
    assert client_of(lead).post(f"{HERE}{counted.pk}/", sent()).status_code == 303


def test_observers_readers_and_others_cannot(client_of, observer, readers, outsider, round, counted):
    address = f"{HERE}{counted.pk}/"
    assert client_of(observer).post(address, sent()).status_code == 403
    assert client_of(outsider).post(address, sent()).status_code == 404
    elsewhere = address.replace("care-forward", "kansas-cares")
    assert client_of(outsider).post(elsewhere, sent()).status_code == 404
    assert not Evidence.objects.exists()


def test_without_a_round_or_a_milestone_it_says_so(client_of, lead, counted):
    browser, address = client_of(lead), f"{HERE}{counted.pk}/"
    assert "belongs to a round" in browser.post(address, sent()).content.decode()
    assert "Pick a milestone" in browser.post(address, sent("")).content.decode()
    assert browser.post(address, sent("M99")).status_code == 422
