"""What people outside said comes back from an archive without the visits: nothing ties two answers to one person.

In their place stand rows of one answer each, so that what comes in later is counted on top of what was shown.
"""

import secrets
import uuid
from collections.abc import Sequence
from typing import Any

from web.archives import Found
from web.archives.unpacking import checked

from ..models import Recording, Result, Submission, Voice, Wording
from ..models.answers import Batch
from .recording import MOST_BYTES, media_type

MOST_STANDING = 200_000  # answers: as many rows are written


def _make_recordings(rows: list[dict[str, Any]], found: Found) -> Sequence[Recording]:
    """What a browser is told it is, it is: a page with a script of somebody's is no sound."""
    for values in rows:
        sound = values["sound"]
        if media_type(sound) != values["media_type"] or not sound or len(sound) > MOST_BYTES:
            raise ValueError("no sound of ours")
    return Recording.objects.bulk_create(checked(Recording(**values)) for values in rows)


def _make_results(rows: list[dict[str, Any]], found: Found) -> Sequence[Result]:
    made = Result.objects.bulk_create(checked(Result(**values)) for values in rows)
    newest = {(result.wording_id, result.question): result for result in sorted(made, key=lambda r: r.number)}
    if sum(result.people for result in newest.values()) > MOST_STANDING:
        raise ValueError("more answers than any form had")
    Submission.objects.bulk_create(
        (
            _standing(result.wording, result.batch, result.question, answer)
            for result in newest.values()
            for answer, n in result.counts.items()
            for _each in range(n)
        ),
        batch_size=500,
    )
    return made


def _make_voices(rows: list[dict[str, Any]], found: Found) -> Sequence[Voice]:
    """Their new random keys keep the order, so that the next archive is the same."""
    keys = sorted(uuid.uuid4() for _each in rows)
    made: list[Voice] = []
    visits: list[Submission] = []
    for key, values in zip(keys, rows, strict=True):
        wording: Wording = values.pop("wording")
        visit = _standing(wording, values["batch"], values["question"], values["text"], values["language"])
        visits.append(visit)
        made.append(checked(Voice(id=key, submission=visit, **values)))
    Submission.objects.bulk_create(visits, batch_size=500)
    return Voice.objects.bulk_create(made, batch_size=500)


def _standing(wording: Wording, batch: Batch, question: str, answer: str, language: str = "") -> Submission:
    """Its receipt is one that nobody holds, and it says no week and no role."""
    answers = {question: answer} if answer else {}
    return Submission(
        wording=wording,
        batch=batch,
        language=language,
        week="",
        answers=answers,
        receipt=secrets.token_hex(32),
    )


MAKERS = {"recordings": _make_recordings, "results": _make_results, "voices": _make_voices}
