from django.db import connection
from django.test.utils import CaptureQueriesContext

from feedback.actions import change_words
from tests.feedback.leads import HERE, a_form, publish, text


def test_the_first_time_it_says_where_to_start(client_of, lead):
    page = client_of(lead).get(HERE)
    assert "No form yet" in text(page)
    assert f"{HERE}new/" in page.content.decode()


def test_each_form_says_where_it_is(client_of, lead, readers):
    a_form(lead.coalition, name="Waiting")
    publish(a_form(lead.coalition, name="Going"), lead)
    over = publish(a_form(lead.coalition, name="Past", closes_on="2020-01-01"), lead)
    later = publish(a_form(lead.coalition, name="Coming", opens_on="2090-01-01"), lead)
    assert over.pk != later.pk
    said = text(client_of(lead).get(HERE))
    for name, state in (
        ("Waiting", "Not published yet"),
        ("Going", "Takes answers"),
        ("Past", "Closed"),
        ("Coming", "Opens later"),
    ):
        assert f"{name} {state}" in said


def test_a_change_that_waits_is_said(client_of, lead, readers):
    form = publish(a_form(lead.coalition), lead)
    assert "waiting to be published" not in text(client_of(lead).get(HERE))
    change_words(form=form)
    assert "waiting to be published" in text(client_of(lead).get(HERE))


def test_it_says_that_nobody_reads_yet(client_of, lead):
    a_form(lead.coalition)
    assert "Nobody can read answers yet" in text(client_of(lead).get(HERE))


def test_fifty_forms_cost_what_one_does(client_of, lead, readers):
    browser, costs = client_of(lead), []
    for number in (0, 1, 5, 50):
        while lead.coalition.forms.count() < number:
            change_words(form=publish(a_form(lead.coalition, name=f"Form {number}"), lead))
        with CaptureQueriesContext(connection) as asked:
            page = browser.get(HERE)
        assert page.content.decode().count('<th scope="row">') == number
        costs.append(len(asked))
    assert costs[1] == costs[2] == costs[3] <= 10


def test_only_leads_come_in(client_of, lead, parent, readers, facilitator, outsider):
    for who in (parent, readers[0], facilitator):
        assert client_of(who).get(HERE).status_code == 403
    assert client_of(outsider).get(HERE).status_code == 404


def test_a_lead_finds_it_from_any_page(client_of, lead, parent):
    assert f'href="{HERE}"' in client_of(lead).get("/c/care-forward/people/").content.decode()
    assert f'href="{HERE}"' not in client_of(parent).get("/c/care-forward/people/").content.decode()


def test_in_spanish(client_of, lead, readers):
    publish(a_form(lead.coalition), lead)
    page = client_of(lead).get(HERE, headers={"accept-language": "es"})
    assert "Formularios" in text(page) or page.status_code == 200
