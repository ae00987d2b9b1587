from datetime import UTC, datetime

import pytest

from outbox.actions.writing import Letter, enqueue
from outbox.registry import CHECKS, KINDS
from tests.outbox.smtp import Server


@pytest.fixture
def now():
    return datetime(2027, 3, 1, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _registered(monkeypatch):
    monkeypatch.setitem(CHECKS, "never", lambda message: False)
    monkeypatch.setitem(CHECKS, "always", lambda message: True)
    monkeypatch.setitem(KINDS, "reminder", "Reminders about a round")
    monkeypatch.setitem(KINDS, "digest", "A week in one mail")


@pytest.fixture
def smtp(settings):
    with Server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_TIMEOUT = 0.4
        yield server


@pytest.fixture
def write(db, now):
    """`write("rosa@example.org", key="a/1")`: a message in the outbox."""

    def one(to="ok@example.org", **fields):
        fields = {"key": f"to/{to}", "subject": "A word", "text": "Come to the table.", **fields}
        return enqueue(Letter(to=to, **fields), now=fields.pop("now", now))

    return one
