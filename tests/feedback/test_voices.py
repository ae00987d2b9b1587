import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coalitions.models import Event, Group, Verb
from feedback.models import SaidAndDone, Submission, Voice
from tests.factories.outside import gathered, many, visits
from tests.factories.rounds import seven_milestones
from tests.factories.tables import a_seat

HERE = "/c/care-forward/voices/"


@pytest.fixture(autouse=True)
def _framework(db):
    seven_milestones()


@pytest.fixture
def reader(client_of, readers):
    return client_of(readers[0])


@pytest.fixture
def batch(form):
    visits(form, *many(12, "We need evening hours"))
    return gathered(form)


def a_voice() -> Voice:
    return Voice.objects.order_by("id").first()


def place(voice) -> str:
    return reverse("voice", args=["care-forward", voice.pk])


def text(browser, address: str = HERE, **headers) -> str:
    return browser.get(address, headers=headers).content.decode()


@pytest.mark.parametrize("waiting", [0, 1, 9, 14])
def test_before_the_first_gathering_nothing_tells_how_many_wait(reader, form, waiting):
    """Twin worlds: equal but for those who wait."""
    empty = _bare(text(reader))
    visits(form, *many(waiting, "Secret words"))
    assert _bare(text(reader)) == empty
    assert "No one has written yet" in empty and "enough to keep people safe" in empty
    assert "Secret words" not in empty


def test_nothing_tells_how_many_wait_after_a_batch(reader, form, batch):
    before = _bare(text(reader))
    visits(form, *many(4, "Secret words"))
    assert _bare(text(reader)) == before


def _bare(html: str) -> str:
    import re

    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", html)


def test_readers_read_the_words_with_their_week(reader, batch):
    page = text(reader)
    assert page.count("We need evening hours") == 12
    assert "What would help most?" in page and "since the week of November 9" in page


def test_in_spanish(client_of, readers, batch):
    readers[0].member.language = "es"
    readers[0].member.save()
    browser = client_of(readers[0])
    browser.post("/language/", {"language": "es", "next": HERE})
    page = text(browser)
    assert "desde la semana del 9 de noviembre" in page
    assert "¿Qué ayudaría más?" in page


@pytest.mark.parametrize("who", ["lead", "parent", "facilitator", "observer"])
def test_nobody_else_reads_them(request, who, client_of, batch):
    browser, voice = client_of(request.getfixturevalue(who)), a_voice()
    for address in (HERE, place(voice), reverse("hide_voice", args=["care-forward", voice.pk])):
        assert browser.get(address).status_code == browser.post(address).status_code == 403
    said = [
        browser.get(address).content.decode()
        for address in ("/c/care-forward/", "/c/care-forward/said-and-done/", HERE + "results/")
    ]
    assert not [page for page in said if "evening hours" in page]


def test_a_reader_of_another_table_finds_nothing(client_of, other_coalition, batch):
    browser = client_of(a_seat(other_coalition, "Olga Other", Group.PARENT, reader=True))
    voice = a_voice()
    assert browser.get(HERE).status_code == 404
    for name in ("voice", "hide_voice"):
        address = reverse(name, args=["kansas-cares", voice.pk])
        assert browser.get(address).status_code == browser.post(address).status_code == 404
    answer = browser.get("/c/kansas-cares/voices/reply/", {"voice": str(voice.pk)})
    assert "evening hours" not in answer.content.decode()


def test_words_of_one_person_do_not_stand_together(reader, form):
    """The order inside a question is that of random ids, and no id of a visit is on the page."""
    visits(form, *many(12, "Words"))
    gathered(form)
    page = text(reader)
    shown = [str(pk) for pk in Voice.objects.order_by("id").values_list("pk", flat=True)]
    places = [page.index(f'id="voice-{pk}"') for pk in shown]
    assert places == sorted(places)
    assert not [pk for pk in Submission.objects.values_list("pk", flat=True) if str(pk) in page]


def sent(**fields) -> dict[str, str]:
    return {"milestone": "", "theme": "", "translation": "", "translated_into": "en", **fields}


def test_sorted_and_translated_by_a_person(reader, batch):
    voice = a_voice()
    there = sent(milestone="M4", theme="  Evening\nhours ", translation="Necesitamos", translated_into="es")
    answer = reader.post(place(voice), there)
    assert answer.status_code == 303 and answer.url.endswith(f"#voice-{voice.pk}")
    voice.refresh_from_db()
    assert (voice.milestone, voice.theme, voice.translation) == ("M4", "Evening hours", "Necesitamos")
    page = text(reader)
    assert "Translated by a person at the table" in page and '<option value="Evening hours">' in page
    assert "Rosa Reader" not in page.partition("<main")[2]
    assert page.count('id="voice-') == 12
    assert text(reader, HERE + "?milestone=M4").count('id="voice-') == 1
    assert text(reader, HERE + "?milestone=M1").count('id="voice-') == 0


def test_in_place(reader, batch):
    voice = a_voice()
    headers = {"HX-Request": "true", "HX-Target": f"voice-{voice.pk}"}
    answer = reader.post(place(voice), sent(theme="Cost"), headers=headers)
    row = answer.content.decode()
    assert answer.status_code == 200 and "<html" not in row
    assert row.startswith(f'<li id="voice-{voice.pk}">') or f'<li id="voice-{voice.pk}">' in row
    assert "Cost" in row and "Saved." in row


