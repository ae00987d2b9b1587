"""The bench across coalitions in small: few queries, cells that agree with their source, and a small swap."""

import pytest
from django.test import Client
from django.urls import reverse

from coalitions.models import Coalition, Cohort
from milestones.models import Release, Summary
from milestones.queries.summaries import summarized
from tests.bench.across import differ, digit
from tests.factories.across import STEP, copies, real

TABLES, ROUNDS, TIMES = 3, 5, 2


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Three tables of five rounds by the real gate, and two copies of their cohort."""
    from django.db import transaction

    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        evaluator = real(TABLES, ROUNDS)
        copies(TIMES)
        yield evaluator
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


@pytest.fixture
def evaluator(world, db):
    client = Client()
    client.force_login(world)
    return client


def test_every_row_of_a_copy_is_that_of_its_source(world, db):
    assert Coalition.objects.count() == TABLES * (TIMES + 1)
    assert Summary.objects.count() == Release.objects.count() == TABLES * ROUNDS * (TIMES + 1)
    for summary in Summary.objects.filter(pk__gt=STEP).select_related("release__round"):
        source = Release.objects.get(pk=summary.pk % STEP)
        assert summary.release.document == source.document
        assert summary.coalition_id == summary.release.round.coalition_id
        assert summary.coalition_id % STEP == source.round.coalition_id
    for summary in Summary.objects.filter(pk__lt=STEP).select_related("release__round__version"):
        assert summarized(summary.release).cells == summary.cells


def test_the_page_takes_six_queries_and_shows_one_cohort(evaluator, django_assert_max_num_queries):
    evaluator.get(reverse("states"))
    with django_assert_max_num_queries(6):
        html = evaluator.get(reverse("states")).content.decode()
    assert html.count("Table 00") >= TABLES
    assert "Table 000 1" not in html


def test_every_cell_agrees_with_its_source(evaluator):
    html = evaluator.get(reverse("states")).content.decode()
    assert differ(html) == 0
    assert digit(html, "table-000", "M1")
    broken = Summary.objects.filter(coalition__slug="table-000").latest("season")
    broken.cells["M1"]["low"] = broken.cells["M1"]["high"] = 9
    broken.save(update_fields=["cells"])
    assert differ(html) > 0


def test_a_cell_in_place_is_a_small_part_of_the_page(evaluator):
    """Three coalitions make a small page, so the cell is held beside what fifty-six would weigh in the long bench."""
    page = evaluator.get(reverse("states")).content
    part = evaluator.get(
        reverse("cell", args=["table-000", "M1"]), headers={"HX-Request": "true", "HX-Target": "cell"}
    )
    assert b"<html" not in part.content and len(part.content) < len(page) / 3


def test_the_evaluator_of_one_cohort_reads_no_other(evaluator):
    assert Cohort.objects.count() == TIMES + 1
    assert evaluator.get(reverse("cell", args=["table-000-1", "M1"])).status_code == 404
