"""A site of its own for a journey: a fresh database, files and logs in one folder, behind a real server."""

import os
import secrets
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests import needs

ROOT = Path(__file__).resolve().parents[2]
GUNICORN = ("-m", "gunicorn", "config.wsgi", "--worker-class=gthread", "--workers=1", "--threads=8")


@dataclass(frozen=True)
class Site:
    address: str
    folder: Path
    environment: dict[str, str]

    @property
    def database(self) -> str:
        return self.environment["DATABASE_URL"]

    def run(self, *arguments: str) -> str:
        """What `python ...` says beside this site."""
        command = [sys.executable, *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True)
        with (self.folder / "commands.log").open("a") as log:
            log.write(done.stdout + done.stderr)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def django(self, *lines: str) -> str:
        """What these lines say, run in a process of their own beside the site."""
        return self.run("-c", "\n".join(("import django", "django.setup()", *lines)))

    def connect(self):
        """A connection beside the site's own, to its database."""
        if self.database.startswith("sqlite"):
            return closing(sqlite3.connect(self.database.removeprefix("sqlite:///")))
        return psycopg.connect(self.database, autocommit=True)


@contextmanager
def a_site(folder: Path, *, before_serving=lambda site: None) -> Iterator[Site]:
    """Migrated, with collected static files, serving until the end; then gone."""
    # The socket listens from here on, so that a browser waits instead of being refused.
    with a_database(folder) as database, socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        site = Site(f"http://127.0.0.1:{port}", folder, surroundings(folder, database))
        # Whether files get names with a hash is decided by a manifest that is there when settings are read.
        static = folder / "static"
        static.mkdir(parents=True)
        (static / "staticfiles.json").write_text('{"version": "1.1", "paths": {}, "hash": ""}')
        site.run("manage.py", "collectstatic", "--no-input", "--ignore=admin", "--verbosity=0")
        site.run("manage.py", "migrate", "--verbosity=0")
        before_serving(site)
        with serving(site, listening):
            yield site
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def serving(
    site: Site, listening: socket.socket, command: tuple[str, ...] = GUNICORN
) -> Iterator[subprocess.Popen]:
    bound = f"--bind=fd://{listening.fileno()}"
    with (site.folder / "server.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, *command, bound], cwd=ROOT, env=site.environment,
            stdout=log, stderr=log, pass_fds=[listening.fileno()],
        )  # fmt: skip
        try:
            yield server
        finally:
            server.terminate()
            try:
                server.wait(timeout=20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


@contextmanager
def a_database(folder: Path) -> Iterator[str]:
    """On the server that DATABASE_URL names, if it names PostgreSQL; a SQLite file otherwise."""
    if not needs.postgres():
        yield f"sqlite:///{folder / 'table.sqlite3'}"
        return
    name = f"journey_{secrets.token_hex(6)}"
    server, _slash, _name = os.environ["DATABASE_URL"].partition("?")[0].rpartition("/")
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as keeper:
        keeper.execute(f'CREATE DATABASE "{name}"')
    try:
        yield f"{server}/{name}"
    finally:
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as keeper:
            keeper.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def surroundings(folder: Path, database: str) -> dict[str, str]:
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "VAR_DIR": str(folder),
        "DATABASE_URL": database,
        "EMAIL_URL": f"filemail:///{folder}/mail",
        "SECRET_KEY": secrets.token_urlsafe(48),
        "REDIS_URL": "",
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "CSRF_TRUSTED_ORIGINS": "",
        "DEMO": "0",
        "HTTPS": "0",
        "BEHIND_PROXY": "0",
        "DEBUG": "0",
        "PLAIN_STATIC": "0",
        "PYTHONUNBUFFERED": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
