"""People outside who answered a form, as their visits would have left them."""

import random
import uuid
from datetime import datetime, timedelta

from feedback.actions import gather
from feedback.models import Batch, Form, Submission, Wording
from tests.factories.rounds import NOW

MORNING = NOW.replace(hour=15)  # past five in every zone of ours
WORDING = {
    "questions": [
        {
            "code": "changed",
            "kind": "choice",
            "text": {"en": "Did anything change?", "es": "¿Cambió algo?"},
            "choices": [
                {"code": "yes", "text": {"en": "Yes", "es": "Sí"}},
                {"code": "no", "text": {"en": "No", "es": "No"}},
                {"code": "dont_know", "text": {"en": "I don’t know", "es": "No sé"}},
            ],
        },
        {"code": "most", "kind": "open", "text": {"en": "What would help most?", "es": "¿Qué ayudaría más?"}},
    ]
}


def visits(
    form: Form, *answers: dict[str, str], language: str = "en", week: str = "2026-W46"
) -> list[Submission]:
    """One visit for each of `answers`, to the newest wording."""
    wording = Wording.objects.filter(form=form).latest("number")
    return Submission.objects.bulk_create(
        Submission(wording=wording, language=language, week=week, answers=each, receipt=uuid.uuid4().hex * 2)
        for each in answers
    )


def many(n: int, words: str = "") -> list[dict[str, str]]:
    """Answers that differ enough to be shown, each with words of its own if there are `words`."""
    chance = random.Random(n)
    picked = ["yes", "no", "dont_know"]
    return [
        {"changed": picked[each % 3] if each < 9 else chance.choice(picked)}
        | ({"most": f"{words} {each:03}"} if words else {})
        for each in range(n)
    ]


def gathered(form: Form, *, days: int = 0) -> Batch | None:
    now: datetime = MORNING + timedelta(days=days)
    return form.batches.last() if gather(form=form, now=now) else None
