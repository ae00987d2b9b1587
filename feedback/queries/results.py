"""What people outside picked, as it may be shown: only rows that the gate let through."""

from collections import defaultdict
from dataclasses import dataclass

from coalitions.models import Coalition

from ..models import Batch, Form, Result, Wording
from ..visit import Question, questions_of


@dataclass(frozen=True)
class Table:
    """The counts of one question at one time."""

    result: Result
    rows: list[tuple[str, int]]


@dataclass(frozen=True)
class Answered:
    """`now` is None while there is nothing to show; `before` is what stood there last."""

    text: str
    lang: str
    now: Table | None
    before: Table | None


@dataclass(frozen=True)
class Outcome:
    form: Form
    wording: Wording
    state: str  # counted | words: it closed with fewer than ten | waiting
    questions: list[Answered]


def outcomes(coalition: Coalition, language: str, *, milestone: str = "") -> list[Outcome]:
    """One for each published wording, the newest form first. Three queries."""
    wordings = Wording.objects.filter(form__coalition=coalition, published_on__isnull=False)
    if milestone:
        wordings = wordings.filter(form__milestone=milestone)
    found = list(wordings.select_related("form").order_by("-form_id", "-number"))
    results: dict[tuple[int, str], list[Result]] = defaultdict(list)
    asked = {each.pk: each for each in found}
    for result in Result.objects.filter(wording__in=found).select_related("batch").order_by("number"):
        result.wording = asked[result.wording_id]
        results[result.wording_id, result.question].append(result)
    counted: dict[int, list[bool]] = defaultdict(list)
    for form, is_counted in Batch.objects.filter(form__coalition=coalition).values_list("form", "counted"):
        counted[form].append(is_counted)
    return [_outcome(each, results, counted[each.form_id], language) for each in found]


def _outcome(
    wording: Wording, results: dict[tuple[int, str], list[Result]], counted: list[bool], language: str
) -> Outcome:
    asked = [each for each in questions_of(wording.content) if not each.is_open]
    state = "counted" if any(counted) else "words" if counted else "waiting"
    questions = [_answered(each, results[wording.pk, each.code], language) for each in asked]
    return Outcome(wording.form, wording, state, questions)


def _answered(question: Question, shown: list[Result], language: str) -> Answered:
    last = [_table(question, each, language) for each in shown[-2:]]
    return Answered(
        question.says(language),
        question.spoken_in(language),
        last[-1] if last else None,
        last[0] if len(last) > 1 else None,
    )


def _table(question: Question, result: Result, language: str) -> Table:
    return Table(
        result, [(each.says(language), result.counts.get(each.code, 0)) for each in question.choices]
    )
