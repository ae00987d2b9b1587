"""The page where a member answers one milestone: its server time beside an empty page, and its weight."""

import re
from pathlib import Path
from statistics import median
from time import process_time

import brotli
from django.contrib.staticfiles import finders
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from coalitions.models import Group
from milestones.actions.answers import confirm_group
from tests.bench.table import Row
from tests.factories.rounds import a_table, an_open_round
from tests.factories.tables import a_coalition, a_seat

ROUNDS, WARM = 400, 40
LINKED = re.compile(r'(?:href|src)="/?static/([^"?]+)')
FACE = re.compile(r"@font-face\{[^}]*url\(\.\./([^)]+)\)[^}]*unicode-range:U\+0000-00FF")


@override_settings(ROOT_URLCONF="tests.bench.urls", ALLOWED_HOSTS=["testserver"])
def rows() -> list[Row]:
    client, address = a_member_about_to_answer()
    bare, empty = "/bare/", reverse("empty_table", args=["care-forward"])
    took = {each: median(times) for each, times in side_by_side(client, [bare, empty, address]).items()}
    text, fonts, requests = first_visit(client, address)
    return [
        a_row(
            "score page, server time beside an empty page of ours", took[address] / took[empty], "times", 3
        ),
        # For reference, without a goal: a bare string has no frame, no menu and no seat to look up.
        a_row("score page, server time beside a bare string", took[address] / took[bare], "times", None),
        a_row("score page, first visit without fonts", text / 1000, "kB", 35),
        a_row("score page, first visit with fonts", (text + fonts) / 1000, "kB", 90),
        a_row("score page, first visit", requests, "requests", 8),
    ]


def a_row(name: str, value: float, unit: str, most: int | None) -> Row:
    return {
        "name": name,
        "value": round(value, 3),
        "unit": unit,
        "goal": "for reference" if most is None else f"{most} or less",
        "holds": most is None or value <= most,
    }


def a_member_about_to_answer() -> tuple[Client, str]:
    """Someone at a table of twenty-five, with a round open."""
    coalition = a_coalition(
        "Care Forward Kentucky", slug="care-forward", state="KY", time_zone="America/New_York"
    )
    lead = a_seat(coalition, "Lena Lead", Group.ADVOCATE, lead=True)
    seats = a_table(coalition)
    now = timezone.now()
    round = an_open_round(coalition, lead, now=now)
    confirm_group(round=round, seat=seats[0], group=seats[0].group, now=now)
    client = Client()
    client.force_login(seats[0].member)
    return client, reverse("score", args=[coalition.slug, round.number, 1])


def side_by_side(client: Client, addresses: list[str]) -> dict[str, list[float]]:
    """Processor seconds of each request; the addresses take turns, so a busy moment falls on all of them."""
    times: dict[str, list[float]] = {address: [] for address in addresses}
    for turn in range(WARM + ROUNDS):
        for address in addresses:
            start = process_time()
            response = client.get(address)
            spent = process_time() - start
            if response.status_code != 200:
                raise RuntimeError(
                    f"{address}: {response.status_code} {response.headers.get('Location', '')}"
                )
            if turn >= WARM:
                times[address].append(spent)
    return times


def first_visit(client: Client, address: str) -> tuple[int, int, int]:
    """Bytes of text and of fonts, and the number of requests, for a browser that has nothing yet."""
    sent = len(client.get(address, headers={"accept-encoding": "gzip, br"}).content)
    names = set(LINKED.findall(client.get(address).content.decode()))
    files = {name: Path(finders.find(name)).read_bytes() for name in names}
    styles = b"".join(body for name, body in files.items() if name.endswith(".css")).decode()
    for name in FACE.findall(styles):
        files[name] = Path(finders.find(name)).read_bytes()
    fonts = sum(len(body) for name, body in files.items() if name.endswith(".woff2"))
    # Files are served as brotli, made once when they were collected.
    text = sum(len(brotli.compress(body)) for name, body in files.items() if not name.endswith(".woff2"))
    return sent + text, fonts, 1 + len(files)
