"""Values that an archive holds in other words than the row: rows by their number, addresses without the site."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from django.conf import settings
from django.utils.dateparse import parse_datetime

from web.archives import Found, Numbers, Row
from web.archives.kinds import at

from ...models import Opening, Word

LISTS = ("words", "dissents", "evidence")  # what a document names by number


def opened_then(row: Row, found: Found) -> dict[str, Any]:
    """What was deleted before the opening was never here, so there is nothing left to overwrite."""
    moment = parse_datetime(row["opened_at"])
    if moment is None:
        raise ValueError("a round that is not opened")
    return {"opened_at": moment, "purged_at": moment}


def linked(row: Row, found: Found) -> dict[str, Any]:
    return {"url": here(row["url"])}


def away(url: str) -> str:
    """An address of this site is kept without the site."""
    return url.removeprefix(settings.SITE_URL) if url.startswith(f"{settings.SITE_URL}/") else url


def here(url: str) -> str:
    return f"{settings.SITE_URL}{url}" if url.startswith("/") else url


def withdrawn(row: Row, found: Found) -> dict[str, Any]:
    """The moment is nobody's business: it could tell who."""
    return {"withdrawn_at": at(found, "rounds", row["round"]).opened_at if row["withdrawn"] else None}


def unless_withheld(name: str) -> Callable[[Word, Numbers], str]:
    return lambda row, numbers: "" if row.withheld_because or row.withdrawn_at else getattr(row, name)


def ticked(row: Row, found: Found) -> dict[str, Any]:
    return {"ticks": {str(at(found, "evidence", int(number)).pk): n for number, n in row["ticks"].items()}}


def numbered_ticks(row: Opening, numbers: Numbers) -> dict[str, int]:
    """Evidence that the table saw; by number, in its order."""
    known = {numbers["evidence"].get(int(pk)): n for pk, n in row.ticks.items()}
    return {str(number): known[number] for number in sorted(number for number in known if number)}


def went_out(name: str) -> Callable[[Any, Numbers], Any]:
    """What went out, in which words, views and evidence are named by their numbers here."""
    return lambda row, numbers: named(getattr(row, name), lambda kind, pk: numbers[kind].get(pk), away)


def came_back(name: str) -> Callable[[Row, Found], dict[str, Any]]:
    def into(row: Row, found: Found) -> dict[str, Any]:
        return {name: named(row[name], lambda kind, n: at(found, kind, n).pk if n else None, here)}

    return into


def named(document: Any, name: Callable[[str, Any], Any], address: Callable[[str], str]) -> Any:
    changed = deepcopy(document)
    for item in changed["items"] if changed else ():
        for kind in LISTS:
            for row in item.get(kind, ()):
                row["id"] = name(kind, row["id"])
        for row in item.get("evidence", ()):
            row["url"] = address(row["url"])
    return changed
