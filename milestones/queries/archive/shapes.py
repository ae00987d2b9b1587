"""What the JSON of a round looks like: a wording, figures, and the documents that went out."""

from itertools import count
from typing import Any

from web.archives.shapes import a_code, a_day, a_link, fits

from ...disclosure import LADDER, code
from ...models import Change
from ...models.record import How, Kind, Mark, Stand

LEVELS = range(1, 10)
LEVEL = {*LEVELS}
GROUPS = {code(group) for rung in LADDER for group in rung}


def a_scale(value: Any) -> bool:
    """Levels from 1 to at most 9, in their order."""
    row = {"level": LEVEL, "name": str, "name_es?": str, "meaning": str, "meaning_es?": str}
    rows = fits(value, [row]) and len(value) >= 2
    return rows and all(row["level"] == n for row, n in zip(value, count(1), strict=False))


def a_count(value: Any) -> bool:
    """How many picked each level; None where it is not shown."""
    return value is None or (fits(value, {str: int}) and value.keys() <= {*map(str, LEVELS)})


CONTENT = {
    "name": str,
    "name_es?": str,
    "short_name?": str,
    "short_name_es?": str,
    "kind?": {"process", "outcome", "both"},
    "question": str,
    "question_es?": str,
    "note?": str,
    "note_es?": str,
    "anchors": [{"level": LEVEL, "text": str, "text_es?": str}],
    "criteria?": [{"code": str, "type": {"process", "outcome"}, "text": str, "text_es?": str}],
}
ASKED = {"asked": int, "took_part": int, "answered": int}
PARTICIPATION = {"everyone": ASKED, "families": ASKED}
MARKS = {str: {*Mark.values}}
FIGURE = {
    "group": GROUPS,
    "people": (int, None),
    "cannot_say": (int, None),
    "counts": a_count,
    "average": (int, None),
    "half": (int, None),
}
AGREEMENT = {
    "number": int,
    "low": LEVEL,
    "high": LEVEL,
    "how": {*How.values},
    "why": str,
    "stand": {*Stand.values},
    "above_because": str,
    "next_step": str,
    "owner": str,
    "due": (None, a_day),
    "is_goal": (bool, None),
    "goal_level": {None, *LEVELS},
    "criteria": MARKS,
    "proof": int,
}
WORD = {"group": GROUPS, "text": str, "language": str, "translation": str, "withdrawn": bool, "by?": str}
VIEW = {"kept": bool, "text": str, "language": str, "by": str, "answered": int, "withdrawn": bool}
SINCE = {"round": int, "code": (str, None), "change": {*Change.values}, "notes": [{str: str}]}
# What ends in “?” is not in documents that were written before they said it, and those never change.
DOCUMENT = {
    "format": int,
    "round": {"name": str, "number": int, "meets_on": a_day},
    "framework": {"slug": a_code, "version": str},
    "scale": a_scale,
    "participation": {**PARTICIPATION, "representative": bool, "lead_changed?": bool},
    "items": [
        {
            "code": a_code,
            "names": {"name": str, "name_es?": str},
            "outcome": bool,
            "local?": bool,
            "since?": (None, SINCE),
            "figures": [FIGURE],
            "agreements": [AGREEMENT],
            "words": [WORD],
            "dissents": [VIEW],
            "evidence": [{"kind": {*Kind.values}, "title": str, "note": str, "url": a_link}],
        }
    ],
}
TOLD = ({"asked": int, "answered": int}, None)
PUBLIC = (None, {**DOCUMENT, "participation": {"everyone": TOLD, "families": TOLD, "representative": bool}})
