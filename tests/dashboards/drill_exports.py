"""A million rows leave as CSV and as an Excel book, with flat memory, and LibreOffice runs nothing in them.

Memory is the most the process ever had, after a small export and after the whole one. The control keeps all of it, and
a file in which nothing is made harmless.
"""

import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from .export_site import CANARIES

ROWS = 1_000_000
FLAT = (
    24  # MB that a whole export may take beyond a small one: pages of the database's own cache are among them
)
PATIENCE = 3600


def drill(rows: int = ROWS, office: bool = True) -> list[dict[str, object]]:
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        made = _site(here, "fill", str(rows))
        csv_path, book_path, kept = here / "figures.csv", here / "everything.xlsx", here / "kept.csv"
        streamed = _site(here, "take", "figures.csv", str(csv_path))
        booked = _site(here, "take", "everything.xlsx", str(book_path))
        control = _site(here, "take", "figures.csv", str(kept), "held")
        found = [
            _memory(
                "figures.csv", made, streamed, streamed["mb"] <= FLAT and _lines(csv_path) == made["rows"] + 1
            ),
            _memory("everything.xlsx", made, booked, booked["mb"] <= FLAT),
            _memory(
                "all of it kept, the control", made, control, control["mb"] > 2 * FLAT or rows < ROWS // 4
            ),
        ]
        return [*found, *(_in_office(here, csv_path, book_path, made["rows"]) if office else [])]


def _site(here: Path, *words: str) -> dict:
    settings = {"DATABASE_URL": f"sqlite:///{here / 'site.sqlite3'}", "VAR_DIR": str(here)}
    line = [sys.executable, "-m", "tests.dashboards.export_site", *words]
    told = subprocess.run(
        line, env={**os.environ, **settings}, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    if told.returncode:
        raise RuntimeError(told.stderr[-2000:])
    return json.loads(told.stdout.splitlines()[-1])


def _lines(path: Path) -> int:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return sum(1 for _line in csv.reader(file, strict=True))


def _memory(name: str, made: dict, found: dict, holds: bool) -> dict[str, object]:
    told = f"{found['bytes'] / 1e6:.0f} MB in {found['seconds']:.0f} s, peak {found['peak']:.0f} MB"
    return _row(f"exports: {name}, {told}", made["rows"], f"at most {FLAT} MB more", found["mb"], holds)


def _in_office(here: Path, csv_path: Path, book_path: Path, rows: int) -> list[dict[str, object]]:
    if not shutil.which("soffice"):
        return [
            _row(
                "exports: opened in LibreOffice: SKIPPED, it is not here",
                0,
                "0 formulas run",
                "SKIPPED",
                False,
            )
        ]
    raw = here / "raw.csv"
    raw.write_text(
        "text\n" + "".join(f'"{text}"\n' for text in CANARIES if '"' not in text), encoding="utf-8"
    )
    return [
        _opened(here, "CSV", csv_path, rows),
        _opened(here, "Excel book", book_path, rows),
        _row("exports: formulas in a file not made harmless, the control", len(CANARIES), "some", n := _formulas(here, raw), n > 0),
    ]  # fmt: skip


def _opened(here: Path, kind: str, path: Path, rows: int) -> dict[str, object]:
    """The first sheet as LibreOffice reads it: every row is there, and every name of a round is still a text."""
    from web.sheets import harmless

    shown, there, changed = _converted(here, path, "csv"), 0, 0
    meant = {harmless(text) for text in CANARIES}
    with shown.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            there += 1
            changed += row["round_name"] not in meant
    name = f"exports: {kind} opened in LibreOffice, {there} rows of {rows}"
    return _row(name, rows, "0 formulas run", changed, there == rows and not changed)


def _formulas(here: Path, path: Path) -> int:
    book = zipfile.ZipFile(_converted(here, path, "xlsx"))
    return sum(book.read(name).count(b"<f") for name in book.namelist() if "worksheets/" in name)


def _converted(here: Path, path: Path, to: str) -> Path:
    out = here / f"as-{to}"
    utf8 = (
        ["--infilter=CSV:44,34,76,1,,0,false,false,false,false,false,-1,true"]
        if path.suffix == ".csv"
        else []
    )
    kind = "csv:Text - txt - csv (StarCalc):44,34,76,1" if to == "csv" else to
    line = [
        "soffice",
        f"-env:UserInstallation=file://{here / 'office'}",
        "--headless",
        *utf8,
        "--convert-to",
        kind,
    ]
    subprocess.run(
        [*line, "--outdir", str(out), str(path)], capture_output=True, timeout=PATIENCE, check=True
    )
    return out / f"{path.stem}.{to}"


def _row(name: str, injected: int, expected: str, value: object, holds: bool) -> dict[str, object]:
    return {
        "name": name, "injected": injected, "expected": expected, "lost": 0, "doubled": 0, "value": value,
        "holds": holds,
    }  # fmt: skip
