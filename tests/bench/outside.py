"""The forms of people outside, behind the server of production: beside an empty page and beside a form by hand.

On the PostgreSQL that DATABASE_URL names, with durable commits, and on SQLite; four visitors at once.
"""

import os
import time
from statistics import median, quantiles

from tests.bench.table import Row
from tests.bench.visitors import Journey, all_of, ask
from tests.feedback.serving import a_form
from tests.journeys import served

TURNS, PAGES, VISITORS = 5, 120, 80
GUNICORN = (
    "-m",
    "gunicorn",
    "tests.bench.outside_site",
    "--worker-class=gthread",
    "--workers=2",
    "--threads=4",
)


def rows() -> list[Row]:
    found = {"SQLite": measured("")}
    if os.environ.get("SERVED_DATABASE_URL", "").startswith("postgres"):
        found["PostgreSQL"] = measured(os.environ["SERVED_DATABASE_URL"])
    main = found.get("PostgreSQL", found["SQLite"])
    where = "PostgreSQL" if "PostgreSQL" in found else "SQLite"
    made = [
        a_row(f"form on {where}: questions beside an empty page", main["question"], "times as many", 1 / 3),
        a_row(
            f"form on {where}: a journey beside a form by hand, per request",
            main["journey"],
            "times as many",
            0.8,
        ),
        a_row(f"form on {where}: journeys in a second", main["each second"], "journeys", None),
        a_row(
            f"form on {where}: last press, p99 beside p50", main["p99"] / main["p50"], "times", 2, most=True
        ),
        a_row("form on SQLite: pages that failed", found["SQLite"]["failed"], "pages", 0, most=True),
    ]
    if len(found) == 2:
        ratio = found["SQLite"]["p99"] / found["PostgreSQL"]["p99"]
        made.append(a_row("form on SQLite: last press, p99 beside PostgreSQL", ratio, "times", 2, most=True))
    return made


def a_row(name: str, value: float, unit: str, bound: float | None, *, most: bool = False) -> Row:
    goal = "for reference" if bound is None else f"{bound:.3g} or {'less' if most else 'more'}"
    holds = bound is None or (value <= bound if most else value >= bound)
    return {"name": name, "value": round(value, 3), "unit": unit, "goal": goal, "holds": holds}


def measured(database: str) -> dict[str, float]:
    with a_form(database, GUNICORN) as (site, wording, _server):
        bare = f"/go/0/bare/{wording}/"
        (
            get(site, "/go/bench/en/", 40),
            get(site, "/go/0/empty/", 40),
            by_hand(site, bare, 40),
            journeys(site, 20),
        )
        pages, whole, last, rates = [], [], [], []
        for _ in range(TURNS):  # they take turns, so that a busy moment falls on all of them
            empty, question = get(site, "/go/0/empty/", PAGES), get(site, "/go/bench/en/", PAGES)
            pages.append(empty / question)
            hand = by_hand(site, bare, VISITORS)
            ours, pressed = journeys(site, VISITORS)
            whole.append((6 / ours) / (2 / hand))
            rates.append(1 / ours)
            last += pressed
        log = (site.folder / "server.log").read_text()
    cut = quantiles(last, n=100)
    return {
        "question": median(pages), "journey": median(whole), "each second": median(rates),
        "p50": cut[49], "p99": cut[98], "failed": log.count("Traceback"),
    }  # fmt: skip


def get(site: served.Site, path: str, many: int) -> float:
    """Seconds for each page."""
    return all_of(lambda _: ask(site.address, "GET", path), range(many))[0] / many


def by_hand(site: served.Site, path: str, many: int) -> float:
    """Seconds for each visitor of the form written by hand: two requests, one row."""
    fields = {
        "asked": "yes",
        "changed": "no",
        "most": "More evening hours would help us most.",
        "role": "parent",
    }

    def visit(_: int) -> None:
        ask(site.address, "GET", path)
        ask(site.address, "POST", path, fields)

    return all_of(visit, range(many))[0] / many


def journeys(site: served.Site, many: int) -> tuple[float, list[float]]:
    """Seconds for each visitor without the time they wait, and how long each last press took."""
    people = [Journey(site.address, "bench") for _ in range(many)]
    busy, began = 0.0, time.monotonic()
    steps = people[0].steps()
    for step in steps:
        if step is steps[-1]:
            time.sleep(
                max(0, 4.1 - (time.monotonic() - began))
            )  # a visit of fewer than three seconds is asked back
        busy += all_of(step, people)[0]
    if not all('class="code"' in each.page for each in people):
        raise RuntimeError("A visitor was not thanked.")
    return busy / many, [each.took[-1] for each in people]
