"""Keeping what somebody said: all of it or nothing, once."""

from datetime import datetime

from ..models import Submission
from ..queries.published import Published, week_of
from ..receipts import digest, receipt_of
from ..visit import ROLE, Visit


def send(*, visit: Visit, form: Published, language: str, now: datetime) -> str:
    """The receipt. The same visit again writes nothing and has the same one.

    One statement: there is nothing to take back half-way. A visit without a single answer leaves no row.
    """
    receipt = receipt_of(visit.id)
    known = {question.code for question in form.questions}
    answers = {code: answer for code, answer in visit.said.items() if code in known}
    role = answers.pop(ROLE, "")
    if answers:
        kept = Submission(
            wording=form.wording,
            language=language,
            week=week_of(form.coalition.today(now)),
            role=role,
            answers=answers,
            receipt=digest(receipt),
        )
        Submission.objects.bulk_create([kept], ignore_conflicts=True)
    return receipt
