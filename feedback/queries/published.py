"""A form as somebody outside meets it."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from django.conf import settings
from django.urls import reverse

from coalitions.models import Coalition, Seat

from ..kept import Kept
from ..models import Form, Wording
from ..visit import ROLE, Choice, Question, questions_of
from ..words import languages, words

ROLES = ("parent", "provider", "other")

_forms, _readers_of = Kept(), Kept()


@dataclass(frozen=True)
class Published:
    form: Form
    wording: Wording
    questions: tuple[Question, ...]
    drawn: dict[Hashable, str] = field(
        default_factory=dict, compare=False
    )  # pages of it, for as long as it is kept

    @property
    def coalition(self) -> Coalition:
        return self.form.coalition

    @property
    def minutes(self) -> int:
        return max(2, (len(self.questions) + 1) // 2)  # of one question the words say “about a minute”

    @property
    def way_out(self) -> str:
        """Of a preview: visitors have none."""
        return ""

    @property
    def home(self) -> str:
        return self.form.get_absolute_url()

    def address(self, language: str, page: str = "ask") -> str:
        return reverse(page, args=[self.form.code, language])

    def recording(self, question: Question, language: str) -> str:
        """Where somebody reads this question aloud, if anybody does."""
        if language not in self.wording.content.get("recorded", {}).get(question.code, ()):
            return ""
        return self._sound(question, language)

    def _sound(self, question: Question, language: str) -> str:
        return reverse("sound", args=[self.form.code, language, question.code])


class Previewed(Published):
    """The same pages for a lead, before anybody else sees them. Nothing on them can be sent."""

    @property
    def way_out(self) -> str:
        return reverse("edit_form", args=[self.coalition.slug, self.form.pk])

    @property
    def home(self) -> str:
        return reverse("start_preview", args=[self.coalition.slug, self.form.pk])

    def address(self, language: str, page: str = "ask") -> str:
        return reverse("preview_form", args=[self.coalition.slug, self.form.pk, language])

    def _sound(self, question: Question, language: str) -> str:
        return reverse("hear_question", args=[self.coalition.slug, self.form.pk, question.code, language])


def published(code: str, *, wording: int | None = None, fresh: bool = False) -> Published | None:
    """The newest wording that was published, or the one that a visit began with. One query, or none within a few
    seconds: before something is written, ask for a fresh one."""
    seconds = 0 if fresh else settings.FORMS_KEPT
    return _forms.get((code, wording), lambda: _published(code, wording), seconds=seconds)


def _published(code: str, wording: int | None) -> Published | None:
    shown = Wording.objects.filter(form__code=code, published_on__isnull=False)
    if wording is not None:
        shown = shown.filter(pk=wording)
    found = shown.select_related("form__coalition__state").order_by("-number").first()
    if found is None:
        return None
    return as_published(found)


def as_published(wording: Wording) -> Published:
    return Published(wording.form, wording, _questions(wording))


def preview(wording: Wording) -> Previewed:
    """A wording as it would be met, published or not."""
    return Previewed(wording.form, wording, _questions(wording))


def _questions(wording: Wording) -> tuple[Question, ...]:
    return questions_of(wording.content) + ((role(),) if wording.form.asks_role else ())


@lru_cache(maxsize=1)
def role() -> Question:
    """Asked last, and never needed."""

    def said(key: str) -> dict[str, str]:
        return {language: words(language)[key] for language in languages()}

    choices = tuple(Choice(each, said(f"role_{each}")) for each in ROLES)
    return Question(ROLE, "choice", said("role_ask"), choices)


def readers(coalition: Coalition, *, fresh: bool = False) -> list[str]:
    """The groups of those who read what people write, parents first. As it was within the last minute, or now."""
    seconds = 0 if fresh else 12 * settings.FORMS_KEPT
    return _readers_of.get(coalition.pk, lambda: _readers(coalition), seconds=seconds)


def _readers(coalition: Coalition) -> list[str]:
    found = coalition.seats.current().filter(reader=True, arrived__isnull=False)
    order = list(dict(Seat._meta.get_field("group").choices))  # type: ignore[arg-type]
    return sorted(set(found.values_list("group", flat=True)), key=order.index)


def week_of(today: date) -> str:
    year, week, _day = today.isocalendar()
    return f"{year}-W{week:02}"
