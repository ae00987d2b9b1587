"""Gentle warnings before words are shared: what could tell others whose they are."""

import re
from collections.abc import Iterable

RUN = 4  # words in a row that are the same: fewer happen by chance


def _split(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


def resembles(words: str, known: Iterable[str]) -> str:
    """The first text that shares four words in a row with `words`, or ""."""
    runs = {tuple(run) for run in _runs(_split(words))}
    return next((text for text in known if runs & {tuple(run) for run in _runs(_split(text))}), "")


def _runs(words: list[str]) -> list[list[str]]:
    return [words[at : at + RUN] for at in range(len(words) - RUN + 1)]


def names_in(words: str, names: Iterable[str]) -> list[str]:
    """Which of these people are named, by a first or last name of three letters or more, or any address."""
    said = set(_split(words))
    found = [name for name in names if any(len(part) > 2 and part in said for part in _split(name))]
    return found + re.findall(r"\S+@\S+\.\S+|\+?\d[\d\s().-]{7,}\d", words)
