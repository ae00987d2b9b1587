"""What people said and what the table did, for anybody to read."""

from dataclasses import dataclass
from datetime import date

from coalitions.models import Coalition

MOST = 3


@dataclass(frozen=True)
class Shown:
    said: str
    said_in: str  # the language it is in
    did: str
    did_in: str
    done: str
    due: date | None


def last_said(coalition: Coalition, language: str, *, most: int = MOST) -> list[Shown]:
    """The newest ones, each in this language where it was written in it. One query."""
    shown = []
    for row in coalition.said_and_done.all()[:most]:  # type: ignore[attr-defined]
        said_in, did_in = _in(row.said, language, row.language), _in(row.did, language, row.language)
        said, did = row.said.get(said_in, ""), row.did.get(did_in, "")
        shown.append(Shown(said, said_in, did, did_in, row.done, row.due))
    return shown


def _in(texts: dict[str, str], language: str, first: str) -> str:
    return next((each for each in (language, first, *texts) if texts.get(each)), first)
