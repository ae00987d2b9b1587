"""People send while the processes that serve them are killed with -9; whoever gets no answer presses again."""

import json
import os
import random
import re
import signal
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from tests.journeys.served import Site

from .serving import a_form

COMMAND = (
    *("-m", "gunicorn", "tests.feedback.killed_site", "--worker-class=gthread", "--workers=2", "--threads=4"),
    "--log-level=critical",
)
AT_ONCE = 8
PATIENCE = 900  # seconds
CODE = re.compile(r'class="code">([\d ]+)<')
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
SEALED = """
import json, time, uuid
from feedback.views.asking import seal
from feedback.visit import Visit
began = time.time() - 60
print(json.dumps([seal(Visit(uuid.uuid4(), WORDING, began, 3, {"asked": "yes", "most": f"word {n}"}, True)) for n in range(MANY)]))
"""


def measure(many: int, kills: int, *, tied: bool = True) -> dict[str, object]:
    with a_form(None, COMMAND, UNTIED="0" if tied else "1") as (site, wording, server):
        lines = SEALED.replace("WORDING", wording).replace("MANY", str(many)).strip().splitlines()
        visits = json.loads(site.django(*lines))
        crowd = Crowd(site, visits)
        began = time.monotonic()
        with ThreadPoolExecutor(AT_ONCE + 1) as threads:
            killer = threads.submit(kill, server.pid, kills, many, crowd)
            codes = list(threads.map(crowd.send, range(many)))
            crowd.over.set()
            killed = killer.result()
        return _count(site, many, codes) | {
            "kills": killed,
            "retries": crowd.retries,
            "seconds": round(time.monotonic() - began),
            "on": "SQLite" if site.database.startswith("sqlite") else "PostgreSQL",
        }


class Crowd:
    def __init__(self, site: Site, visits: list[str]) -> None:
        self.at, self.visits = urlsplit(site.address).netloc, visits
        self.sent, self.retries, self.over = 0, 0, threading.Event()

    def send(self, n: int) -> str:
        """The code on the page of thanks, however often it takes."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            code = self._press(n)
            if code:
                self.sent += 1
                return code
            self.retries += 1
            time.sleep(0.05)
        raise TimeoutError(f"No thanks for {n}.")

    def _press(self, n: int) -> str:
        line = HTTPConnection(self.at, timeout=30)
        try:
            body = urlencode({"visit": self.visits[n], "do": "send"})
            line.request("POST", "/go/bench/en/", body, FORM)
            found = CODE.search(line.getresponse().read().decode())
            return found[1] if found else ""
        except (HTTPException, OSError):
            return ""
        finally:
            line.close()


def kill(master: int, kills: int, many: int, crowd: Crowd) -> int:
    """One process at random each time some more have been thanked; how many were killed."""
    draw, killed = random.Random(11), 0
    while killed < kills and not crowd.over.is_set():
        workers = _children(master)
        if crowd.sent >= (killed + 1) * many * 0.9 / (kills + 1) and workers:
            time.sleep(draw.uniform(0, 0.02))
            try:
                os.kill(draw.choice(workers), signal.SIGKILL)
                killed += 1
            except ProcessLookupError:
                pass
        time.sleep(0.01)
    return killed


def _children(pid: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _count(site: Site, many: int, codes: list[str]) -> dict[str, int]:
    with site.connect() as line:
        rows = line.execute("SELECT answers, role, language, receipt FROM feedback_submission").fetchall()
    kept = Counter()
    partial = 0
    for answers, role, language, receipt in rows:
        said = json.loads(answers) if isinstance(answers, str) else answers
        partial += (said.get("asked"), set(said), role, language) != ("yes", {"asked", "most"}, "", "en")
        partial += not receipt
        kept[said.get("most")] += 1
    return {
        "many": many,
        "lost": sum(1 for n in range(many) if not kept[f"word {n}"]),
        "doubled": sum(count - 1 for count in kept.values()),
        "partial": partial,
        "codes": len(set(codes)),
    }
