import uuid

import pytest

from coalitions.models import Event, Verb

HERE = "/c/care-forward/settings/"
WORDS = {
    "name": "Care Forward Kentucky",
    "time_zone": "America/New_York",
    "main_language": "en",
    "outside_contact": "",
    "backup_days": "14",
}


def save(client, form=None, **changed):
    return client.post(HERE, {**WORDS, "form": form or uuid.uuid4(), **changed})


def test_a_change_is_saved_and_on_record(client_of, lead):
    client = client_of(lead)
    answer = save(client, time_zone="America/Chicago", outside_contact="Ombuds office, 555-0100")
    assert (answer.status_code, answer.url) == (303, HERE)
    lead.coalition.refresh_from_db()
    assert lead.coalition.time_zone == "America/Chicago"
    html = client.get(HERE).content.decode()
    assert "changed the settings: <bdi>time zone, someone outside to call</bdi>" in html
    assert "Lena Lead" in html


def test_saving_without_a_change_leaves_no_trace(client_of, lead):
    assert save(client_of(lead)).status_code == 303
    assert not Event.objects.exists()


def test_the_same_form_twice_has_one_effect(client_of, lead):
    client, form = client_of(lead), uuid.uuid4()
    save(client, form, backup_days="7")
    save(client, backup_days="30")
    save(client, form, backup_days="7")
    lead.coalition.refresh_from_db()
    assert lead.coalition.backup_days == 30
    assert Event.objects.filter(verb=Verb.SETTINGS_CHANGED).count() == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("time_zone", "Mars/Olympus"),
        ("time_zone", "../../etc/passwd"),
        ("time_zone", ""),
        ("main_language", "xx"),
        ("backup_days", "-1"),
        ("backup_days", "366"),
        ("backup_days", "9" * 40),
        ("name", ""),
        ("name", "x" * 121),
        ("name", "Two\r\nlines"),
    ],
)
def test_what_cannot_be_is_refused_and_kept_to_correct(client_of, lead, field, value):
    answer = save(client_of(lead), **{"outside_contact": "Typed words", field: value})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert 'class="errors" role="alert"' in html
    assert "Typed words" in html
    assert "<i>Care Forward Kentucky</i>" in html
    assert not Event.objects.exists()


def test_a_zone_set_elsewhere_is_kept(client_of, lead):
    type(lead.coalition).objects.update(time_zone="America/Kentucky/Louisville")
    assert save(client_of(lead), time_zone="America/Kentucky/Louisville", backup_days="3").status_code == 303


def test_only_a_lead_comes_in(client_of, parent, facilitator, outsider):
    assert client_of(parent).get(HERE).status_code == 403
    assert client_of(facilitator).get(HERE).status_code == 403
    assert client_of(outsider).get(HERE).status_code == 404


def test_a_deed_nobody_owns_has_words(client_of, lead):
    lead.coalition.events.create(verb=Verb.ROSTER_IMPORTED, about="3", at="2026-03-05T12:00Z")
    html = client_of(lead).get(HERE).content.decode()
    assert "brought in the list of people: <bdi>3 people</bdi>" in html
    assert "or someone who left" in html
