"""A thousand visits, each with marks in everything a browser sends and a person types: then every file, table, journal
and key is searched for them. With an access log on, the same search finds thousands."""

import os

from .serving import GUNICORN, a_form
from .traces import answers, left, visit

VISITS = 1_000


def drill(many: int = VISITS) -> list[dict[str, object]]:
    return [trial(many, GUNICORN, 0), trial(many // 10, (*GUNICORN, "--access-logfile=-"), many // 10)]


def trial(many: int, command: tuple[str, ...], least: int) -> dict[str, object]:
    """`least` is how many marks a search must find where something is left on purpose; 0 where nothing may be."""
    with a_form(None, command, REDIS_URL=os.environ.get("REDIS_URL", "")) as (site, _wording, _server):
        people = visit(site, many)
        found, kept = left(site, people), answers(site)
        on = "SQLite" if site.database.startswith("sqlite") else "PostgreSQL"
    expected = sum(1 for who in people if who.number % 3)
    hits = sum(map(len, found.values()))
    control = ", control: an access log" if least else ""
    where = "" if least or not found else f": {dict(list(found.items())[:5])}"
    return {
        "name": f"what visits leave, on {on}{control}{where}",
        "injected": many,
        "expected": f"{least} marks or more" if least else "0 marks but the answers themselves",
        "lost": expected - len(kept),
        "doubled": len(kept) - len(set(kept)),
        "value": hits,
        "holds": len(kept) == len(set(kept)) == expected and (hits >= least if least else hits == 0),
    }
