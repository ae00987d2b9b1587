"""The page behind a receipt tells only whoever holds it, and tells nobody else that there is one."""

import re
import uuid
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from feedback.models import Batch, Form, SaidAndDone, Submission, Voice, Wording
from feedback.receipts import digest

from .conftest import WORDING

HERE = "/go/kentucky/en/answer/"
CODE = "4821 0967 3350 1148"
WRONG = [
    "4821 0967 3350 1149",
    "",
    "1",
    "9" * 40,
    "no code at all",
    "4821-0967",
    "\x00" * 16,
    "١٢٣",
    "é" * 5000,
]


@pytest.fixture
def answered(form):
    kept = Submission.objects.create(
        wording=form.wordings.get(), language="en", week="2026-W47", answers={"most": "Evening hours"},
        receipt=digest(CODE.replace(" ", "")),
    )  # fmt: skip
    batch = Batch.objects.create(form=form, number=1, on=date(2026, 11, 20))
    voice = Voice.objects.create(
        batch=batch, submission=kept, question="most", text="Evening hours", language="en", week="2026-W47"
    )
    return kept, voice


def show(code, address=HERE):
    return Client().post(address, {"code": code})


def test_a_code_without_a_reply_yet(answered):
    assert "We have not written back yet" in show(CODE).content.decode()


@pytest.mark.parametrize("typed", [CODE, "4821096733501148", " 4821-0967-3350-1148 ", "٤٨٢١ ٠٩٦٧ ٣٣٥٠ ١١٤٨"])
def test_a_code_opens_what_came_of_it_however_it_is_typed(coalition, answered, typed):
    said = SaidAndDone.objects.create(
        coalition=coalition, done="did", said={"en": "Open later"}, did={"en": "We open until seven."},
        on=date(2026, 11, 22), form=uuid.uuid4(),
    )  # fmt: skip
    said.voices.add(answered[1])
    page = show(typed)
    assert page.status_code == 200
    assert "We open until seven." in page.content.decode()


def test_a_wrong_code_an_unknown_one_and_one_of_another_form_are_the_same_page(coalition, form, answered):
    other = Form.objects.create(coalition=coalition, code="other", name="Another", form=uuid.uuid4())
    Wording.objects.create(
        form=other, number=1, languages=["en"], content=WORDING, published_on=date(2026, 11, 1)
    )
    pages, asked = set(), set()
    for address, typed in [*((HERE, each) for each in WRONG), ("/go/other/en/answer/", CODE)]:
        show(typed, address)  # what this process keeps of the form, it has read now
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = show(typed, address)
        assert page.status_code == 422
        pages.add(page.content.decode().replace("/go/other/", "/go/kentucky/").replace("español", ""))
        asked.add(
            tuple(re.sub(r"'[0-9a-f]{64}'|'other'|'kentucky'|\b\d+\b", "?", each["sql"]) for each in queries)
        )
    in_english = {re.sub(r"<details.*?</details>", "", each, flags=re.S) for each in pages}
    assert len(in_english) == 1
    assert len(asked) == 1


def test_it_never_shows_what_was_typed(form):
    assert "4821" not in show(CODE).content.decode()


def test_the_way_there_is_on_every_page_that_gives_or_wants_a_code(form, phone):
    assert HERE in Client().get("/go/kentucky/").content.decode()
    for _ in range(3):
        phone.press("skip")
    phone.press("send")
    form.stopped_on = date(2026, 11, 2)
    form.save()
    assert HERE in Client().get("/go/kentucky/").content.decode()
    assert Client().get(HERE).status_code == 200
