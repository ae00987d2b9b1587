"""Worlds of coalitions side by side, without a database: what a page across coalitions may meet."""

from datetime import UTC, datetime

from hypothesis import strategies as st

from coalitions.models import Coalition, State
from dashboards.queries.across import Absence, Across, Line, Now, Past
from dashboards.queries.filters import filters
from milestones.models import Item, Version
from milestones.queries.summaries import Cell
from milestones.seasons import first_day
from tests.factories.summaries import CODES, a_cell, a_range, participation

SEASON = 4053
SCALE = [
    {"level": level, "name": name, "meaning": ""}
    for level, name in enumerate(("Not yet", "Starting", "Partway", "Strong", "Lasting"), start=1)
]
LEVELS = st.integers(1, 5)
PEOPLE = st.integers(0, 30)


@st.composite
def cells(draw):
    if draw(st.integers(0, 5)) == 0:
        low = draw(st.integers(1, 4))
        return Cell(**a_range(low, draw(st.integers(low + 1, 5)), gap=None, shown="withheld"))
    level = draw(LEVELS)
    before = draw(st.one_of(st.none(), LEVELS))
    told = {"change": None if before is None else level - before, "claimed": draw(st.booleans())}
    gap = draw(st.one_of(st.none(), st.integers(-30, 30)))
    told |= {"gap": gap, "held": gap is not None and abs(gap) >= 12 and draw(st.booleans())}
    told |= {"shown": "withheld" if gap is None else "groups"}
    told |= {"series": draw(st.sampled_from(["", "editorial", "clarified"])) if before else draw(BROKEN)}
    return Cell(**a_cell(level, **told))


BROKEN = st.sampled_from(["", "redefined", "new"])


@st.composite
def lines(draw, number: int):
    table = Coalition(
        pk=number, name=f"Table {number:02}", slug=f"table-{number}", state=State(code="KY", name="Kentucky")
    )
    rounds = tuple(
        a_past(season, at, {code: draw(st.tuples(LEVELS)) * 2 for code in CODES}, draw(BREAKS))
        for at, season in enumerate(sorted(draw(st.sets(st.integers(SEASON - 6, SEASON)))), start=1)
    )
    if not rounds or rounds[-1].season != SEASON:
        return Line(table, None, Absence.NOT_RELEASED, rounds)
    if draw(st.integers(0, 9)) == 0:
        return Line(table, None, Absence.NOT_ASSESSED, rounds)
    told = {code: draw(cells()) for code in CODES if draw(st.integers(0, 9))}
    newest = a_past(
        SEASON, rounds[-1].number, {code: (c.low, c.high) for code, c in told.items()}, frozenset()
    )
    asked, took = draw(PEOPLE), draw(PEOPLE)
    everyone = {"asked": asked, "answered": min(asked, took), "took_part": took}
    families = {"asked": asked, "answered": 0, "took_part": draw(st.integers(0, took))}
    said = participation(everyone, families, representative=draw(st.booleans()))
    now = Now(newest, draw(st.integers(1, 2)), datetime(2026, 11, 1, tzinfo=UTC), said, told)
    return Line(table, now, None, (*rounds[:-1], newest))


BREAKS = st.sets(st.sampled_from(CODES), max_size=1).map(frozenset)


def a_past(season: int, number: int, levels, breaks) -> Past:
    return Past(season, number, f"Round {number}", first_day(season), "1", levels, breaks, frozenset())


def items() -> tuple[Item, ...]:
    version = Version(label="1", scale=SCALE)
    return tuple(
        Item(version=version, position=at, code=code, content={"name": f"Name {code}", "short_name": code, "anchors": []})
        for at, code in enumerate(CODES, start=1)
    )  # fmt: skip


@st.composite
def worlds(draw, most: int = 6):
    found = tuple(draw(lines(number)) for number in range(draw(st.integers(0, most))))
    seasons = {past.season for line in found for past in line.rounds} | {SEASON}
    asked = filters({"round": "2026-2"}, cohort=None, cohorts=[], seasons=seasons, versions=["1"])
    return Across(asked, found, items(), "1")
