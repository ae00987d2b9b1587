"""An idle worker and beat, left alone for an hour: do they still answer, and do they grow?

    REDIS_URL=redis://127.0.0.1:6379/9 python -m tests.outbox.soak 60

The database of that number must be empty; beat rings every five minutes, so that each line lies idle for longer
than any limit of the client. Every minute a line says how old the last ring is, what memory each process holds, and
what the log says went wrong. It ends with 1 if a ring was missed, a process died, or anything was raised.
"""

import os
import re
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from tests.journeys.served import ROOT, a_database

EVERY = 300
MINUTE = 60
LATE = 30
WRONG = re.compile(
    r"Traceback|\b(?:ERROR|CRITICAL)\b|[A-Z]\w+Error\b|Connection to broker lost|stale connection"
)


def main(minutes: float) -> int:
    with tempfile.TemporaryDirectory() as folder, a_database(Path(folder)) as database:
        environment = _environment(folder, database)
        done = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
        subprocess.run(done, cwd=ROOT, env=environment, check=True)
        logs = {name: Path(folder) / f"{name}.log" for name in ("worker", "beat")}
        beat = ["-A", "tests.outbox.quiet", "beat", f"--schedule={folder}/beat"]
        worker = ["-A", "config", "worker", "--concurrency=2"]
        with (
            _running(worker, logs["worker"], environment) as first,
            _running(beat, logs["beat"], environment) as second,
        ):
            return _watch({"worker": first, "beat": second}, logs, environment, minutes)


def _environment(folder: str, database: str) -> dict[str, str]:
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": database,
        "VAR_DIR": folder,
        "SECRET_KEY": secrets.token_urlsafe(48),
        "EMAIL_URL": f"filemail:///{folder}/mail",
        "EVERY": str(EVERY),
        "DEMO": "0",
        "DEBUG": "0",
    }


@contextmanager
def _running(arguments: list[str], log: Path, environment: dict[str, str]) -> Iterator[subprocess.Popen]:
    with log.open("w") as told:
        command = [sys.executable, "-m", "celery", *arguments, "--loglevel=INFO"]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=told, stderr=told)
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _watch(processes: dict, logs: dict[str, Path], environment: dict[str, str], minutes: float) -> int:
    began, holds = time.monotonic(), True
    while time.monotonic() < began + minutes * MINUTE:
        time.sleep(MINUTE)
        passed = time.monotonic() - began
        age = _age(environment)
        wrong = [line for log in logs.values() for line in log.read_text().splitlines() if WRONG.search(line)]
        alive = all(process.poll() is None for process in processes.values())
        # The first ring comes one whole wait after the start.
        missed = (passed if age is None else age) > EVERY + LATE
        holds = holds and alive and not missed and not wrong
        held = ", ".join(f"{name} {_memory(process.pid)} MB" for name, process in processes.items())
        answered = logs["worker"].read_text().count(" succeeded in ")
        print(
            f"{datetime.now(UTC):%H:%M:%S} minute {passed / MINUTE:.0f}: ring {age if age is None else round(age)} s ago, "
            f"{answered} tasks, {held}, {'alive' if alive else 'DEAD'}, wrong: {wrong[-3:] or 'nothing'}",
            flush=True,
        )
    print("holds" if holds else "DOES NOT HOLD", flush=True)
    return 0 if holds else 1


def _age(environment: dict[str, str]) -> float | None:
    code = (
        "import django; django.setup(); from django.utils import timezone; from outbox.models import Ring\n"
        "for ring in Ring.objects.filter(name='mail'): print((timezone.now() - ring.at).total_seconds())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    return float(done.stdout) if done.stdout.strip() else None


def _memory(pid: int) -> str:
    """Of the process and its children, which share much of it."""
    listed = subprocess.run(
        ["ps", "-o", "rss=", "--pid", str(pid), "--ppid", str(pid)], capture_output=True, text=True
    )
    return "+".join(str(int(kilobytes) // 1024) for kilobytes in listed.stdout.split())


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 60))
