"""A form as somebody outside meets it."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from django.conf import settings

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
    asked = questions_of(found.content) + ((role(),) if found.form.asks_role else ())
    return Published(found.form, found, asked)


@lru_cache(maxsize=1)
def role() -> Question:
    """Asked last, and never needed."""

    def said(key: str) -> dict[str, str]:
        return {language: words(language)[key] for language in languages()}

    choices = tuple(Choice(each, said(f"role_{each}")) for each in ROLES)
    return Question(ROLE, "choice", said("role_ask"), choices)


def readers(coalition: Coalition) -> list[str]:
    """The groups of those who read what people write, parents first. As it was within the last minute."""
    return _readers_of.get(coalition.pk, lambda: _readers(coalition), seconds=12 * settings.FORMS_KEPT)


def _readers(coalition: Coalition) -> list[str]:
    found = coalition.seats.current().filter(reader=True, arrived__isnull=False)
    order = list(dict(Seat._meta.get_field("group").choices))  # type: ignore[arg-type]
    return sorted(set(found.values_list("group", flat=True)), key=order.index)


def week_of(today: date) -> str:
    year, week, _day = today.isocalendar()
    return f"{year}-W{week:02}"
