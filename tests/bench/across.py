"""The States page of one cohort of 56, alone and inside 5,600 coalitions of twelve rounds, as the site is served.

Three sites stand side by side and are asked in turns, so that a busy moment falls on all of them. On SQLite the
processor time of the worker holds the database's work too; on PostgreSQL it is the time by the clock.
"""

import os
import re
import secrets
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from tests.bench.score_page import a_row, first_visit
from tests.bench.table import Row
from tests.journeys import served

TABLES, ROUNDS, TIMES = 56, 12, (0, 9, 99)
WARM, TURNS, STARTS, RELEASES, LONG = 10, 60, 9, 12, 400
GUNICORN = (
    "-m",
    "gunicorn",
    "tests.bench.across_site",
    "--worker-class=gthread",
    "--workers=1",
    "--threads=2",
)
STATES, BARE, FILE = "/e/", "/e/bare/", "table.sqlite3"
FILL = """
from django.test import Client
from tests.factories.across import real
evaluator = real({tables}, {rounds})
client = Client()
client.force_login(evaluator)
print(client.cookies["sessionid"].value)
"""


@dataclass
class Page:
    body: bytes
    took: float
    spent: float
    statements: int
    memory: int

    @property
    def content(self) -> bytes:
        return self.body


@dataclass
class World:
    """One site with so many coalitions, and the evaluator of the first 56 signed in."""

    site: served.Site
    cookie: str
    coalitions: int

    def get(self, path: str, *, headers: dict[str, str] | None = None, method: str = "GET") -> Page:
        with closing(HTTPConnection(urlsplit(self.site.address).netloc, timeout=120)) as line:
            line.request(method, path, headers={"Cookie": f"sessionid={self.cookie}", **(headers or {})})
            answer = line.getresponse()
            body = answer.read()
            if answer.status != 200:
                raise RuntimeError(
                    f"{path}: {answer.status} {answer.headers.get('Location', '')} {body[-300:]!r}"
                )
            told = answer.headers
            return Page(
                body, float(told["X-Took"]), float(told["X-Spent"]), int(told["X-Statements"]), int(told["X-Memory"])
            )  # fmt: skip

    def cost(self, page: Page) -> float:
        return page.spent if self.site.database.startswith("sqlite") else page.took


def rows() -> list[Row]:
    databases = {"SQLite": ""}
    if os.environ.get("SERVED_DATABASE_URL", "").startswith("postgres"):
        databases["PostgreSQL"] = os.environ["SERVED_DATABASE_URL"]
    with tempfile.TemporaryDirectory() as top:
        first = filled(Path(top) / "first", TABLES, ROUNDS)
        return [row for name, database in databases.items() for row in measured(first, database, name)]


def measured(first: World, database: str, name: str) -> list[Row]:
    with worlds(first, database) as three:
        with ExitStack() as running:
            for world in three:
                running.enter_context(serving(world))
            made = [*warm(three), *sent(three[-1]), *released(three), *memory(three[-1]), sampled(three[-1])]
        made += cold(three)
    return [{**row, "name": f"states on {name}: {row['name']}"} for row in made]


def warm(three: list[World]) -> list[Row]:
    costs = in_turns(three, STATES)
    bare = costs_of(three[-1], BARE, turns=TURNS)
    small, middle, large = (median(each) for each in costs)
    page = three[-1].get(STATES)
    return [
        a_row("page inside 5,600 beside 56", large / small, "times", 1.1),
        a_row("page inside 560 beside 56", middle / small, "times", 1.1),
        a_row("page beside a bare view of its rows", large / median(bare), "times", 2.5),
        a_row("page", large * 1000, "ms", None),
        a_row("statements", page.statements, "queries", 6),
    ]


def in_turns(three: list[World], path: str) -> list[list[float]]:
    costs: list[list[float]] = [[] for _ in three]
    for turn in range(WARM + TURNS):
        for kept, world in zip(costs, three, strict=True):
            cost = world.cost(world.get(path))
            if turn >= WARM:
                kept.append(cost)
    return costs


def costs_of(world: World, path: str, *, turns: int, headers: dict[str, str] | None = None) -> list[float]:
    return [world.cost(world.get(path, headers=headers)) for _ in range(WARM + turns)][WARM:]


def sent(world: World) -> list[Row]:
    """One cell put in place, beside the page around it; and a first visit."""
    page, cell = world.get(STATES), f"{STATES}table-000/M1/"
    as_part = {"HX-Request": "true", "HX-Target": "cell"}
    part = world.get(cell, headers=as_part)
    ratio = median(costs_of(world, cell, turns=TURNS, headers=as_part)) / median(
        costs_of(world, STATES, turns=TURNS)
    )
    text, fonts, requests = first_visit(world, STATES)
    return [
        a_row("bytes of one cell beside the page", len(part.body) / len(page.body), "times", 0.1),
        a_row("time of one cell beside the page", ratio, "times", 0.5),
        a_row("first visit with fonts", (text + fonts) / 1000, "kB", 130),
        a_row("first visit", requests, "requests", None),
    ]


def released(three: list[World]) -> list[Row]:
    """The page right after a release, the same in both."""
    costs: list[list[float]] = [[], []]
    for _ in range(RELEASES):
        for kept, world in zip(costs, (three[0], three[-1]), strict=True):
            world.get("/bench/release/", method="POST")
            kept.append(world.cost(world.get(STATES)))
    ratio = median(costs[1]) / median(costs[0])
    return [a_row("page just after a release, inside 5,600 beside 56", ratio, "times", 1.1)]


