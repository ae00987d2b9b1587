"""Letting readers see what waited: many at once, once a day, in an order that tells nothing."""

import uuid
from collections import Counter
from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction

from milestones.actions.sealing import overwrite

from .. import gate
from ..models import Batch, Form, Result, SaidAndDone, Submission, Voice, Wording
from ..visit import Question, questions_of

MORNING = time(5)  # by the clock of the table


def gather_due(*, now: datetime) -> int:
    """How many batches there are to read that were not there before.

    Overwriting comes after, by itself: what a crash between the two left undone is done the next time.
    """
    waiting = Form.objects.filter(wordings__submissions__isnull=False, wordings__submissions__batch=None)
    found = sum(gather(form=form, now=now) for form in waiting.select_related("coalition").distinct())
    lying = list(Batch.objects.filter(overwritten=False).values_list("pk", flat=True))
    if lying and overwrite(Submission, Voice, SaidAndDone):
        Batch.objects.filter(pk__in=lying).update(overwritten=True)
    return found


def gather(*, form: Form, now: datetime) -> bool:
    """Looks once a day: whoever watches the inbox learns on which day, and nothing finer."""
    today = form.coalition.today(now)
    here = now.astimezone(ZoneInfo(form.coalition.time_zone))
    if here.time() < MORNING or (form.looked_on and form.looked_on >= today):
        return False
    with transaction.atomic():
        form = Form.objects.select_for_update().select_related("coalition").get(pk=form.pk)
        if form.looked_on and form.looked_on >= today:
            return False
        form.looked_on = today
        form.save(update_fields=["looked_on"])
        waiting = list(Submission.objects.filter(wording__form=form, batch=None).select_related("wording"))
        gathered = form.batches.exists()  # type: ignore[attr-defined]
        if not gate.may_gather(len(waiting), gathered=gathered, over=form.is_over(today)):
            return False
        number = form.batches.count() + 1  # type: ignore[attr-defined]
        counted = gate.are_counted(len(waiting), gathered=gathered)
        batch = Batch.objects.create(form=form, number=number, on=today, counted=counted)
        _settle(batch, waiting)
        for wording in form.wordings.all():  # type: ignore[attr-defined]
            _count(wording, batch)
    return True


def _settle(batch: Batch, waiting: list[Submission]) -> None:
    """Deleted and written again in the order of their random keys: where a row lies says nothing of when it came."""
    waiting.sort(key=lambda each: each.pk)
    Submission.objects.filter(pk__in=[each.pk for each in waiting]).delete()
    for each in waiting:
        each.batch = batch
    Submission.objects.bulk_create(waiting)
    told = gate.told_weeks(each.week for each in waiting)
    voices = [voice for each in waiting for voice in _voices(each, batch, told[each.week])]
    Voice.objects.bulk_create(sorted(voices, key=lambda each: each.pk))


def _voices(submission: Submission, batch: Batch, week: str) -> list[Voice]:
    asked = questions_of(submission.wording.content)
    return [
        Voice(
            id=uuid.uuid4(),
            batch=batch,
            submission=submission,
            question=question.code,
            text=submission.answers[question.code],
            language=submission.language,
            week=week,
            milestone=batch.form.milestone,
        )
        for question in asked
        if question.is_open and submission.answers.get(question.code)
    ]


def _count(wording: Wording, batch: Batch) -> None:
    """Each question by itself: one with too few new answers keeps its counts until there are more."""
    if not batch.counted:
        return
    said = [each.answers for each in wording.submissions.filter(batch__isnull=False)]  # type: ignore[attr-defined]
    for question in questions_of(wording.content):
        if question.is_open:
            continue
        before = wording.results.filter(question=question.code).order_by("-number").first()  # type: ignore[attr-defined]
        counts = _counts(question, said)
        if gate.may_show(counts, before.counts if before else None):
            Result.objects.create(
                wording=wording,
                question=question.code,
                number=before.number + 1 if before else 1,
                batch=batch,
                people=sum(counts.values()),
                counts=counts,
            )


def _counts(question: Question, said: list[dict[str, str]]) -> dict[str, int]:
    found = Counter(answers.get(question.code) for answers in said)
    return {choice.code: found[choice.code] for choice in question.choices}
