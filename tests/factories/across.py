"""Many coalitions over many rounds: some written by the real gate, and copies of those under other coalitions."""

import random
import uuid
from datetime import UTC, datetime, timedelta

from django.db import connection, models

from coalitions.models import Coalition, Cohort, Group, State
from members.models import Member
from milestones.actions.agreement import record_agreement
from milestones.actions.release import release_round
from milestones.models import Draft, Item, Part, Release, Round, Summary, Version
from tests.factories.rounds import a_table, an_open_round, opened, said, seven_milestones
from tests.factories.tables import a_coalition, a_member, a_seat

FIRST = datetime(2021, 4, 12, 12, tzinfo=UTC)
SMALL = ((Group.PARENT, 3), (Group.PROVIDER, 3), (Group.AGENCY, 5))
STEP = 1_000_000  # between the number of a row and that of its next copy
COHORT = "Cohort of the real gate"
REAL = "Table"


def real(tables: int, rounds: int) -> Member:
    """The evaluator of a cohort of so many tables, each with so many rounds, written by the actions of the site.
    The last wording of five is a new one, where a series breaks."""
    cohort = Cohort.objects.create(name=COHORT)
    evaluator = a_member("Evelyn Evaluator")
    cohort.evaluators.add(evaluator)
    wordings = (seven_milestones(), a_new_wording(seven_milestones()))
    states = list(State.objects.values_list("code", flat=True))
    for number in range(tables):
        name = f"{REAL} {number:03}"
        coalition = a_coalition(
            name, slug=f"table-{number:03}", state=states[number % len(states)], cohort=cohort
        )
        _meet(coalition, rounds, wordings, random.Random(number))
    return evaluator


def a_new_wording(first: Version) -> Version:
    """M5 is redefined and M2 clarified."""
    version = Version.objects.create(
        framework=first.framework, label="new wording", scale=first.scale, follows=first
    )
    changed = {"M5": "redefined", "M2": "clarified"}
    Item.objects.bulk_create(
        Item(
            version=version, position=item.position, code=item.code, content=item.content, follows=item,
            change=changed.get(item.code, ""),
        )
        for item in first.items.all()
    )  # fmt: skip
    return version


def _meet(
    coalition: Coalition, rounds: int, wordings: tuple[Version, Version], chance: random.Random
) -> None:
    lead = a_seat(coalition, "Lena Lead", Group.ADVOCATE, lead=True)
    seats = [lead, *a_table(coalition, SMALL)]
    yes = next(seat for seat in seats if seat.group == Group.PARENT)
    for number in range(rounds):
        now = FIRST + timedelta(days=182.6 * number)
        version = wordings[number >= rounds - rounds // 5]
        round = an_open_round(coalition, lead, version=version, now=now)
        items = list(version.items.select_related("version"))
        levels = {item.pk: min(5, max(1, 1 + number // 4 + chance.randint(0, 2))) for item in items}
        Draft.objects.bulk_create(
            Draft(
                round=round,
                seat=seat,
                item=item,
                pick=min(5, max(1, levels[item.pk] + chance.choice((-1, 0, 1)))),
            )
            for seat in seats
            for item in items
        )
        Part.objects.filter(round=round).update(saved=len(items), confirmed=True)
        round = opened(round, lead)
        for item in items:
            _agree(round, item, lead, levels[item.pk], chance)
        release_round(round=round, by=lead, yes_by=yes, now=round.opened_at, form=uuid.uuid4())


def _agree(round: Round, item: Item, lead, level: int, chance: random.Random) -> None:
    told = said(level, next_step="Call three more people", owner=lead)
    if chance.random() < 0.1 and level < 5:
        told = said(level, high=level + 1, how="none")
    record_agreement(
        round=round, item=item, by=lead, said=told, seen=0, now=round.opened_at, form=uuid.uuid4()
    )


def copies(times: int) -> None:
    """The same coalitions, rounds, releases and summaries under so many more cohorts, in the database itself."""
    _copy(Cohort, times, name="name || ' ' || k")
    _copy(Coalition, times, name="name || ' ' || k", slug="slug || '-' || k", cohort_id=_next("cohort_id"))
    _copy(Round, times, coalition_id=_next("coalition_id"), form="NULL")
    _copy(Release, times, round_id=_next("round_id"), form="NULL", by_id="NULL", yes_by_id="NULL")
    _copy(Summary, times, release_id=_next("release_id"), coalition_id=_next("coalition_id"))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _next(column: str) -> str:
    return f"{column} + k * {STEP}"


def _copy(model: type[models.Model], times: int, **changed: str) -> None:
    """Every row below STEP, `times` more times; `changed` says in SQL what each copy has instead."""
    table, key = model._meta.db_table, model._meta.pk.column
    columns = [field.column for field in model._meta.local_concrete_fields]
    changed.setdefault(key, _next(key))
    taken = ", ".join(changed.get(column, f'"{column}"') for column in columns)
    written = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(  # names of our own tables, and a number
            f"WITH RECURSIVE copy(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM copy WHERE k < {int(times)}) "
            f'INSERT INTO "{table}" ({written}) SELECT {taken} FROM "{table}", copy WHERE "{key}" < {STEP}'
        )
