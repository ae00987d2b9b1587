"""The addresses in a cell."""

import re

# Narrower than the standard on purpose: each address here is one that every mail server takes.
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
