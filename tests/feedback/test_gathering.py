"""From one visit to what a reader sees: many at once, in an order that tells nothing, and never a few."""

import random
import threading
import uuid
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction

from coalitions.models import Group, State
from feedback.actions import gather, gather_due
from feedback.actions.gathering import overwrite
from feedback.models import Batch, Form, Result, Submission, Voice, Wording
from tests.factories.outside import MORNING, WORDING, gathered, many, visits
from tests.factories.tables import a_coalition, a_seat

NIGHT = datetime(2026, 11, 21, 9, 59, tzinfo=UTC)  # 4:59 in Kentucky


def counts(form, question="changed") -> list[dict[str, int]]:
    found = Result.objects.filter(wording__form=form, question=question).order_by("number")
    return [each.counts for each in found]


def test_ten_make_a_batch_and_nine_do_not(form):
    visits(form, *many(9, "Words"))
    assert not gathered(form)
    visits(form, {"changed": "yes", "most": "The tenth"})
    batch = gathered(form, days=1)
    assert (batch.number, batch.counted, Voice.objects.count()) == (1, True, 10)
    assert Submission.objects.filter(batch=batch).count() == 10
    assert sum(counts(form)[0].values()) == 10


def test_later_ones_come_in_fives(form):
    visits(form, *many(10, "Words"))
    gathered(form)
    visits(form, *many(4, "More"))
    assert not gathered(form, days=1)
    visits(form, *many(1, "The fifth"))
    assert gathered(form, days=2).number == 2


def test_it_looks_once_a_day_after_five_by_the_clock_of_the_table(form):
    visits(form, *many(12))
    assert not gather(form=form, now=NIGHT)
    assert gather(form=form, now=NIGHT + timedelta(minutes=1))
    form.refresh_from_db()
    assert form.looked_on == date(2026, 11, 21)
    visits(form, *many(12))
    assert not gather(form=form, now=NIGHT + timedelta(hours=12))
    assert gather(form=form, now=NIGHT + timedelta(days=1, minutes=1))


def test_a_look_that_found_too_few_is_the_look_of_that_day(form):
    """Else the moment when words appear would be the moment when the tenth came."""
    visits(form, *many(9))
    assert not gathered(form)
    visits(form, *many(9))
    assert not gathered(form)
    assert gathered(form, days=1)


@pytest.mark.parametrize(("waiting", "words"), [(4, 0), (5, 5), (9, 9)])
def test_a_closed_form_with_few_gives_its_words_and_no_counts(form, waiting, words):
    form.stopped_on = date(2026, 11, 20)
    form.save()
    visits(form, *many(waiting, "Words"))
    batch = gathered(form)
    assert Voice.objects.count() == words and not Result.objects.exists()
    assert (batch is None) if not words else (batch.counted is False)


def test_fewer_wait_for_the_next_opening(form):
    form.stopped_on = date(2026, 11, 20)
    form.save()
    visits(form, *many(4, "Words"))
    gathered(form)
    form.stopped_on = None
    form.save()
    visits(form, *many(6, "Words"))
    assert gathered(form, days=1)
    assert Voice.objects.count() == 10


def test_counts_that_were_held_back_come_with_those_of_later(form):
    form.closes_on = date(2026, 11, 20)
    form.save()
    visits(form, *many(7, "Words"))
    gathered(form)
    form.closes_on = None
    form.save()
    visits(form, *many(6, "Words"))
    gathered(form, days=1)
    assert [sum(each.values()) for each in counts(form)] == [13]


def test_too_alike_stays_hidden_until_it_is_not(form):
    visits(form, *[{"changed": "yes"}] * 8, *[{"changed": "no"}] * 2)
    gathered(form)
    assert counts(form) == []
    visits(form, *[{"changed": "no"}] * 5)
    gathered(form, days=1)
    assert counts(form) == [{"yes": 8, "no": 7, "dont_know": 0}]


def test_each_wording_is_counted_by_itself(form):
    visits(form, *many(10))
    gathered(form)
    Wording.objects.create(
        form=form, number=2, languages=["en"], content=WORDING, published_on=date(2026, 11, 2)
    )
    visits(form, *many(8))
    gathered(form, days=1)
    assert [sum(each.values()) for each in counts(form)] == [10]


