"""The short form of drill_payloads.py."""

import pytest

from feedback.models import Submission

from .payloads import half_stored, tried


@pytest.fixture(autouse=True)
def _slowly(monkeypatch, settings):
    monkeypatch.setattr("feedback.visit.QUICK", -1)
    settings.ANSWERS_FROM_ONE_PLACE = 1_000_000


def test_nothing_anybody_can_send_breaks_a_page_or_is_half_kept(form):
    found = tried(600)
    assert found[200] > 100 and found[422] > 50
    assert Submission.objects.count() > 5
    assert half_stored() == []


def test_it_would_see_what_is_half_kept(form):
    Submission.objects.create(
        wording=form.wordings.get(), language="en", week="2026-W47", answers={"changed": "x"}
    )
    assert len(half_stored()) == 1
