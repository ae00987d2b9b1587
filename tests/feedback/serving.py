"""A site with one form, behind the server of production, on a database of its own."""

import os
import secrets
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.journeys import served

GUNICORN = ("-m", "gunicorn", "config.wsgi", "--worker-class=gthread", "--workers=2", "--threads=4")
PREPARE = """
import uuid
from datetime import date
from coalitions.models import Group
from feedback.models import Form, Wording
from tests.factories.tables import a_coalition, a_seat
table = a_coalition("Care Forward Kentucky", slug="care-forward", state="KY", time_zone="America/New_York")
for name, group in (("Rosa Reader", Group.PARENT), ("Ana Reader", Group.ADVOCATE)):
    a_seat(table, name, group, reader=True)
form = Form.objects.create(coalition=table, code="bench", name="Bench", form=uuid.uuid4())
yes = [{"code": c, "text": {"en": t, "es": s}} for c, t, s in
       (("yes", "Yes", "Sí"), ("no", "No", "No"), ("dont_know", "I don’t know", "No sé"))]
asked = [
    {"code": "asked", "kind": "choice", "text": {"en": "Did anyone ask you?", "es": "¿Le preguntaron?"}, "choices": yes},
    {"code": "changed", "kind": "choice", "text": {"en": "Did anything change?", "es": "¿Cambió algo?"}, "choices": yes},
    {"code": "most", "kind": "open", "text": {"en": "What would help most?", "es": "¿Qué ayudaría más?"}},
]
made = Wording.objects.create(form=form, number=1, languages=["en", "es"], content={"questions": asked},
                              published_on=date(2026, 1, 1))
print(made.pk)
"""


@contextmanager
def a_form(
    database: str | None = None, command: tuple[str, ...] = GUNICORN, **more: str
) -> Iterator[tuple[served.Site, str, subprocess.Popen]]:
    """(site, the number of its wording, the server). `database` instead of the one that DATABASE_URL names."""
    before = os.environ.get("DATABASE_URL", "")
    _point_at(before if database is None else database)
    try:
        with (
            tempfile.TemporaryDirectory() as folder,
            served.a_database(Path(folder)) as made,
            socket.create_server(("127.0.0.1", 0), backlog=64) as listening,
        ):
            own = {"ANSWERS_FROM_ONE_PLACE": "1000000", "SECRET_KEY": secrets.token_urlsafe(48)}
            around = served.surroundings(Path(folder), made) | own | more
            site = served.Site(f"http://127.0.0.1:{listening.getsockname()[1]}", Path(folder), around)
            site.run("manage.py", "migrate", "--verbosity=0")
            wording = site.django(*PREPARE.strip().splitlines()).split()[-1]
            with served.serving(site, listening, command) as server:
                yield site, wording, server
    finally:
        _point_at(before)


def _point_at(database: str) -> None:
    os.environ["DATABASE_URL"] = database
    if not database:
        del os.environ["DATABASE_URL"]
    served.needs.postgres.cache_clear()