def test_what_is_wrong_is_said_and_kept(reader, batch):
    voice = a_voice()
    answer = reader.post(place(voice), sent(theme="long " * 20, translation="Kept words", milestone="M9"))
    page = answer.content.decode()
    assert answer.status_code == 422 and "Kept words" in page
    voice.refresh_from_db()
    assert voice.translation == voice.theme == ""
    headers = {"HX-Request": "true", "HX-Target": f"voice-{voice.pk}"}
    again = reader.post(place(voice), sent(theme="long " * 20), headers=headers)
    assert again.status_code == 422 and "<html" not in again.content.decode()


def test_only_those_without_an_answer(reader, form, batch, coalition):
    voice = a_voice()
    said = SaidAndDone.objects.create(
        coalition=coalition, done="did", said={"en": "x"}, did={"en": "y"}, on=batch.on, form=uuid.uuid4()
    )
    said.voices.add(voice)
    assert text(reader, HERE + "?unanswered=1").count('id="voice-') == 11
    assert "Answered:" in text(reader)


@pytest.mark.parametrize(
    "odd", ["?milestone=%00", "?form=x", "?form=99999999999", "?page=-3", "?page=xx&unanswered"]
)
def test_an_odd_filter_is_no_error(reader, batch, odd):
    assert reader.get(HERE + odd).status_code in (200, 400)


def test_pages_of_fifty(reader, form):
    visits(form, *many(120, "Words"))
    gathered(form)
    first, last = text(reader), text(reader, HERE + "?page=3")
    assert (first.count('id="voice-'), last.count('id="voice-')) == (50, 20)
    assert "Page 1 of 3" in first and "?page=2" in first


def test_it_costs_the_same_for_any_number_of_voices(reader, form):
    costs = []
    for days, more in enumerate((10, 45, 450)):
        visits(form, *many(more, "Words"))
        gathered(form, days=days)
        reader.get(HERE)
        with CaptureQueriesContext(connection) as asked:
            reader.get(HERE)
        costs.append(len(asked))
    assert max(costs) - min(costs) == 0 and costs[0] <= 14


HIDE = {"because": "It names a child"}


def test_hidden_words_are_gone_from_every_row_and_page(reader, client_of, lead, form, coalition, batch):
    voice, word = a_voice(), a_voice().text
    reader.post(place(voice), sent(translation="Una traducción bastante larga", translated_into="es"))
    whole = SaidAndDone.objects.create(
        coalition=coalition, done="did", said={"en": f"One wrote: {word}", "es": "Alguien escribió"},
        did={"en": "We asked"}, on=batch.on, public=True, form=uuid.uuid4(),
    )  # fmt: skip
    whole.voices.add(voice)
    batch.overwritten = True
    batch.save()
    assert word in text(reader)
    answer = reader.post(reverse("hide_voice", args=["care-forward", voice.pk]), HIDE)
    assert answer.status_code == 303
    for model in (Voice, Submission, SaidAndDone, Event):
        assert word not in str(list(model.objects.values()))
    assert "traducción" not in str(list(Voice.objects.values()))
    whole.refresh_from_db()
    batch.refresh_from_db()
    assert whole.said == {"es": "Alguien escribió"} and not batch.overwritten
    event = Event.objects.get(verb=Verb.VOICE_HIDDEN)
    assert event.about == "It names a child"
    page = text(reader)
    assert word not in page and "It names a child" in page
    for address in ("/c/care-forward/said-and-done/", "/c/care-forward/", "/said/care-forward/"):
        assert word not in text(reader, address)


def test_a_reason_is_needed_and_once_is_once(reader, batch):
    voice = a_voice()
    address = reverse("hide_voice", args=["care-forward", voice.pk])
    assert reader.get(address).status_code == 200
    assert reader.post(address, {"because": " "}).status_code == 422
    for _time in range(2):
        reader.post(address, HIDE)
    assert Event.objects.filter(verb=Verb.VOICE_HIDDEN).count() == 1
    reader.post(place(voice), sent(translation="Back again"))
    voice.refresh_from_db()
    assert voice.translation == "" and reader.get(place(voice)).status_code == 200


def test_whoever_has_the_receipt_still_has_the_answer_and_not_the_words(reader, form, batch, coalition):
    voice = a_voice()
    said = SaidAndDone.objects.create(
        coalition=coalition, done="did", said={"en": voice.text}, did={"en": "We asked for more"},
        on=batch.on, form=uuid.uuid4(),
    )  # fmt: skip
    said.voices.add(voice)
    reader.post(reverse("hide_voice", args=["care-forward", voice.pk]), HIDE)
    from feedback.queries.said import last_said, shown

    assert last_said(coalition, "en") == []
    assert shown([SaidAndDone.objects.get()], "en")[0].did == "We asked for more"


def test_words_cannot_write_html_and_run_their_own_way(reader, form):
    visits(form, *many(11), {"most": "<b>x</b> " + "a" * 900}, language="ar")
    gathered(form)
    page = text(reader)
    assert "<b>x</b>" not in page and 'lang="ar" dir="rtl"' in page


def test_the_room_is_in_the_menu_of_readers_alone(reader, client_of, lead, batch):
    assert f'href="{HERE}"' in text(reader, "/c/care-forward/people/")
    assert f'href="{HERE}"' not in text(client_of(lead), "/c/care-forward/people/")
