"""A form as somebody outside meets it."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.urls import reverse

from coalitions.models import Coalition, Seat

from ..models import Form, Wording
from ..visit import ROLE, Choice, Question, questions_of
from ..words import languages, words

ROLES = ("parent", "provider", "other")


@dataclass(frozen=True)
class Published:
    form: Form
    wording: Wording
    questions: tuple[Question, ...]

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

    def address(self, language: str) -> str:
        return reverse("ask", args=[self.form.code, language])

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

    def address(self, language: str) -> str:
        return reverse("preview_form", args=[self.coalition.slug, self.form.pk, language])

    def _sound(self, question: Question, language: str) -> str:
        return reverse("hear_question", args=[self.coalition.slug, self.form.pk, question.code, language])


def published(code: str, *, wording: int | None = None) -> Published | None:
    """The newest wording that was published, or the one that a visit began with. One query."""
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


def readers(coalition: Coalition) -> list[str]:
    """The groups of those who read what people write, parents first."""
    found = coalition.seats.current().filter(reader=True, arrived__isnull=False)
    order = list(dict(Seat._meta.get_field("group").choices))  # type: ignore[arg-type]
    return sorted(set(found.values_list("group", flat=True)), key=order.index)


def week_of(today: date) -> str:
    year, week, _day = today.isocalendar()
    return f"{year}-W{week:02}"
