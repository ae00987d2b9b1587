"""Sending beside the request, without a broker."""

import threading

import pytest

from outbox import bell


@pytest.fixture
def sent(monkeypatch, settings):
    """An event that each look into the outbox sets."""
    looked = threading.Event()
    monkeypatch.setattr(bell, "PAUSE", 0.01)
    monkeypatch.setattr(bell, "answer", looked.set)
    monkeypatch.setattr(bell, "_answering", None)
    monkeypatch.setattr(bell, "_rung", threading.Event())
    settings.SEND_AT_ONCE = True
    return looked


def test_a_ring_is_answered_by_one_thread(sent):
    bell.ring()
    assert sent.wait(5)
    first = bell._answering
    sent.clear()
    bell.ring()
    assert sent.wait(5)
    assert bell._answering is first
    assert first.daemon


def test_it_can_be_left_to_the_worker(sent, settings):
    settings.SEND_AT_ONCE = False
    bell.ring()
    assert bell._answering is None


def test_what_goes_wrong_ends_no_thread_and_names_nobody(monkeypatch, caplog):
    def broken(*, clock):
        raise OSError("rosa@example.org")

    closed = []
    monkeypatch.setattr("outbox.actions.sending.send_all", broken)
    monkeypatch.setattr(bell.connections, "close_all", lambda: closed.append(True))
    bell.answer()
    assert "OSError" in caplog.text
    assert "rosa" not in caplog.text
    assert closed == [True]
