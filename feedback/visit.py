"""One visit to a form: where somebody is, and what they have said so far. Pure: plain values.

It lives in the page, sealed, and nowhere else until it is sent.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

LONGEST = 1000
QUICK = 3.0  # seconds: nobody reads a form in less
ROLE = "role"
PICKS = ("choice", "scale")


class Unfit(Exception):
    """What was sent is no answer. Its text is the key of the sentence that says so."""


@dataclass(frozen=True)
class Choice:
    code: str
    text: Mapping[str, str]

    def says(self, language: str) -> str:
        return _in(self.text, language)


@dataclass(frozen=True)
class Question:
    code: str
    kind: str
    text: Mapping[str, str]
    choices: tuple[Choice, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.kind not in PICKS

    def says(self, language: str) -> str:
        return _in(self.text, language)

    def spoken_in(self, language: str) -> str:
        """The language it is in, where it was not written in this one."""
        return language if self.text.get(language) else _first(self.text)


def _in(text: Mapping[str, str], language: str) -> str:
    return text.get(language) or text.get(_first(text), "")


def _first(text: Mapping[str, str]) -> str:
    """English where it is there: it has been checked more often than the rest."""
    return "en" if text.get("en") else next((each for each in text if text[each]), "en")


def questions_of(content: Mapping[str, Any]) -> tuple[Question, ...]:
    """`content` as a wording keeps it: {"questions": [{"code", "kind", "text", "choices"}]}."""
    return tuple(
        Question(
            row["code"],
            row["kind"],
            row["text"],
            tuple(Choice(each["code"], each["text"]) for each in row.get("choices", ())),
        )
        for row in content["questions"]
    )


@dataclass(frozen=True)
class Visit:
    """`id` makes the visit one, however often it is sent; `began` is in seconds since 1970; `at` counts from 0."""

    id: UUID
    wording: int
    began: float
    at: int = 0
    answers: Mapping[str, str] | None = None
    looked: bool = False  # whether they saw the last page before sending

    @property
    def said(self) -> dict[str, str]:
        return dict(self.answers or {})

    def saying(self, question: Question, answer: str) -> "Visit":
        """With this answer to this question, or without any for an empty one."""
        answers = self.said
        answers.pop(question.code, None)
        return replace(self, answers=answers | ({question.code: answer} if answer else {}))

    def going(self, to: int) -> "Visit":
        return replace(self, at=max(0, to))

    def is_too_quick(self, now: float) -> bool:
        return now - self.began < QUICK

    def kept(self) -> dict[str, Any]:
        """For sealing."""
        return {
            "v": self.id.hex,
            "w": self.wording,
            "b": int(self.began),
            "i": self.at,
            "a": self.said,
            "l": self.looked,
        }

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Visit":
        return cls(UUID(kept["v"]), kept["w"], kept["b"], kept["i"], kept["a"], kept["l"])


def fit(question: Question, sent: str) -> str:
    """The answer in what was sent, empty for none. Raises Unfit with the key of a sentence."""
    if question.is_open:
        text = clean(sent)
        if "\x00" in sent:  # no keyboard types one, and PostgreSQL keeps none
            raise Unfit("bad_signs")
        if len(text) > LONGEST:
            raise Unfit("too_long")
        return text
    if sent and sent not in {choice.code for choice in question.choices}:
        raise Unfit("pick_from_list")
    return sent


def clean(text: str) -> str:
    """Without signs that no eye sees or that turn others around; a line break stays one."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    seen = ("".join(sign for sign in line if _is_seen(sign)).strip() for line in lines)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(seen)).strip()


def _is_seen(sign: str) -> bool:
    """Joiners and the marks of right-to-left writing are part of words; embeddings and controls are not."""
    if sign == "\t":
        return True
    if sign in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069":
        return False
    return unicodedata.category(sign) not in {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}


def own_words(questions: Sequence[Question], answers: Mapping[str, str]) -> list[tuple[Question, str]]:
    return [(each, answers[each.code]) for each in questions if each.is_open and answers.get(each.code)]