def test_the_role_is_shown_to_nobody(form):
    kept = visits(form, *many(12, "Words"))
    Submission.objects.filter(pk__in=[each.pk for each in kept]).update(role="provider")
    gathered(form)
    assert "provider" not in str(list(Result.objects.values())) + str(list(Voice.objects.values()))


def test_a_week_that_few_wrote_in_is_told_with_its_neighbour(form):
    visits(form, *many(6, "Early"), week="2026-W44")
    visits(form, *many(1, "Lonely"), week="2026-W46")
    visits(form, *many(5, "Late"), week="2026-W45")
    gathered(form)
    weeks = dict(Voice.objects.values_list("text", "week"))
    assert weeks["Lonely 000"] == "2026-W45"
    assert sorted(set(weeks.values())) == ["2026-W44", "2026-W45"]


def test_rows_lie_in_the_order_of_their_random_keys(form):
    """Where a row lies says nothing of when it came: not in the table, and not in its hidden numbers."""
    for batch in range(3):
        visits(form, *many(30, "Words"))
        gathered(form, days=batch)
    where = "rowid" if connection.vendor == "sqlite" else "ctid"
    for table in ("feedback_submission", "feedback_voice"):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT id, batch_id FROM {table} ORDER BY {where}")
            lying = [(batch, str(pk)) for pk, batch in cursor.fetchall()]
        # PostgreSQL may put a later batch where an earlier one left room; which batch a row is of, it says itself.
        for number in {batch for batch, _pk in lying}:
            own = [pk for batch, pk in lying if batch == number]
            assert len(own) > 20 and own == sorted(own)


def test_what_waits_is_left_where_it_is(form):
    visits(form, *many(12))
    gathered(form)
    waiting = visits(form, *many(3))
    gathered(form, days=1)
    assert set(Submission.objects.filter(batch=None)) == set(waiting)


def test_the_receipt_still_leads_to_the_visit(form):
    kept = visits(form, *many(12))
    before = {each.receipt for each in kept}
    gathered(form)
    assert set(Submission.objects.values_list("receipt", flat=True)) == before


