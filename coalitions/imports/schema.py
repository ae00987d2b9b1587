"""What a list is to hold: its fields, the words that columns and cells may use for them, in English and Spanish."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cache


class Kind(Enum):
    TEXT = "a text in one line"
    NAME = "a person's name"
    EMAIL = "an email address"
    WORD = "one of a few words"
    DAY = "a day"


@dataclass(frozen=True)
class Field:
    """`called` are its own names; `also` are names that people use, which count if the cells look right.

    Texts are parted by "|", in small letters without accents, as `plain` leaves them. A field with `parts` may be
    put together from those instead.
    """

    name: str
    kind: Kind
    called: str
    also: str = ""
    needed: bool = False
    longest: int = 120
    words: Mapping[str, str] = field(default_factory=dict)
    parts: tuple[str, ...] = ()
    is_part: bool = False


@dataclass(frozen=True)
class Schema:
    """`key` tells one row from another. `name` is what the caller finds it by again."""

    name: str
    key: str
    fields: tuple[Field, ...]

    def __getitem__(self, name: str) -> Field:
        return next(each for each in self.fields if each.name == name)

    @property
    def names(self) -> list[str]:
        return [each.name for each in self.fields]

    def missing(self, columns: list[str], filled: Mapping[str, str]) -> list[str]:
        """The needed fields that no column and no single word for everyone gives."""
        given = {name for name in columns if name} | {name for name, word in filled.items() if word}
        return [
            each.name
            for each in self.fields
            if each.needed and not given.intersection({each.name, *each.parts})
        ]


def plain(text: str) -> str:
    """Small letters without accents and signs: "Correo Electrónico:" is "correo electronico"."""
    if not text.isascii():
        text = "".join(
            sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign)
        )
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


def key_of(word: str) -> str:
    """What a word is known by, however it is spelled."""
    return plain(word) or word.strip()


@cache
def split(words: str) -> frozenset[str]:
    return frozenset(words.split("|")) - {""}


def word_of(each: Field, cell: str) -> str | None:
    """The word that a cell stands for, if we know it."""
    found = key_of(cell)
    return next(
        (value for value, words in each.words.items() if found == value or found in split(words)), None
    )
