import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from feedback.actions import change_question, change_words, remove_question
from feedback.actions.recording import MOST_BYTES, media_type
from feedback.models import Recording, Wording
from tests.feedback.leads import HERE, a_form, draft_of, publish, text

MP3 = b"ID3\x04" + b"\0" * 200
ASKED = "direction_asked"


@pytest.fixture
def made(lead, readers):
    return a_form(lead.coalition)


@pytest.fixture
def browser(client_of, lead):
    return client_of(lead)


@pytest.fixture
def here(made):
    return f"{HERE}{made.pk}/questions/{ASKED}/sounds/"


def send(browser, here, raw=MP3, language="es", name="me.mp3"):
    return browser.post(here, {"language": language, "sound": SimpleUploadedFile(name, raw)})


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (MP3, "audio/mpeg"),
        (b"\xff\xfb\x90\x64", "audio/mpeg"),
        (b"\0\0\0\x20ftypM4A \0\0", "audio/mp4"),
        (b"OggS\0\x02", "audio/ogg"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "audio/wav"),
        (b"<html><script>", ""),
        (b"RIFF\x24\0\0\0AVI LIST", ""),
        (b"\0\0\0\x20ftypheic", ""),
        (b"\xff\xf1\x50\x80", ""),
        (b"\xff\xd8\xff\xe0", ""),
        (b"\xff", ""),
        (b"", ""),
    ],
)
def test_what_is_in_a_file_decides(raw, kind):
    assert media_type(raw) == kind


def test_it_is_kept_and_heard_where_it_belongs(browser, lead, made, here):
    assert send(browser, here).status_code == 303
    kept = Recording.objects.get()
    assert (kept.question, kept.language, kept.media_type, kept.by) == (ASKED, "es", "audio/mpeg", lead)
    assert browser.get(f"{here}es/").content == MP3
    assert f"{here}es/" in browser.get(f"{HERE}{made.pk}/preview/es/").content.decode()
    outside = f"/go/{made.code}/es/sound/{ASKED}/"
    assert Client().get(outside).status_code == 404, "not published yet"
    publish(made, lead)
    answer = Client().get(outside)
    assert answer.content == MP3 and not answer.cookies
    assert answer["Content-Type"] == "audio/mpeg" and answer["Content-Length"] == str(len(MP3))
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert (
        f'<audio controls preload="none" src="{outside}"'
        in Client().get(f"/go/{made.code}/es/").content.decode()
    )
    assert "<audio" not in Client().get(f"/go/{made.code}/en/").content.decode()
    assert Client().get(f"/go/{made.code}/en/sound/{ASKED}/").status_code == 404


def test_it_costs_a_visitor_no_query(browser, lead, made, here):
    publish(made, lead)
    with CaptureQueriesContext(connection) as silent:
        Client().get(f"/go/{made.code}/es/")
    send(browser, here)
    with CaptureQueriesContext(connection) as spoken:
        assert "<audio" in Client().get(f"/go/{made.code}/es/").content.decode()
    assert len(spoken) == len(silent)


def test_published_words_may_get_a_voice_and_lose_it(browser, lead, made, here):
    publish(made, lead)
    before = Wording.objects.get().content["questions"]
    send(browser, here)
    send(browser, here, raw=b"OggS" + b"\0" * 50)
    assert Recording.objects.get().media_type == "audio/ogg"
    assert Wording.objects.get().content["questions"] == before
    browser.post(here, {"language": "es", "do": "remove"})
    assert not Recording.objects.exists()
    assert "<audio" not in Client().get(f"/go/{made.code}/es/").content.decode()


def test_a_new_version_keeps_the_voices_until_the_words_change(browser, lead, made, here):
    publish(made, lead)
    send(browser, here)
    send(browser, here, language="en")
    change_words(form=made)
    assert Recording.objects.filter(wording=draft_of(made)).count() == 2
    change_question(form=made, code=ASKED, text={"es": "¿Le preguntaron?"})
    draft = draft_of(made)
    assert [each.language for each in draft.recordings.all()] == ["en"]
    assert draft.content["recorded"] == {ASKED: ["en"]}
    assert Recording.objects.filter(wording__number=1).count() == 2, "what is published is not touched"
    remove_question(form=made, code=ASKED)
    assert not draft_of(made).recordings.exists()


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "empty"),
        (b"<html>", "We cannot play this file."),
        (MP3 + b"\0" * MOST_BYTES, "The file is too large."),
        (MP3 + b"\0" * 5_000_001, "The file is too large."),
    ],
)
def test_what_is_wrong_is_said(browser, here, raw, said):
    answer = send(browser, here, raw=raw)
    assert answer.status_code == 422 and said in text(answer)
    assert not Recording.objects.exists()


def test_no_file_and_no_language(browser, here):
    answer = browser.post(here, {"language": "es"})
    assert answer.status_code == 422 and "Pick a file first." in text(answer)
    assert send(browser, here, language="xx").status_code == 422
    assert not Recording.objects.exists()


def test_a_sound_that_is_not_there(client_of, lead, made, here):
    assert client_of(lead).get(f"{here}en/").status_code == 404
    assert client_of(lead).get(f"{HERE}{made.pk}/questions/nothing/sounds/").status_code == 404
