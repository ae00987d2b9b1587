"""Everything a site keeps: each row of each table, and the bytes of its files."""

from collections.abc import Iterable
from pathlib import Path

Rows = dict[str, list[dict]]


def every_row(site) -> Rows:
    """{table: its rows, in the order they lie in}, of the whole database, PostgreSQL's statistics with it."""
    sqlite = site.database.startswith("sqlite")
    with site.connect() as connection:
        found = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
            if sqlite
            else "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        )
        rows = {}
        for (table,) in found.fetchall():
            order = "rowid" if sqlite else "ctid"
            lying = connection.execute(f'SELECT * FROM "{table}" ORDER BY {order}')
            names = [column[0] for column in lying.description]
            rows[table] = [dict(zip(names, row, strict=True)) for row in lying.fetchall()]
        if not sqlite:
            # What the planner remembers of every column's values; its file is compressed.
            kept = connection.execute("SELECT s::text FROM pg_stats s WHERE schemaname = 'public'")
            rows["pg_stats"] = [{"kept": text} for (text,) in kept.fetchall()]
    return rows


def files_of(site) -> dict[Path, bytes]:
    """The site's folder, with mail, logs and queue, and the database's own files."""
    paths = {*site.folder.rglob("*"), *files_of_the_database(site)}
    return {path: path.read_bytes() for path in paths if path.is_file()}


def files_of_the_database(site) -> list[Path]:
    """A SQLite file with its log; PostgreSQL's files for this database, unless only another user may read them."""
    if site.database.startswith("sqlite"):
        return list(site.folder.glob("table.sqlite3*"))
    with site.connect() as connection:
        connection.execute("CHECKPOINT")
        oid = connection.execute("SELECT oid FROM pg_database WHERE datname = current_database()").fetchone()[
            0
        ]
        folder = Path(connection.execute("SHOW data_directory").fetchone()[0]) / "base" / str(oid)
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def where(texts: Iterable[str], rows: Rows, files: dict[Path, bytes]) -> set[str]:
    """The tables and files in which any of these texts stands."""
    texts = list(texts)
    tables = {table for table, held in rows.items() if any(text in str(held) for text in texts)}
    return tables | {
        path.name for path, held in files.items() if any(text.encode() in held for text in texts)
    }
