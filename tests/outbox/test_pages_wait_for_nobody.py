"""A broker that never answers and a mail server that stalls: pages that write mail are as quick as ever."""

import ast
import json
import socket
import subprocess
import sys
import time
import uuid
from contextlib import closing
from datetime import timedelta
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

import pytest
from django.test import override_settings
from django.utils import timezone

from coalitions.models import Group
from outbox.models import Message
from tests.architecture.house import modules, short, tree
from tests.architecture.test_compose import probe
from tests.factories.rounds import an_open_round
from tests.factories.tables import a_coalition, a_seat
from tests.journeys.served import a_site
from tests.members.signing_in import just_signed_in
from tests.outbox.clockwork import here
from tests.outbox.smtp import Server

TOKEN = "t" * 32
QUICK = 3  # on a busy machine; the mail server would cost eight seconds, the broker fifteen
TABLE, NAME = "/c/care-forward", "table.example.org"


def test_no_page_rings_a_bell_of_the_broker():
    """Beat alone puts tasks into it."""
    ringing = {"delay", "apply_async", "send_task"}
    found = [
        short(path)
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in ringing
    ]
    assert found == []


@pytest.fixture(scope="module")
def hole():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


@pytest.fixture(scope="module")
def post_office():
    with Server() as server:
        yield server


@pytest.fixture(scope="module")
def site(tmp_path_factory, hole, post_office, django_db_blocker):
    """Served, with a lead, somebody to invite, and people to remind."""
    told = {}

    def prepare(site) -> None:
        mail = f"smtp://127.0.0.1:{post_office.port}"
        site.environment.update(REDIS_URL=f"redis://127.0.0.1:{hole}/0", EMAIL_URL=mail, SEND_AT_ONCE="on")
        site.environment.update(HTTPS="on", BEHIND_PROXY="on", ALLOWED_HOSTS=f"{NAME},127.0.0.1")
        key = override_settings(SECRET_KEY=site.environment["SECRET_KEY"])
        with django_db_blocker.unblock(), here(site.database), key:
            told.update(_people())

    folder = tmp_path_factory.mktemp("waits") / "site"
    with a_site(folder, before_serving=prepare, collected=False) as site:
        assert ask(site, "GET", "/livez")[:2] == (200, b"ok")  # by then the server has started
        yield site, told


def _people() -> dict[str, str]:
    table = a_coalition("Care Forward", slug="care-forward", state="KY", time_zone="America/New_York")
    lead = a_seat(table, "stall-Lena Lead", Group.ADVOCATE, lead=True)
    a_seat(table, "stall-Paz Parent", Group.PARENT)
    listed = a_seat(table, "stall-Lou Listed", Group.PARENT, arrived=None)
    an_open_round(table, lead, now=timezone.now() - timedelta(days=3))
    client = just_signed_in(lead)
    return {"lead": lead.member.email, "listed": str(listed.pk), "session": client.cookies["sessionid"].value}


def ask(site, method: str, path: str, session: str = "", **fields: str) -> tuple[int, bytes, float]:
    """Through a proxy that ended TLS: the status, the answer, and how long it took."""
    cookies = f"csrftoken={TOKEN}" + (f"; sessionid={session}" if session else "")
    headers = {"Cookie": cookies, "X-CSRFToken": TOKEN, "Content-Type": "application/x-www-form-urlencoded"}
    headers |= {"Host": NAME, "X-Forwarded-Proto": "https", "Referer": f"https://{NAME}{path}"}
    began = time.monotonic()
    with closing(HTTPConnection(urlsplit(site.address).netloc, timeout=60)) as line:
        line.request(method, path, urlencode(fields), headers)
        answer = line.getresponse()
        return answer.status, answer.read(), time.monotonic() - began


def test_signing_in_inviting_reminding_and_moving_wait_for_nobody(site, post_office, django_db_blocker):
    site, told = site
    form, took = str(uuid.uuid4()), {}
    for path, session, fields in (
        ("/sign-in/", "", {"email": told["lead"]}),
        (f"{TABLE}/people/{told['listed']}/invite/", told["session"], {"form": form}),
        (f"{TABLE}/reminders/", told["session"], {"form": form, "slot": "midpoint"}),
        ("/me/email/", told["session"], {"email": "stall-new@example.org"}),
    ):
        status, answer, took[path] = ask(site, "POST", path, session, **fields)
        assert status in (302, 303), (path, status, answer[:300])
    with django_db_blocker.unblock(), here(site.database):
        about = {message.key.partition("/")[0] for message in Message.objects.all()}
    assert len(about) == len(took), about
    assert max(took.values()) < QUICK, took
    # The code was on its way to a mail server that says nothing, while nobody waited.
    end = time.monotonic() + 5
    while not post_office.tries and time.monotonic() < end:
        time.sleep(0.05)
    assert post_office.tries


def test_whoever_watches_is_told_and_does_not_wait(site):
    site, _told = site
    status, answer, took = ask(site, "GET", "/readyz")
    assert (status, json.loads(answer)["broker"]) == (503, "trouble")
    assert took < 2.5


def test_the_health_check_of_the_container_gets_through(site):
    """Its own words, without the proxy; only the number of the port is another one."""
    site, _told = site
    port = str(urlsplit(site.address).port)
    _cmd, _python, *words = [word.replace("8000", port) for word in probe("web")]
    assert subprocess.run([sys.executable, *words], capture_output=True).returncode == 0
    broken = [word.replace("/livez", "/nowhere") for word in words]
    assert subprocess.run([sys.executable, *broken], capture_output=True).returncode != 0
