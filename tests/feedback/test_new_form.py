import re
import uuid

import pytest
from django.test import Client

from feedback.models import Form, Wording
from feedback.words import ready_made
from tests.feedback.leads import HERE, a_form, text

NEW = f"{HERE}new/"


def typed(**more):
    return {"form": uuid.uuid4(), "questions": "funding", "languages": ["en", "es"], "name": "", **more}


def test_every_set_can_be_looked_into(client_of, lead):
    page = text(client_of(lead).get(NEW))
    for each in ready_made():
        assert each["title"]["en"] in page
        for question in each["questions"]:
            assert question["text"]["en"] in page


def test_it_starts_as_a_draft_that_nobody_outside_can_open(client_of, lead):
    answer = client_of(lead).post(NEW, typed(languages=["ar", "en"], closes_on="2090-03-01"))
    form = Form.objects.get()
    assert answer.status_code == 303 and answer.url == f"{HERE}{form.pk}/"
    wording = form.wordings.get()
    assert (wording.number, wording.published_on, wording.languages) == (1, None, ["en", "ar"])
    assert wording.content["questions"][0]["code"] == "funding_missed"
    assert (form.milestone, form.name, str(form.closes_on)) == (
        "M4",
        "What it takes to join in",
        "2090-03-01",
    )
    assert Client().get(f"/go/{form.code}/").status_code == 404
    assert Client().get(f"/go/{form.code}/en/").status_code == 404


def test_addresses_cannot_be_misread_and_spell_nothing(coalition):
    found = {a_form(coalition).code for _ in range(30)}
    assert len(found) == 30
    assert all(re.fullmatch("[bcdfghjkmnpqrstvwxyz]{8}", code) for code in found)


def test_pressed_twice_it_is_one_form(client_of, lead):
    browser, said = client_of(lead), typed()
    assert browser.post(NEW, said).url == browser.post(NEW, said).url
    assert Form.objects.count() == 1


def test_a_number_of_another_table_makes_nothing(client_of, lead, outsider):
    other = a_form(outsider.coalition)
    answer = client_of(lead).post(NEW, typed(form=other.form))
    assert answer.status_code == 422
    assert not lead.coalition.forms.exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"questions": "nothing"}, "Pick one from the list."),
        ({"questions": ""}, "Pick what you want to ask about."),
        ({"languages": []}, "Pick at least one language."),
        ({"languages": ["xx"]}, "Pick only from the list."),
        ({"name": "x\u202ey"}, "Write this on one line"),
        ({"name": "x" * 81}, "80"),
        ({"opens_on": "soon"}, "Write the day as 2027-05-31."),
        ({"opens_on": "1066-01-01"}, "2000"),
        ({"opens_on": "2090-02-02", "closes_on": "2090-02-01"}, "The last day is before the first."),
        ({"form": "no number"}, "open too long"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(client_of, lead, wrong, said):
    answer = client_of(lead).post(NEW, typed(**{"name": "Our nights", **wrong}))
    assert answer.status_code == 422
    assert said in text(answer)
    if "name" not in wrong:
        assert 'value="Our nights"' in answer.content.decode()
    assert not Form.objects.exists() and not Wording.objects.exists()
