import uuid
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coalitions.models import Event, Group, Verb
from dashboards.actions import close_account
from feedback.models import SaidAndDone, Voice
from feedback.receipts import digest, receipt_of
from tests.factories.outside import gathered, many, visits
from tests.factories.rounds import seven_milestones
from tests.factories.tables import a_seat

LIST, REPLY = "/c/care-forward/said-and-done/", "/c/care-forward/voices/reply/"


@pytest.fixture(autouse=True)
def _framework(db):
    seven_milestones()


@pytest.fixture
def batch(form):
    visits(form, *many(12, "We need evening hours"))
    return gathered(form)


@pytest.fixture
def reader(client_of, readers):
    return client_of(readers[0])


def typed(**fields) -> dict[str, object]:
    return {
        "form_id": str(uuid.uuid4()), "done": "did", "said_en": "We need evenings", "did_en": "One center opened",
        "said_es": "", "did_es": "", "milestone": "", "due": "", **fields,
    }  # fmt: skip


def told(coalition, **fields) -> SaidAndDone:
    said = {"done": "did", "said": {"en": "We need evenings", "es": "Hacen falta noches"}}
    did = {"en": "One center opened", "es": "Abrió un centro"}
    return SaidAndDone.objects.create(
        **{
            "coalition": coalition,
            "did": did,
            "on": date(2026, 11, 20),
            "form": uuid.uuid4(),
            **said,
            **fields,
        }
    )


def text(browser, address: str, **headers) -> str:
    return browser.get(address, headers=headers).content.decode()


def test_a_reader_answers_the_words_they_chose(reader, readers, batch):
    one, other = Voice.objects.all()[:2]
    page = reader.get(REPLY, {"voice": [str(one.pk), str(other.pk)]}).content.decode()
    assert one.text in page and other.text in page
    answer = reader.post(REPLY, typed(voice=[str(one.pk), str(other.pk)], milestone="M5"))
    assert answer.status_code == 303
    made = SaidAndDone.objects.get()
    assert set(made.voices.all()) == {one, other}
    assert (made.by, made.language, made.milestone, made.public) == (readers[0], "en", "M5", False)
    assert Event.objects.get(verb=Verb.REPLIED).about == ""


def test_one_voice_is_quoted_to_begin_with(reader, form):
    visits(form, *many(10), {"changed": "no", "most": "Faltan noches"}, language="es")
    gathered(form)
    voice = Voice.objects.get()
    Voice.objects.update(translation="Evenings are missing", translated_into="en")
    page = reader.get(REPLY, {"voice": str(voice.pk)}).content.decode()
    assert page.count("Faltan noches") >= 2 and page.count("Evenings are missing") >= 2


def test_sent_twice_it_counts_once(reader, batch):
    sent = typed(voice=str(Voice.objects.first().pk))
    assert [reader.post(REPLY, sent).status_code for _ in range(2)] == [303, 303]
    assert SaidAndDone.objects.count() == Event.objects.filter(verb=Verb.REPLIED).count() == 1


def test_what_another_table_sent_is_not_told(client_of, other_coalition, reader, batch):
    sent = typed()
    reader.post(REPLY, sent)
    other = client_of(a_seat(other_coalition, "Olga Other", Group.PARENT, reader=True))
    answer = other.post("/c/kansas-cares/voices/reply/", sent)
    assert answer.status_code == 422 and "sent before" in answer.content.decode()


def test_words_of_another_table_are_not_answered(client_of, other_coalition, batch):
    other = client_of(a_seat(other_coalition, "Olga Other", Group.PARENT, reader=True))
    other.post("/c/kansas-cares/voices/reply/", typed(voice=str(Voice.objects.first().pk)))
    assert SaidAndDone.objects.get().voices.count() == 0


