"""A form as somebody outside meets it."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.core.cache import cache

from coalitions.models import Coalition, Seat

from ..models import Form, Wording
from ..visit import ROLE, Choice, Question, questions_of
from ..words import languages, words

ROLES = ("parent", "provider", "other")
KEPT = 600  # seconds, for words that never change once they are published
READERS_KEPT = 60


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


def published(code: str, *, wording: int | None = None) -> Published | None:
    """The newest wording that was published, or the one that a visit began with.

    One query, and one more for its words where this process has not read them lately.
    """
    shown = Wording.objects.filter(form__code=code, published_on__isnull=False)
    if wording is not None:
        shown = shown.filter(pk=wording)
    found = shown.select_related("form__coalition__state").defer("content").order_by("-number").first()
    if found is None:
        return None
    return Published(found.form, found, _questions(found))


def _questions(wording: Wording) -> tuple[Question, ...]:
    asked = cache.get_or_set(f"feedback/{wording.pk}", lambda: questions_of(wording.content), KEPT)
    return (asked or ()) + ((role(),) if wording.form.asks_role else ())


@lru_cache(maxsize=1)
def role() -> Question:
    """Asked last, and never needed."""

    def said(key: str) -> dict[str, str]:
        return {language: words(language)[key] for language in languages()}

    choices = tuple(Choice(each, said(f"role_{each}")) for each in ROLES)
    return Question(ROLE, "choice", said("role_ask"), choices)


def readers(coalition: Coalition) -> list[str]:
    """The groups of those who read what people write, parents first. As it was within the last minute."""
    return cache.get_or_set(f"feedback/readers/{coalition.pk}", lambda: _readers(coalition), READERS_KEPT)  # type: ignore[return-value]


def _readers(coalition: Coalition) -> list[str]:
    found = coalition.seats.current().filter(reader=True, arrived__isnull=False)
    order = list(dict(Seat._meta.get_field("group").choices))  # type: ignore[arg-type]
    return sorted(set(found.values_list("group", flat=True)), key=order.index)


def week_of(today: date) -> str:
    year, week, _day = today.isocalendar()
    return f"{year}-W{week:02}"
