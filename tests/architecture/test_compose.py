"""docker-compose.yml, read as text, since no YAML is among what we install: nobody starts before what they lean on."""

import json
import re

import pytest

from .house import ROOT

COMPOSE = re.sub(r"(?m)^ *#.*\n", "", (ROOT / "docker-compose.yml").read_text())
OURS = {"web", "worker", "beat"}
ONCE = {"migrate"}


def blocks(text: str, indent: int) -> dict[str, str]:
    """The keys at this depth, each with the lines below it."""
    parts = re.split(rf"(?m)^ {{{indent}}}([\w-]+):", text)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


TOP = blocks(COMPOSE, 0)
SERVICES = blocks(TOP["services"], 2)
SHARED = blocks(TOP["x-table"], 2)


def keys(service: str) -> dict[str, str]:
    """What holds for a service: its own keys over those it shares."""
    own = blocks(SERVICES[service], 4)
    return SHARED | own if "<<: *table" in SERVICES[service] else own


def leans_on(service: str) -> dict[str, str]:
    return dict(re.findall(r"(\w+): \{condition: (\w+)\}", keys(service).get("depends_on", "")))


def probe(service: str) -> list[str]:
    """The words of its health check."""
    listed = re.search(r"test: \[(.+)\]", keys(service)["healthcheck"])[1]
    return [json.loads(word) if word[0] == '"' else word for word in re.findall(r'"[^"]*"|[^\s,]+', listed)]


def test_all_that_runs_is_here():
    assert set(SERVICES) == OURS | ONCE | {"database", "redis"}


@pytest.mark.parametrize("service", sorted(set(SERVICES) - ONCE))
def test_what_stays_up_says_how_it_is_and_how_much_it_may_hold(service):
    assert probe(service)[0] in {"CMD", "CMD-SHELL"}
    assert {"interval", "timeout"} <= set(blocks(keys(service)["healthcheck"], 6))
    assert keys(service)["mem_limit"]
    assert keys(service)["restart"].strip() == "unless-stopped"


@pytest.mark.parametrize("service", sorted(OURS))
def test_nobody_starts_before_what_they_lean_on(service):
    assert leans_on(service) == {
        "migrate": "service_completed_successfully",
        "database": "service_healthy",
        "redis": "service_healthy",
    }


def test_the_migration_runs_once_and_waits_for_the_database():
    assert leans_on("migrate") == {"database": "service_healthy"}
    assert keys("migrate")["restart"].strip() == '"no"'
    assert "check --deploy" in keys("migrate")["command"]


def test_all_memory_together_fits_a_small_server():
    held = [int(keys(service)["mem_limit"].strip(" m\n").split("m")[0]) for service in set(SERVICES) - ONCE]
    assert sum(held) <= 2200


def test_the_worker_may_end_what_it_is_sending(settings):
    seconds = int(re.match(r" (\d+)s", keys("worker")["stop_grace_period"])[1])
    assert seconds >= 5 * settings.EMAIL_TIMEOUT


def test_no_password_stands_here():
    said = re.findall(r"PASSWORD: \"?(.)|://\w+:(.)[^/]*@", COMPOSE)
    assert said
    assert {first or second for first, second in said} == {"$"}
