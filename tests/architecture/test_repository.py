"""The repository speaks of the product alone, and is whole."""

import re
from pathlib import PurePosixPath

import pytest

from .house import ROOT, short, tracked

TEXT = {
    ".cfg",
    ".css",
    ".csv",
    ".html",
    ".in",
    ".js",
    ".json",
    ".lock",
    ".md",
    ".po",
    ".py",
    ".svg",
    ".toml",
    ".txt",
}
TEXT |= {".yaml", ".yml", ""}
# Spelled in parts, so that this file does not find itself.
REGISTRIES = [".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"))]
REGISTRIES += [".".join(parts) for parts in (("npmjs", "com"), ("deb", "debian", "org"))]
MACHINE = re.compile(r"(?<![\w./-])/(?:work|root|home|Users)/[\w.]+")


def read(path):
    return path.read_text(encoding="utf-8", errors="replace")


@pytest.fixture(scope="module")
def texts():
    return {short(path): read(path) for path in tracked() if PurePosixPath(path).suffix in TEXT}


def test_no_file_names_a_path_of_one_machine(texts):
    found = {name: MACHINE.findall(text) for name, text in texts.items() if MACHINE.search(text)}
    assert found == {}


def test_no_file_names_a_package_registry(texts):
    found = {name for name, text in texts.items() if any(host in text for host in REGISTRIES)}
    assert found == set()


def test_the_locks_pin_everything_with_a_hash(texts):
    for name in (name for name in texts if name.endswith(".lock")):
        pins = re.split(r"\n(?=[a-z])", re.sub(r"(?m)^#.*\n", "", texts[name]).strip())
        assert len(pins) > 10
        assert [pin for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == []


def test_the_licence_is_whole(texts):
    licence = texts["LICENSE"]
    assert licence.split()[:5] == ["GNU", "AFFERO", "GENERAL", "PUBLIC", "LICENSE"]
    assert all(f"\n  {number}. " in licence for number in range(18))
    assert "END OF TERMS AND CONDITIONS" in licence


def test_the_database_logs_no_statement_with_an_answer_in_it(texts):
    command = re.search(r"command: postgres (.+)", texts["docker-compose.yml"])[1]
    assert "log_min_error_statement=panic" in command
    assert "log_error_verbosity=terse" in command


def test_every_file_that_our_pages_name_is_there(texts):
    rooms = {path.name for path in ROOT.iterdir() if path.is_dir()}
    named = {
        (name, path)
        for name, text in texts.items()
        if name.endswith(".md") and "decisions" not in name  # a decision speaks of its own day
        for path in re.findall(r"`([\w.]+/[\w./]*)`", text)
        if path.partition("/")[0] in rooms - {"var"}
    }
    assert len(named) > 50
    assert {(name, path) for name, path in named if not (ROOT / path).exists()} == set()


def test_decisions_are_numbered_and_listed(texts):
    home = "docs/decisions/"
    decisions = [name.removeprefix(home) for name in sorted(texts) if name.startswith(home + "0")]
    assert [int(name[:4]) for name in decisions] == list(range(1, len(decisions) + 1))
    for name in decisions:
        number, title = re.match(r"# (\d{4}) (.+)\n", texts[home + name]).groups()
        assert name.startswith(number)
        assert f"- [{number}]({name}) {title}\n" in texts[home + "README.md"]


def test_every_setting_is_in_the_example(texts):
    asked = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', (ROOT / "config" / "settings.py").read_text()))
    asked |= set(re.findall(r"\$\{([A-Z_]+)", texts["docker-compose.yml"]))
    assert set(re.findall(r"(?m)^(?:# )?([A-Z_]+)=", (ROOT / ".env.example").read_text())) == asked


def test_links_between_our_pages_lead_somewhere(texts):
    broken = [
        (name, target)
        for name, text in texts.items()
        if name.endswith(".md")
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text)
        if not (ROOT / name).parent.joinpath(target).exists()
    ]
    assert broken == []