def test_a_lead_answers_without_seeing_words(client_of, lead, batch):
    browser, voice = client_of(lead), Voice.objects.first()
    assert "evening hours" not in browser.get(REPLY, {"voice": str(voice.pk)}).content.decode()
    assert browser.post(REPLY, typed(voice=str(voice.pk))).status_code == 303
    made = SaidAndDone.objects.get()
    assert made.voices.count() == 0
    made.voices.add(voice)
    assert "evening hours" not in text(browser, f"{LIST}{made.pk}/")
    browser.post(f"{LIST}{made.pk}/", typed(did_en="Two centers opened"))
    made.refresh_from_db()
    assert made.did == {"en": "Two centers opened"} and list(made.voices.all()) == [voice]


@pytest.mark.parametrize("who", ["parent", "facilitator", "observer"])
def test_the_table_reads_and_does_not_write(request, who, client_of, coalition, form):
    made, browser = told(coalition), client_of(request.getfixturevalue(who))
    page = text(browser, LIST)
    assert "One center opened" in page or "Abrió un centro" in page
    assert REPLY not in page and f"{LIST}{made.pk}/" not in page
    for address in (REPLY, f"{LIST}{made.pk}/"):
        assert browser.get(address).status_code == browser.post(address, typed()).status_code == 403


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"done": ""}, "Pick one of the three"),
        ({"said_en": "", "said_es": ""}, "one language at least"),
        ({"did_en": ""}, "one language at least"),
        ({"done": "working"}, "Say by when"),
        ({"done": "working", "due": "soon"}, "date"),
        ({"milestone": "M99"}, "choice"),
        ({"form_id": "x"}, "open too long"),
        ({"said_en": "a" * 601}, "600"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(reader, batch, wrong, said):
    answer = reader.post(REPLY, typed(voice=str(Voice.objects.first().pk), said_es="Palabras") | wrong)
    page = answer.content.decode()
    assert answer.status_code == 422 and said in page and ("said_es" in wrong or "Palabras" in page)
    assert "evening hours" in page and not SaidAndDone.objects.exists()


def test_a_name_or_a_number_is_asked_about_once(reader, batch):
    named = typed(said_en="Call Maria Lopez at 502 555 0142")
    page = reader.post(REPLY, named)
    assert page.status_code == 422 and 'name="looked"' in page.content.decode()
    assert 'name="looked"' not in text(reader, REPLY)
    assert reader.post(REPLY, named | {"looked": "on"}).status_code == 303


def test_in_spanish_first_and_in_a_language_of_the_form(client_of, readers, form):
    browser = client_of(readers[0])
    browser.post("/language/", {"language": "es"})
    page = text(browser, REPLY)
    assert page.index('id="id_said_es"') < page.index('id="id_said_en"')
    assert 'id="id_said_ar"' in page and 'dir="rtl"' in page
    sent = typed(
        said_en="",
        did_en="",
        said_es="Hacen falta noches",
        did_es="Abrió un centro",
        said_ar="مساء",
        did_ar="نعم",
    )
    assert browser.post(REPLY, sent).status_code == 303
    made = SaidAndDone.objects.get()
    assert made.language == "es" and set(made.said) == {"es", "ar"}


def test_a_promise_past_its_day_is_said_to_who_can_keep_it(client_of, lead, parent, reader, coalition):
    told(coalition, done="working", due=timezone.now().date() - timedelta(days=3))
    told(coalition, done="working", due=timezone.now().date() + timedelta(days=3))
    for browser in (client_of(lead), reader):
        page = text(browser, LIST)
        assert "One promise is past its day" in page and page.count("<b>Past its day</b>") == 1
    assert "past its day" not in text(client_of(parent), LIST, **{"accept-language": "en"}).lower()


def test_when_it_is_done_it_is_news_again(reader, coalition, form):
    made = told(coalition, done="working", due=date(2026, 12, 1), on=date(2026, 1, 1))
    page = text(reader, f"{LIST}{made.pk}/")
    assert 'value="2026-12-01"' in page
    assert reader.post(f"{LIST}{made.pk}/", typed(done="working", due="2026-12-08")).status_code == 303
    made.refresh_from_db()
    assert (made.on, made.due) == (date(2026, 1, 1), date(2026, 12, 8))
    reader.post(f"{LIST}{made.pk}/", typed(public="on"))
    made.refresh_from_db()
    assert made.on > date(2026, 1, 1) and made.due is None and made.public


def test_of_another_table_nobody_changes_anything(reader, other_coalition):
    made = told(other_coalition)
    assert reader.get(f"{LIST}{made.pk}/").status_code == reader.post(f"{LIST}{made.pk}/").status_code == 404


# Where it is read


def test_home_shows_two_and_tells_readers_what_is_new(client_of, parent, reader, coalition, batch):
    for n in range(3):
        told(coalition, did={"en": f"Deed {n}"})
    home = text(client_of(parent), "/c/care-forward/")
    assert [f"Deed {n}" in home for n in range(3)] == [False, True, True]
    assert "12 voices from outside" not in home and "12 voces" not in home
    from feedback.models import Batch

    Batch.objects.update(on=timezone.now().date())
    assert "12 voices from outside to read" in text(reader, "/c/care-forward/")
    Batch.objects.update(on=timezone.now().date() - timedelta(days=60))
    assert "voices from outside to read" not in text(reader, "/c/care-forward/")


def test_home_costs_the_same_with_many(reader, coalition, form):
    costs = []
    for days, more in enumerate((10, 200)):
        visits(form, *many(more, "Words"))
        gathered(form, days=days)
        [told(coalition) for _ in range(more)]
        reader.get("/c/care-forward/")
        with CaptureQueriesContext(connection) as asked:
            reader.get("/c/care-forward/")
        costs.append(len(asked))
    assert costs[0] == costs[1]


PUBLIC = "/said/care-forward/"


def test_everybody_reads_what_the_table_lets_out_with_the_month_alone(coalition):
    told(coalition, public=True, on=date(2026, 11, 3))
    told(coalition, did={"en": "Kept inside"})
    page = text(Client(), PUBLIC, **{"accept-language": "en"})
    assert "One center opened" in page and "November 2026" in page
    assert (
        "Kept inside" not in page
        and "November 3" not in page
        and "Kentucky</" not in page.replace("Care Forward Kentucky", "")
    )
    assert "Abrió un centro" in text(Client(), PUBLIC, **{"accept-language": "es"})


def test_a_table_that_lets_nothing_out_is_as_unknown_as_none(coalition):
    told(coalition)
    told(coalition, public=True, said={})
    there, nowhere = Client().get(PUBLIC), Client().get("/said/nowhere-else/")
    assert there.status_code == nowhere.status_code == 404

    def bare(answer) -> str:
        import re

        body = answer.content.decode().replace("care-forward", "X").replace("nowhere-else", "X")
        return re.sub(r'value="\w{64}"', "", body)

    assert bare(there) == bare(nowhere)


def test_whoever_kept_their_code_reads_the_answer(reader, form):
    kept = visits(form, *many(12, "Words"))
    code = receipt_of(uuid.uuid4())
    type(kept[0]).objects.filter(pk=kept[0].pk).update(receipt=digest(code))
    gathered(form)
    address = "/go/kentucky/en/answer/"
    assert "One center opened" not in Client().post(address, {"code": code}).content.decode()
    voice = Voice.objects.get(submission=kept[0].pk)
    reader.post(REPLY, typed(voice=str(voice.pk)))
    assert "One center opened" in Client().post(address, {"code": code}).content.decode()


def test_whoever_closes_their_account_is_not_named_here(reader, readers, form):
    reader.post(REPLY, typed())
    close_account(member=readers[0].member, now=timezone.now())
    assert SaidAndDone.objects.get().by is None


def test_a_reader_without_another_role_comes_back_to_a_page_they_may_read(client_of, coalition, form):
    browser = client_of(
        a_seat(coalition, "Ruth Reader", Group.PARENT, reader=True, role="neither", votes=False)
    )
    page = browser.post(REPLY, typed(), follow=True)
    assert page.status_code == 200 and "One center opened" in page.content.decode()
    assert browser.get("/c/care-forward/voices/results/").status_code == 200


def test_the_empty_page_says_why_it_matters(client_of, lead, form):
    assert "Nothing yet" in text(client_of(lead), LIST)