def memory(world: World) -> list[Row]:
    """What the worker has grown by over some hundred pages, after as many that it may have kept something of."""
    pages = [world.get(STATES).memory for _ in range(LONG)]
    return [
        a_row(f"worker grown by the last half of {LONG} pages", (pages[-1] - pages[LONG // 2]) / 1e6, "MB", 1)
    ]


def cold(three: list[World]) -> list[Row]:
    """The first page of a fresh process."""
    costs: list[list[float]] = [[], []]
    for _ in range(STARTS):
        for kept, world in zip(costs, (three[0], three[-1]), strict=True):
            with serving(world):
                kept.append(world.cost(world.get(STATES)))
    ratio = median(costs[1]) / median(costs[0])
    return [a_row("first page of a fresh process, inside 5,600 beside 56", ratio, "times", 1.1)]


def sampled(world: World, every: int = 20) -> Row:
    """How many cells of the page differ from the summary, or the summary from the release document. Of a copied
    cohort the rows themselves are compared with their source."""
    html = world.get(STATES).body.decode()
    told = world.site.folder / "page.html"
    told.write_text(html)
    lines = [f"from tests.bench.across import differ; print(differ(open({str(told)!r}).read(), {every}))"]
    return a_row("sampled cells that differ from their source", int(world.site.django(*lines)), "cells", 0)


def digit(html: str, slug: str, code: str) -> str:
    """What one reads in a cell of the heat map: a level, a range, or nothing."""
    found = re.search(rf'<a href="/e/{slug}/{code}/[^"]*"[^>]*>([^<]*)', html)
    return found[1].strip() if found else ""


def differ(html: str, every: int = 1) -> int:
    """Page against summary, summary against document, copy against source; every so many-th cell of all there are."""
    from django.db.models.functions import Mod

    from milestones.models import Release, Summary
    from milestones.seasons import season_of
    from tests.factories.across import COHORT, STEP

    wrong = 0
    newest = Summary.objects.filter(coalition__cohort__name=COHORT).latest("season").season
    some = Summary.objects.annotate(rest=Mod("pk", every)).filter(rest=0).select_related("coalition__cohort")
    for summary in some.order_by("pk").iterator():
        source = Summary.objects.get(pk=summary.pk % STEP)
        document = Release.objects.get(pk=summary.pk).document
        wrong += (summary.cells, summary.season) != (source.cells, source.season)
        wrong += summary.season != season_of(summary.meets_on)
        for row in document["items"]:
            ended, cell = row["agreements"][-1], summary.cells[row["code"]]
            wrong += (cell["low"], cell["high"]) != (ended["low"], ended["high"])
            averages = {figure["group"]: figure["average"] for figure in row["figures"]}
            wrong += cell["others"] != averages.get("others", cell["others"])
            if summary.season == newest and summary.coalition.cohort.name == COHORT:
                read = digit(html, summary.coalition.slug, row["code"])
                wrong += [int(each) for each in re.findall(r"\d", read)] != sorted(
                    {cell["low"], cell["high"]}
                )
    return wrong


def filled(folder: Path, tables: int, rounds: int) -> World:
    """Written by the real gate, on SQLite."""
    folder.mkdir()
    key = {"SECRET_KEY": secrets.token_urlsafe(48)}
    site = served.Site("", folder, served.surroundings(folder, f"sqlite:///{folder / FILE}") | key)
    site.run("manage.py", "migrate", "--verbosity=0")
    cookie = site.django(*FILL.format(tables=tables, rounds=rounds).strip().splitlines()).split()[-1]
    return World(site, cookie, tables)


@contextmanager
def worlds(first: World, database: str) -> Iterator[list[World]]:
    """The first as it is, and with 9 and with 99 copies of its coalitions beside; on PostgreSQL if it is named."""
    with tempfile.TemporaryDirectory() as top, ExitStack() as kept:
        found: list[World] = []
        for times in TIMES:
            folder = Path(top) / str(times)
            folder.mkdir()
            if database:
                like = found[0].site.database.rpartition("/")[2] if found else ""
                made = kept.enter_context(a_database(database, like))
            else:
                shutil.copy(first.site.folder / FILE, folder)
                made = f"sqlite:///{folder / FILE}"
            around = {**first.site.environment, "VAR_DIR": str(folder), "DATABASE_URL": made}
            site = served.Site("", folder, around)
            if database and not found:
                _load(first.site, site)
            site.django(f"from tests.factories.across import copies; {times} and copies({times})")
            found.append(World(site, first.cookie, first.coalitions * (times + 1)))
        yield found


def _load(source: served.Site, target: served.Site) -> None:
    """The same rows on another engine."""
    told = str(target.folder / "rows.json")
    source.run("manage.py", "dumpdata", "--exclude=contenttypes", "--exclude=auth", f"--output={told}")
    target.run("manage.py", "migrate", "--verbosity=0")
    target.run("manage.py", "loaddata", told, "--verbosity=0")


@contextmanager
def a_database(database: str, like: str) -> Iterator[str]:
    """An empty one on that server, or a copy of `like`."""
    import psycopg

    name, server = f"across_{secrets.token_hex(6)}", database.partition("?")[0].rpartition("/")[0]
    template = f' TEMPLATE "{like}"' if like else ""
    with psycopg.connect(database, autocommit=True) as keeper:
        keeper.execute(f'CREATE DATABASE "{name}"{template}')
    try:
        yield f"{server}/{name}"
    finally:
        with psycopg.connect(database, autocommit=True) as keeper:
            keeper.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def serving(world: World) -> Iterator[None]:
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listening:
        port = listening.getsockname()[1]
        around = {**world.site.environment, "SITE_URL": f"http://127.0.0.1:{port}"}
        world.site = served.Site(f"http://127.0.0.1:{port}", world.site.folder, around)
        with served.serving(world.site, listening, GUNICORN):
            yield
