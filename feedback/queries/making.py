"""A form as the leads who make it see it: what is published, what is being changed, what is still missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from coalitions.models import Coalition, Group

from ..models import Form, Wording
from ..visit import Question, questions_of
from ..words import COMPLETE, languages, ready_made
from .published import readers


class State(TextChoices):
    DRAFT = "draft", _("Not published yet")
    SOON = "soon", _("Opens later")
    OPEN = "open", _("Takes answers")
    OVER = "over", _("Closed")
    STOPPED = "stopped", _("Stopped by a lead")


@dataclass(frozen=True)
class Made:
    """`live` is what people outside read, `draft` what is being changed. There is always at least one of them."""

    form: Form
    live: Wording | None
    draft: Wording | None

    @property
    def wording(self) -> Wording:
        found = self.draft or self.live
        assert found is not None  # noqa: S101  a form is made together with its first wording
        return found

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        return questions_of(self.wording.content)

    def question(self, code: str) -> Question | None:
        return next((each for each in self.questions if each.code == code), None)

    def state(self, today: date) -> State:
        if self.live is None:
            return State.DRAFT
        if self.form.stopped_on:
            return State.STOPPED
        if self.form.is_over(today):
            return State.OVER
        return State.OPEN if self.form.is_open(today) else State.SOON


def made_forms(coalition: Coalition) -> list[Made]:
    """The newest first. Two queries; what the forms ask is not read."""
    forms = coalition.forms.all()  # type: ignore[attr-defined]
    wordings: dict[int, list[Wording]] = {}
    for each in Wording.objects.filter(form__coalition=coalition).defer("content"):
        wordings.setdefault(each.form_id, []).append(each)
    return [_made(form, wordings[form.pk]) for form in forms]


def made_form(coalition: Coalition, pk: int) -> Made | None:
    """Two queries."""
    form = coalition.forms.filter(pk=pk).first()  # type: ignore[attr-defined]
    if form is None:
        return None
    form.coalition = coalition
    return _made(form, list(form.wordings.all()))


def _made(form: Form, wordings: list[Wording]) -> Made:
    """`wordings` from the oldest to the newest; only the newest can be a draft."""
    for each in wordings:
        each.form = form
    live = next((each for each in reversed(wordings) if each.published_on), None)
    return Made(form, live, None if wordings[-1].published_on else wordings[-1])


def missing(wording: Wording) -> dict[str, list[int]]:
    """language -> the numbers of the questions that are not whole in it."""
    found: dict[str, list[int]] = {}
    for language in wording.languages:
        for number, question in enumerate(questions_of(wording.content), 1):
            if not all(text.get(language) for text in texts_of(question)):
                found.setdefault(language, []).append(number)
    return found


def texts_of(question: Question) -> list[Mapping[str, str]]:
    return [question.text, *(choice.text for choice in question.choices)]


def unwritten(wording: Wording) -> list[int]:
    """The numbers of the questions that say nothing in any language, or have an answer that says nothing."""
    asked = enumerate(questions_of(wording.content), 1)
    return [number for number, each in asked if not all(any(text.values()) for text in texts_of(each))]


def unreviewed(wording: Wording) -> list[str]:
    """The languages in which no speaker has read this form."""
    return [each for each in wording.languages if each not in COMPLETE and each not in wording.reviewed]


def may_be_read(coalition: Coalition) -> bool:
    """Two named readers of two groups, one of them a parent, both here: the promise on the form says so."""
    groups = readers(coalition, fresh=True)
    return len(groups) > 1 and Group.PARENT in groups


def ready_set(code: str) -> dict | None:
    return next((each for each in ready_made() if each["code"] == code), None)


def ready_question(code: str) -> dict | None:
    asked = (question for each in ready_made() for question in each["questions"])
    return next((question for question in asked if question["code"] == code), None)


def in_order(picked: list[str]) -> list[str]:
    """Languages in the order in which a form offers them."""
    return [code for code in languages() if code in picked]
