"""People outside, four at a time, who talk to a real server as a browser does: one connection each, kept open."""

import re
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from threading import local
from urllib.parse import urlencode, urlsplit

AT_ONCE = 4
VISIT = re.compile(r'name="visit" value="([^"]+)"')
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept-Encoding": "identity"}
_here = local()


class Wrong(Exception):
    """The server said something that no visitor should read."""


def ask(site: str, method: str, path: str, fields: dict[str, str] | None = None) -> str:
    """The page; a connection that the server has closed meanwhile is opened anew."""
    body = urlencode(fields) if fields else None
    for last in (False, True):
        line = getattr(_here, "line", None)
        if line is None or last or _here.site != site:
            _here.site, _here.line = site, HTTPConnection(urlsplit(site).netloc, timeout=60)
            line = _here.line
        try:
            line.request(method, path, body, FORM if body else {"Accept-Encoding": "identity"})
            answer = line.getresponse()
            page = answer.read().decode()
        except (HTTPException, OSError):
            if last:
                raise
            continue
        if answer.status != 200:
            raise Wrong(f"{method} {path}: {answer.status} {page[-300:]}")
        return page
    raise AssertionError


def all_of(do: Callable, each: Iterable, at_once: int = AT_ONCE) -> tuple[float, list]:
    """(seconds for all, what each gave), so many at once."""
    with ThreadPoolExecutor(at_once) as people:
        began = time.perf_counter()
        found = list(people.map(do, each))
        return time.perf_counter() - began, found


@dataclass
class Journey:
    """From the poster to the thanks. `steps` are run one by one, each for everybody, so that nobody is too quick."""

    site: str
    code: str
    page: str = ""
    took: list[float] = field(default_factory=list)

    def get(self, path: str) -> None:
        self.page = ask(self.site, "GET", path)

    def press(self, do: str = "next", **fields: str) -> None:
        visit = VISIT.search(self.page)
        began = time.perf_counter()
        self.page = ask(
            self.site,
            "POST",
            f"/go/{self.code}/en/",
            {"visit": visit[1] if visit else "", "do": do, **fields},
        )
        self.took.append(time.perf_counter() - began)

    def steps(self) -> list[Callable[["Journey"], None]]:
        return [
            lambda each: each.get(f"/go/{each.code}/"),
            lambda each: each.get(f"/go/{each.code}/en/"),
            lambda each: each.press(answer="yes"),
            lambda each: each.press(answer="no"),
            lambda each: each.press(answer="More evening hours would help us most."),
            lambda each: each.press(answer="parent"),
        ]
