"""A sheet and how it is to be read, as JSON: what is kept between the pages of an import."""

from typing import Any

from .guesses import Sheet
from .rows import Reading


def sheet_as_json(sheet: Sheet) -> dict[str, Any]:
    return {
        "header": sheet.header,
        "header_line": sheet.header_line,
        "rows": sheet.rows,
        "formulas": sorted(sheet.formulas),
        "name": sheet.name,
    }


def sheet_from_json(kept: dict[str, Any]) -> Sheet:
    rows = [(line, cells) for line, cells in kept["rows"]]
    return Sheet(kept["header"], kept["header_line"], rows, set(kept["formulas"]), kept["name"])


def reading_as_json(reading: Reading) -> dict[str, Any]:
    return {"columns": reading.columns, "words": dict(reading.words), "filled": dict(reading.filled)}


def reading_from_json(kept: dict[str, Any]) -> Reading:
    return Reading(kept["columns"], kept["words"], kept["filled"])
