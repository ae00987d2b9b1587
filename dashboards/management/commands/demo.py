"""`manage.py demo`: a throwaway site with the invented table, until Ctrl-C."""

import http.client
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from dashboards.demo.personas import PERSONAS
from dashboards.demo.table import BY_KEY

HOST = "127.0.0.1"
PATIENCE = 60  # seconds until the site has to answer
WEB = (
    "gunicorn",
    "config.wsgi",
    "--worker-class=gthread",
    "--workers=1",
    "--threads=8",
    "--log-level=warning",
)
WORKER = (
    "celery",
    "-q",
    "-A",
    "config",
    "worker",
    "-B",
    "--pool=solo",
    "--concurrency=1",
    "--loglevel=ERROR",
)
SIGNS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
Processes = list[subprocess.Popen]
SIGN_IN_AS = ("dana", "sam", "marisol", "tonya", "helen", "nora")
ELSEWHERE = ("evaluator", "small")


class Stopped(Exception):
    """Somebody pressed Ctrl-C, or the terminal went away."""


class Command(BaseCommand):
    help = "Serve eight invented coalitions, one of them living, on 127.0.0.1:$PORT, with its worker, until Ctrl-C."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        port = a_free_port(os.environ.get("PORT") or "8000")
        folder = settings.VAR_DIR / "demo" / str(port)
        started: Processes = []
        for sign in SIGNS:
            signal.signal(sign, stop)
        try:
            self.stdout.write("Setting eight tables (half a minute)")
            environment = surroundings(folder, port)
            prepare(environment, started)
            serving = [
                start(["-m", *WEB, f"--bind={HOST}:{port}"], environment, started),
                start(["-m", *WORKER, f"--schedule={folder / 'beat'}"], environment, started),
            ]
            wait_until_it_answers(port, serving)
            self.welcome(port)
            watch(serving)
        except Stopped:
            self.stdout.write("\nStopping.")
        finally:
            for sign in SIGNS:
                signal.signal(sign, signal.SIG_IGN)
            end(started)
            shutil.rmtree(folder, ignore_errors=True)
        self.stdout.write("The demo has stopped. Nothing of it is kept.")

    def welcome(self, port: int) -> None:
        people = [(BY_KEY[key].email, f"{BY_KEY[key].name}, {BY_KEY[key].title}") for key in SIGN_IN_AS]
        people += [(PERSONAS[who].email, f"{PERSONAS[who].name}, {PERSONAS[who].label}") for who in ELSEWHERE]
        listed = "\n".join(f"    {email:34}{who}" for email, who in people)
        self.stdout.write(
            f"\n  The demo is at   http://{HOST}:{port}/demo/\n"
            "  One click there signs you in as anyone. Or sign in by mail, as one of these:\n"
            f"{listed}\n"
            f"  No mail leaves this machine. The code is at   http://{HOST}:{port}/demo/mail/\n\n  Ctrl-C stops it.\n"
        )


def a_free_port(wanted: str) -> int:
    if not wanted.isascii() or not wanted.isdigit() or not 1 <= int(wanted) <= 65535:
        raise CommandError(f'PORT has to be a number from 1 to 65535, not "{wanted}".')
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(wanted)))
        except OSError as error:
            raise CommandError(
                f"Port {wanted} is not free ({error.strerror}). Try another: PORT=8123 make demo"
            ) from None
    return int(wanted)


def surroundings(folder: Path, port: int) -> dict[str, str]:
    """The environment of a throwaway site, whatever the one around it says."""
    return os.environ | {
        "DEMO": "1",
        "VAR_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'table.sqlite3'}",
        "REDIS_URL": "",
        "EMAIL_URL": "consolemail://",
        "SITE_URL": f"http://{HOST}:{port}",
        "SEND_AT_ONCE": "1",
        "SECRET_KEY": secrets.token_urlsafe(48),
        "ALLOWED_HOSTS": f"{HOST},localhost",
        "CSRF_TRUSTED_ORIGINS": "",
        "HTTPS": "0",
        "BEHIND_PROXY": "0",
        "DEBUG": "0",
        "PLAIN_STATIC": "0",
        "PORT": str(port),
        "PYTHONUNBUFFERED": "1",
        # In a container everything runs as root; a throwaway worker needs no long warning about it.
        "PYTHONWARNINGS": "ignore:You're running the worker:UserWarning",
    }


def prepare(environment: dict[str, str], started: Processes) -> None:
    """A fresh database with the table set, and collected files."""
    folder = Path(environment["VAR_DIR"])
    shutil.rmtree(folder, ignore_errors=True)
    static = folder / "static"
    static.mkdir(parents=True)
    # Whether files get names with a hash is decided by a manifest that is there when settings are read.
    (static / "staticfiles.json").write_text('{"version": "1.1", "paths": {}, "hash": ""}', encoding="utf-8")
    collecting = start(["manage.py", "collectstatic", "--no-input", "--verbosity=0"], environment, started)
    for command in ("migrate", "load_demo"):
        done(start(["manage.py", command, "--verbosity=0"], environment, started))
    done(collecting)


def start(arguments: list[str], environment: dict[str, str], started: Processes) -> subprocess.Popen:
    """In a group of its own, so that Ctrl-C reaches it once, through us, and its children end with it."""
    process = subprocess.Popen(
        [sys.executable, *arguments], cwd=settings.BASE_DIR, env=environment, start_new_session=True
    )
    started.append(process)
    return process


def done(process: subprocess.Popen) -> None:
    if process.wait():
        raise CommandError(f"{name_of(process)} did not work.")


def name_of(process: subprocess.Popen) -> str:
    """`gunicorn` of `python -m gunicorn ...`, `migrate` of `python manage.py migrate ...`."""
    return process.args[2]  # type: ignore[index]


def wait_until_it_answers(port: int, running: Processes) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        complain_if_ended(running)
        with suppress(OSError):  # not listening yet
            connection = http.client.HTTPConnection(HOST, port, timeout=10)
            connection.request("GET", "/demo/")
            if connection.getresponse().status == 200:
                return
        time.sleep(0.2)
    raise CommandError(f"The site did not answer on port {port} within {PATIENCE} seconds.")


def watch(running: Processes) -> None:
    while True:
        complain_if_ended(running)
        time.sleep(0.5)


def complain_if_ended(running: Processes) -> None:
    for process in running:
        if process.poll() is not None:
            raise CommandError(f"{name_of(process)} ended by itself ({process.returncode}).")


def end(started: Processes) -> None:
    for process in started:
        if process.poll() is None:
            process.terminate()
    for process in started:
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=15)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def stop(sign: int, frame: FrameType | None) -> None:
    raise Stopped
