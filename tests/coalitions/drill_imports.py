"""Ten thousand people in one book: how long each step takes, the most memory it holds, and whether all is written."""

import io
import time
import tracemalloc
import uuid
from unittest import mock

from django.core.cache.backends.filebased import FileBasedCache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.utils import timezone

from coalitions import actions, queries
from coalitions.actions.imports import AT_ONCE
from coalitions.models import Import, Seat
from tests.bench.bench import empty_database
from tests.bench.table import Row
from tests.factories.tables import a_coalition, a_seat

PEOPLE = 10_000
MOST_SECONDS, MOST_MEGABYTES = 60, 60
HERE = "/c/care-forward/people/import/"
GROUPS = ("Madre", "Proveedora", "Agency", "Advocate", "Funder")


def a_book(people: int) -> bytes:
    from openpyxl import Workbook

    made = Workbook(write_only=True)
    sheet = made.create_sheet("People")
    sheet.append(["Everyone we know"])
    sheet.append(["Nombre completo", "Correo", "Grupo", "Puesto", "Organización", "Idioma", "Notas"])
    for n in range(people):
        group, notes = GROUPS[n % 5], f"Met at meeting {n}"
        sheet.append([f"Last{n}, First{n}", f"p{n}@a.org", group, "Ms", f"Org {n % 300}", "es", notes])
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def by_hand(client: Client, raw: bytes) -> float:
    """Seconds for the whole way through the pages: the file, the columns, the look, the yes."""
    roster = SimpleUploadedFile("people.xlsx", raw)
    began = time.perf_counter()
    url = client.post(HERE, {"form": uuid.uuid4(), "roster": roster}).url
    if "columns" in url:
        guessed = Import.objects.get(result__isnull=True).reading["columns"]
        url = client.post(url, {f"column_{at}": name for at, name in enumerate(guessed)}).url
    check = client.get(url).context_data["check"]
    client.post(url, {"seen": check.seen})
    return time.perf_counter() - began


def memory(lead, raw: bytes) -> float:
    """Megabytes held at most, from bytes to seats, on top of what was there before."""
    tracemalloc.start()
    now = timezone.now()
    started = actions.start_import(by=lead, raw=raw, file_name="x", form=uuid.uuid4(), now=now)
    seen = queries.check_import(started, today=now.date()).seen
    actions.confirm_import(started=started, seen=seen, leave_out=False, now=now)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most / 1e6


@override_settings(ALLOWED_HOSTS=["testserver"])
def drill() -> list[dict[str, object]]:
    raw = a_book(PEOPLE)
    with empty_database():
        lead = a_lead("care-forward")
        client = Client()
        client.force_login(lead.member)
        told: set[int] = set()
        with mock.patch.object(FileBasedCache, "set", lambda cache, key, done: told.add(done)):
            took = by_hand(client, raw)
        lost = PEOPLE + 1 - lead.coalition.seats.count()
        again = by_hand(client, raw)
        doubled = lead.coalition.seats.count() - PEOPLE - 1
        held = {people: memory(a_lead(f"table-{people}"), a_book(people)) for people in (PEOPLE // 2, PEOPLE)}
    return [
        a_row("import: from an Excel book to seats, seconds", took, MOST_SECONDS, lost=lost),
        a_row("import: the same book again, seconds", again, MOST_SECONDS, doubled=doubled),
        a_row("import: people between two words of progress", PEOPLE / max(len(told), 1), AT_ONCE),
        a_row("import: most memory held, MB", held[PEOPLE], MOST_MEGABYTES),
        a_row(
            "import: memory held by half as many, MB", held[PEOPLE // 2], MOST_MEGABYTES, people=PEOPLE // 2
        ),
    ]


def a_lead(slug: str) -> Seat:
    return a_seat(a_coalition(slug, slug=slug, state="KY"), f"{slug} Lead", "other", lead=True)


def a_row(
    name: str, value: float, most: float, *, lost: int = 0, doubled: int = 0, people: int = PEOPLE
) -> Row:
    return {
        "name": name,
        "injected": people,
        "expected": f"{most} or less",
        "lost": lost,
        "doubled": doubled,
        "value": round(value, 2),
        "holds": value <= most and not lost and not doubled,
    }
