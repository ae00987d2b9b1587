"""What was deleted is wiped from the database's own files, and tried again until it is."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from coalitions.models import State
from milestones.actions.sealing import purge, seal_if_due
from milestones.models import Round
from tests.factories.rounds import a_table, an_open_round, everyone_answers, sealed
from tests.factories.tables import a_coalition


@pytest.fixture
def a_closed_round(transactional_db) -> Round:
    State.objects.get_or_create(code="KY", defaults={"name": "Kentucky"})
    coalition = a_coalition("Care Forward Kentucky", slug="care-forward", state="KY")
    table = a_table(coalition)
    round = an_open_round(coalition, table[0], now=timezone.now() - timedelta(days=30))
    everyone_answers(round, table)
    return round


def test_sealing_wipes_after_the_transaction(a_closed_round):
    round = sealed(a_closed_round)
    round.refresh_from_db()
    assert round.purged_at is not None


def test_the_command_seals_and_wipes_what_is_due(a_closed_round, capsys):
    call_command("seal_due")
    a_closed_round.refresh_from_db()
    assert a_closed_round.sealed_at is not None
    assert a_closed_round.purged_at is not None
    call_command("seal_due")
    assert "0 looked at" in capsys.readouterr().out


def test_a_wipe_that_did_not_happen_is_tried_at_the_next_visit(a_closed_round):
    round = sealed(a_closed_round)
    Round.objects.update(purged_at=None)
    round.refresh_from_db()
    seal_if_due(round=round, now=timezone.now())
    round.refresh_from_db()
    assert round.purged_at is not None


@pytest.mark.django_db
def test_inside_a_transaction_nothing_is_wiped_yet(coalition):
    assert purge(round=Round(coalition=coalition), now=timezone.now()) is False


def test_while_somebody_reads_the_wipe_waits(a_closed_round, monkeypatch):
    """SQLite says busy when a reader still holds the log; PostgreSQL waits by itself."""
    if connection.vendor != "sqlite":
        return
    round = sealed(a_closed_round)
    Round.objects.update(purged_at=None)

    class Busy:
        def __enter__(self):
            return self

        def __exit__(self, *exc):
            return False

        def execute(self, sql):
            assert "wal_checkpoint" in sql

        def fetchone(self):
            return (1, -1, -1)

    with monkeypatch.context() as patched:
        patched.setattr(connection, "cursor", Busy)
        assert purge(round=round, now=timezone.now()) is False
