"""The voices inbox: what was gathered, many words at a time. What still waits is never looked at here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.db.models import F, Prefetch, QuerySet

from coalitions.models import Coalition
from milestones.models import Item
from milestones.queries.board import items_of
from milestones.queries.rounds import newest_version

from ..models import Batch, Form, SaidAndDone, Voice, Wording
from ..visit import Question, questions_of
from ..words import languages

PAGE = 50
NEW = timedelta(days=30)  # after that home does not call unanswered words new


@dataclass(frozen=True)
class Heard:
    """Words as a reader meets them."""

    voice: Voice
    own: str  # the name of their language, in that language
    dir: str
    since: date | None
    milestone: str
    replies: list[SaidAndDone]


@dataclass(frozen=True)
class Asked:
    """The words of one batch to one question."""

    text: str
    lang: str
    voices: list[Heard] = field(default_factory=list)


@dataclass(frozen=True)
class Shelf:
    batch: Batch
    questions: list[Asked]


@dataclass(frozen=True)
class Wanted:
    """What a reader looks for; nothing of it: all."""

    milestone: str = ""
    form: int | None = None
    unanswered: bool = False


@dataclass(frozen=True)
class Inbox:
    page: Page
    shelves: list[Shelf]
    forms: list[Form]
    items: list[Item]
    themes: list[str]
    any: bool  # whether there is a batch at all


class Words:
    """Every wording and milestone of a table, read once for all the words on a page. Three or four queries."""

    def __init__(self, coalition: Coalition) -> None:
        self.wordings = list(
            Wording.objects.filter(form__coalition=coalition, published_on__isnull=False).select_related(
                "form"
            )
        )
        self.items = items_of(newest_version(coalition))

    @cached_property
    def forms(self) -> list[Form]:
        found = {each.form_id: each.form for each in self.wordings}
        return [found[pk] for pk in sorted(found, reverse=True)]

    @cached_property
    def asked(self) -> Mapping[int, Mapping[str, Question]]:
        return {each.pk: {one.code: one for one in questions_of(each.content)} for each in self.wordings}

    @cached_property
    def names(self) -> Mapping[str, str]:
        return {item.code: item.name for item in self.items}

    def heard(self, voice: Voice) -> Heard:
        spoken = languages().get(voice.language, {"name": voice.language, "dir": "auto"})
        return Heard(
            voice=voice,
            own=spoken["name"],
            dir=spoken["dir"],
            since=monday(voice.week),
            milestone=self.names.get(voice.milestone, ""),
            replies=list(voice.replies.all()),  # type: ignore[attr-defined]
        )


def inbox(coalition: Coalition, *, wanted: Wanted, language: str, page: str | None) -> Inbox:
    words = Words(coalition)
    found = Paginator(_wanted(coalition, wanted), PAGE).get_page(page)
    themes = (
        voices_of(coalition).exclude(theme="").order_by("theme").values_list("theme", flat=True).distinct()
    )
    return Inbox(
        page=found,
        shelves=_shelves(found.object_list, words, language),
        forms=words.forms,
        items=words.items,
        themes=list(themes),
        any=bool(found.paginator.count) or Batch.objects.filter(form__coalition=coalition).exists(),
    )


def voices_of(coalition: Coalition) -> QuerySet[Voice]:
    """All that readers of this table may read, with what was replied and the wording it was said to."""
    replies = SaidAndDone.objects.filter(coalition=coalition)
    return (
        Voice.objects.filter(batch__form__coalition=coalition)
        .annotate(wording=F("submission__wording_id"))
        .select_related("batch__form__coalition")
        .prefetch_related(Prefetch("replies", replies))
    )


def _wanted(coalition: Coalition, wanted: Wanted) -> QuerySet[Voice]:
    """Newest batch first; inside it by question, in the order of random ids."""
    found = voices_of(coalition).order_by("-batch__on", "-batch_id", "question", "id")
    if wanted.milestone:
        found = found.filter(milestone=wanted.milestone)
    if wanted.form:
        found = found.filter(batch__form=wanted.form)
    if wanted.unanswered:
        found = found.filter(replies=None, hidden_because="")
    return found


def _shelves(voices: Iterable[Voice], words: Words, language: str) -> list[Shelf]:
    shelves: dict[int, Shelf] = {}
    under: dict[tuple[int, int, str], Asked] = {}
    for voice in voices:
        shelf = shelves.setdefault(voice.batch_id, Shelf(voice.batch, []))
        here = (voice.batch_id, voice.wording, voice.question)  # type: ignore[attr-defined]
        if here not in under:
            asked = words.asked[here[1]][voice.question]
            under[here] = Asked(asked.says(language), asked.spoken_in(language))
            shelf.questions.append(under[here])
        under[here].voices.append(words.heard(voice))
    return list(shelves.values())


def unread(coalition: Coalition, *, today: date) -> int:
    """How many gathered words have no reply yet, of the last weeks. One query."""
    recent = Voice.objects.filter(batch__form__coalition=coalition, batch__on__gt=today - NEW)
    return recent.filter(replies=None, hidden_because="").count()


def monday(week: str) -> date | None:
    try:
        year, number = week.split("-W")
        return date.fromisocalendar(int(year), int(number), 1)
    except ValueError:
        return None
