"""The addresses in a cell or a field, and what is wrong with one."""

import re
from enum import Enum

# Narrower than the standard, and than the channel that carries mail: a seat gets only an address that any server takes.
ADDRESS = re.compile(
    r"(?=.{3,254}\Z)(?=[^@]{1,64}@)[a-z0-9_+'-]+(?:\.[a-z0-9_+'-]+)*"
    r"@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}\Z"
)
BRACKETED = re.compile(r"<([^<>\s]*)>")
BETWEEN = re.compile(r"[\s;,|/]+")
JOINING = {"", "or", "and", "y", "o", "e", "u", "&"}


def addresses(cell: str) -> list[str]:
    """Every address in the cell, or none if anything else is in it: we do not pick one out of a sentence.

    "Rosa Díaz <rosa@example.org>" is one address; so is "mailto:rosa@example.org".
    """
    cell = cell.lower()
    found = BRACKETED.findall(cell) or BETWEEN.split(cell)
    found = [word.removeprefix("mailto:") for word in found if word not in JOINING]
    return list(dict.fromkeys(found)) if all(map(ADDRESS.match, found)) else []


class Wrong(Enum):
    NOT_ONE = "not one"
    TOO_LONG = "too long"
    LETTERS = "letters"
    NOT_AN_ADDRESS = "not an address"


LONGEST = 254


def only_address(text: str) -> str | Wrong:
    """The one address in a field that a person filled in, or what is wrong with what they wrote."""
    found = addresses(text)
    if len(found) == 1 and not re.search(r"[\r\n]", text.strip()):
        return found[0]
    if len(found) > 1 or text.count("@") > 1 or re.search(r"\s", text.strip()):
        return Wrong.NOT_ONE
    if len(text) > LONGEST:
        return Wrong.TOO_LONG
    return Wrong.NOT_AN_ADDRESS if text.isascii() else Wrong.LETTERS
