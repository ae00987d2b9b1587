"""Visits whose every part can be told apart, and a search for what is left of them."""

import os
import re
import secrets
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from tests import needs
from tests.bench.visitors import all_of
from tests.journeys.served import Site

VISIT = re.compile(r'name="visit" value="([^"]+)"')
OURS = "feedback_submission"
PAGE, HEAD, LONG_HEAD, LONG = 8192, 24, 40, 0x02  # of PostgreSQL's journal: access/xlog_internal.h
READS = 3.2  # seconds: a visit of fewer than three is asked back


@dataclass
class Visitor:
    """`mark` is in everything this visitor sends, with a word before it for what it was part of."""

    mark: str
    number: int
    page: str = ""

    @property
    def address(self) -> str:
        return f"127.77.{self.number // 250}.{self.number % 250 + 1}"

    def headers(self) -> dict[str, str]:
        return {
            "User-Agent": f"agent-{self.mark}",
            "Referer": f"https://referer-{self.mark}.example/",
            "Cookie": f"sessionid=cookie-{self.mark}; django_language=es; other=cookie-{self.mark}",
            "Accept-Language": f"en;q=0.9, x-tongue-{self.mark}",
            "X-Forwarded-For": f"198.51.100.7, forwarded-{self.mark}",
            "Content-Type": "application/x-www-form-urlencoded",
        }

    def ask(self, site: str, method: str, path: str, **fields: str) -> None:
        line = HTTPConnection(urlsplit(site).netloc, timeout=60, source_address=(self.address, 0))
        line.request(method, f"{path}?q=query-{self.mark}", urlencode(fields), self.headers())
        answer = line.getresponse()
        self.page = answer.read().decode()
        assert answer.status in (200, 422), (answer.status, self.page)
        assert not answer.getheader("Set-Cookie")
        line.close()

    def press(self, site: str, **fields: str) -> None:
        self.ask(site, "POST", "/go/bench/en/", visit=VISIT.search(self.page)[1], **fields)


def visit(site: Site, many: int) -> list[Visitor]:
    """Every third leaves half-way, with words typed; every one tries a code and an address that is not there."""
    people = [Visitor(_mark(), n) for n in range(many)]
    come, begin, end = _steps(site.address)
    all_of(come, people)
    all_of(begin, people)
    time.sleep(READS)
    all_of(end, people)
    return people


def _mark() -> str:
    """Letters only: digits in a row look like a phone number, and would be asked about."""
    return "kanari" + "".join(secrets.choice("abcdefghijklmnop") for _ in range(16))


def _steps(site: str) -> list[Callable[[Visitor], None]]:
    def come(who: Visitor) -> None:
        who.ask(site, "GET", "/go/bench/")
        who.ask(site, "POST", "/go/bench/en/answer/", code=f"code-{who.mark}")
        who.ask(site, "POST", "/go/bench/en/", visit=f"broken-{who.mark}", answer=f"broken-{who.mark}")

    def begin(who: Visitor) -> None:
        who.ask(site, "GET", "/go/bench/en/")
        who.press(site, do="next", answer="yes")
        who.press(site, do="skip")
        word = "half" if who.number % 3 == 0 else "kept"
        who.press(site, do="next", answer=f"{word}-{who.mark}")

    def end(who: Visitor) -> None:
        if who.number % 3:
            who.press(site, do="send")
            assert 'class="code"' in who.page

    return [come, begin, end]


def left(site: Site, people: Iterable[Visitor]) -> dict[str, list[str]]:
    """place -> what was found there, for everything but the answers where they belong."""
    marks = re.compile(rb"(\w+-)?kanari[a-p]{16}|127\.77\.\d+\.\d+")
    known = {who.mark.encode() for who in people}
    found = defaultdict(list)
    for place, raw in _places(site):
        for hit in marks.finditer(raw):
            text = hit[0]
            theirs = text.startswith(b"127.77.") or text.rpartition(b"-")[2] in known
            if theirs and not (b"kept-" in text and _is_where_answers_are(place)):
                found[place].append(text.decode())
    return dict(found)


def answers(site: Site) -> list[str]:
    raw = dict(_tables(site))[f"table {OURS}"]
    return [hit.decode() for hit in re.findall(rb"kept-kanari[a-p]{16}", raw)]


def _is_where_answers_are(place: str) -> bool:
    """Its table, and the files in which the database keeps that table."""
    return place == f"table {OURS}" or ".sqlite3" in place or place.startswith("journal")


def _places(site: Site) -> Iterator[tuple[str, bytes]]:
    yield from _tables(site)
    for path in sorted(site.folder.rglob("*")):
        if path.is_file():
            yield f"file {path.relative_to(site.folder)}", str(path).encode() + path.read_bytes()
    yield from _journal(site)
    yield from _redis(site)


def _tables(site: Site) -> Iterator[tuple[str, bytes]]:
    lite = site.database.startswith("sqlite")
    named = (
        "SELECT name FROM sqlite_master WHERE type = 'table'"
        if lite
        else "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    )
    with site.connect() as line:
        for (table,) in line.execute(named).fetchall():
            rows = line.execute(f'SELECT * FROM "{table}"').fetchall()
            yield f"table {table}", repr(rows).encode()


def _journal(site: Site) -> Iterator[tuple[str, bytes]]:
    """What PostgreSQL writes ahead, and its log, where they can be read from here."""
    if site.database.startswith("sqlite"):
        return
    with site.connect() as line:
        folder = Path(line.execute("SHOW data_directory").fetchone()[0])
        log = line.execute("SHOW log_directory").fetchone()[0]
    if not os.access(folder, os.R_OK):
        return
    newest = sorted((folder / "pg_wal").glob("0*"), key=lambda path: path.stat().st_mtime)[-6:]
    for path in [*newest, *(folder / log).glob("*")]:
        if path.is_file() and path.parent.name == "pg_wal":
            yield f"journal {path.name}", _in_one_piece(path.read_bytes())
        elif path.is_file():
            yield f"file {path.name}", path.read_bytes()


def _in_one_piece(journal: bytes) -> bytes:
    """Without the head that each page of the journal begins with: it would cut a word that runs on from page to page."""
    pages = (journal[at : at + PAGE] for at in range(0, len(journal), PAGE))
    return b"".join(page[LONG_HEAD if page[2] & LONG else HEAD :] for page in pages)


def _redis(site: Site) -> Iterator[tuple[str, bytes]]:
    if not site.environment["REDIS_URL"] or not needs.redis():
        return
    import redis

    line = redis.Redis.from_url(site.environment["REDIS_URL"])
    for key in line.scan_iter():
        yield f"Redis {key!r}", key + (line.dump(key) or b"")