def test_all_or_nothing(form, monkeypatch):
    visits(form, *many(12, "Words"))
    monkeypatch.setattr("feedback.actions.gathering._count", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        gather(form=form, now=MORNING)
    form.refresh_from_db()
    assert form.looked_on is None and not Batch.objects.exists() and not Voice.objects.exists()
    assert Submission.objects.filter(batch=None).count() == 12


# In the files of the database


@pytest.fixture
def table(transactional_db) -> Form:
    State.objects.get_or_create(code="KY", defaults={"name": "Kentucky"})
    coalition = a_coalition("Care", slug="care", state="KY", time_zone="America/New_York")
    a_seat(coalition, "Rosa Reader", Group.PARENT, reader=True)
    form = Form.objects.create(coalition=coalition, code="care", name="How?", form=uuid.uuid4())
    Wording.objects.create(
        form=form, number=1, languages=["en"], content=WORDING, published_on=date(2026, 11, 1)
    )
    visits(form, *many(12, "Words"))
    return form


def test_where_they_lay_is_overwritten_afterwards(table):
    assert gather_due(now=MORNING) == 1
    assert Batch.objects.get().overwritten
    assert gather_due(now=MORNING) == 0


def test_a_crash_before_the_overwriting_is_made_up(table, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr("feedback.actions.gathering.overwrite", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            gather_due(now=MORNING)
    assert not Batch.objects.get().overwritten
    assert gather_due(now=MORNING) == 0
    assert Batch.objects.get().overwritten


def test_it_is_never_tried_inside_a_transaction(table):
    with transaction.atomic():
        gather_due(now=MORNING)
        assert not overwrite(Submission)
    assert not Batch.objects.get().overwritten
    gather_due(now=MORNING)
    assert Batch.objects.get().overwritten


@pytest.mark.needs_postgres
def test_whoever_writes_meanwhile_is_not_kept_waiting(table):
    """The table is in use, so the overwriting gives up soon and is tried the next time."""
    gather(form=table, now=MORNING)
    holding, done = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            list(Submission.objects.select_for_update())
            holding.set()
            done.wait(20)
        connections.close_all()

    thread = threading.Thread(target=hold)
    thread.start()
    holding.wait(20)
    gather_due(now=MORNING)
    assert not Batch.objects.get().overwritten
    done.set()
    thread.join()
    gather_due(now=MORNING)
    assert Batch.objects.get().overwritten


@pytest.mark.needs_postgres
def test_many_at_once_make_one_batch(table):
    found, together = [], threading.Barrier(4)

    def go():
        together.wait()
        try:
            found.append(gather(form=table, now=MORNING))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=go) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(found) == [False, False, False, True]
    assert (Batch.objects.count(), Voice.objects.count(), Submission.objects.count()) == (1, 12, 12)


def test_the_command_for_cron(table, capsys, time_machine):
    time_machine.move_to(MORNING)
    call_command("gather_voices")
    assert "1 new to read" in capsys.readouterr().out
    assert Batch.objects.get().overwritten


# Somebody who reads every page on every day and knows the published rules. Nothing here asks the gate.

CHOICES = ("yes", "no", "dont_know")


def every_world(n: int) -> list[tuple[int, int, int]]:
    """How n people, who may each skip the question, can have answered it."""
    return [world for world in product(range(n + 1), repeat=3) if sum(world) <= n]


@pytest.mark.parametrize("seed", range(20))
def test_no_sequence_of_pages_tells_of_fewer_than_five(form, seed):
    """Visits come by chance, some days few, often alike. Whatever two pages differ by is five people or more, and
    whoever knows two of them still does not know a third."""
    chance = random.Random(seed)
    willing = chance.choice([0.4, 0.8])  # not everybody answers every question
    liked = chance.choice([(8, 1, 1), (1, 1, 1), (20, 1, 0), (3, 3, 0)])
    pages: list[dict[str, int]] = [dict.fromkeys(CHOICES, 0)]
    read = 0
    for day in range(14):
        come = []
        for _visit in range(chance.choice([0, 1, 2, 3, 6, 11])):
            picked = chance.choices(CHOICES, liked)[0]
            come.append({"most": "Words"} | ({"changed": picked} if chance.random() < willing else {}))
        visits(form, *come)
        gathered(form, days=day)
        now = Voice.objects.count()
        assert now == read or now - read >= (5 if read else 10)
        read = now
        shown = counts(form)
        if shown and shown[-1] != pages[-1]:
            pages.append(shown[-1])
    for at, later in enumerate(pages):
        for earlier in pages[:at]:
            told = [later[choice] - earlier[choice] for choice in CHOICES]
            assert min(told) >= 0 and sum(told) >= 5
            for known in product(range(3), repeat=2):  # what any two of them know of their own
                left = list(told)
                for one in known:
                    if left[one]:
                        left[one] -= 1
                assert sum(1 for count in left if count) >= 2, (told, known)


@pytest.mark.parametrize("n", [5, 6, 7])
def test_what_is_not_shown_pins_nobody_either(form, n):
    """A batch of few whose counts are not shown: by the published rule many worlds look the same, and in them
    every answer is possible for everybody. If the rule were “five or more” alone, some would leave one."""
    told_apart = [world for world in every_world(n) if _may_be_told(world)]
    silent = [world for world in every_world(n) if not _may_be_told(world)]
    for choice in range(3):
        assert any(world[choice] == 0 for world in silent) and any(world[choice] == n for world in silent)
    assert all(sum(1 for count in world if count) >= 2 for world in told_apart)
    assert any(sum(1 for count in world if count) == 1 for world in every_world(n) if sum(world) >= 5)


def _may_be_told(world: tuple[int, int, int]) -> bool:
    """The rule as the privacy page says it: five answers, and two taken away still leave two different ones."""
    if sum(world) < 5:
        return False
    for one, other in product(range(3), repeat=2):
        left = list(world)
        for each in (one, other):
            left[each] = max(0, left[each] - 1)
        if sum(1 for count in left if count) < 2:
            return False
    return True
