"""Prints what was measured, keeps it in var/, and says whether every figure holds."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

Row = dict[str, Any]
VAR = Path(__file__).resolve().parents[2] / "var"


def report(name: str, columns: Iterable[str], rows: list[Row]) -> int:
    """Writes var/<name>.json and returns the exit code: 0 only if there are rows and all of them hold."""
    columns = list(columns)
    cells = [columns, *([shown(row[column]) for column in columns] for row in rows)]
    widths = [max(len(line[i]) for line in cells) for i in range(len(columns))]
    for line in cells:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
    VAR.mkdir(exist_ok=True)
    path = VAR / f"{name}.json"
    path.write_text(
        json.dumps([{column: row[column] for column in columns} for row in rows], indent=1) + "\n"
    )
    print(f"\n{len(rows)} rows, {sum(not row['holds'] for row in rows)} do not hold: var/{path.name}")
    return 0 if rows and all(row["holds"] for row in rows) else 1


def shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "NO"
    return f"{value:.4g}" if isinstance(value, float) else str(value)
