"""The next steps a table promised, and how their owners last said they stand."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from coalitions.models import Coalition, Seat
from milestones.models import Agreement, Item

from ..models import How, StepNews


@dataclass(frozen=True)
class Step:
    """One promise. `due` is its day now, after every move; `how`, `words` and `on` are the newest news, if any.
    `news_of` are the agreements that say it: the newest, and those it corrected without touching the step."""

    agreement: Agreement
    item: Item
    text: str
    owner: Seat | None
    owner_title: str
    due: date | None
    how: How | None = None
    words: str = ""
    language: str = ""
    on: date | None = None
    news_of: tuple[int, ...] = ()

    @property
    def kept(self) -> bool:
        return self.how == How.KEPT

    @property
    def asks_for_help(self) -> bool:
        return self.how == How.HELP

    def is_lapsed(self, today: date) -> bool:
        """Its day is over, and nobody has said anything since."""
        if self.due is None or self.kept or self.due >= today:
            return False
        return self.on is None or self.on < self.due


def open_steps(coalition: Coalition) -> list[Step]:
    """Those not said to be kept, in the order of the milestones. Two queries, whatever there is."""
    return [step for step in all_steps(coalition) if not step.kept]


def all_steps(coalition: Coalition) -> list[Step]:
    """The newest promise of each milestone, kept or not."""
    return _steps([coalition.pk])


def open_steps_at(tables: Iterable[int]) -> list[Step]:
    """Those of several tables, in two queries, however many tables there are."""
    return [step for step in _steps(tables) if not step.kept]


def steps_told(agreements: Iterable[Agreement]) -> list[Step]:
    """As `all_steps`, from what a page has read already: all agreements of one table, with round, item and wording.
    One query, and none where no step was promised."""
    written = sorted(agreements, key=lambda each: (each.round.number, each.number))
    return _heard_of(list(_standing_at_one(written)) if written else [])


def _steps(tables: Iterable[int]) -> list[Step]:
    return _heard_of(list(_standing(tables)))


def _heard_of(standing: list["_Alike"]) -> list[Step]:
    heard = _heard(pk for alike in standing for pk in alike.news_of)
    return [_step(alike, [news for pk in alike.news_of for news in heard[pk]]) for alike in standing]


@dataclass(frozen=True)
class _Alike:
    """What stands for one milestone, and the agreements whose news are about it: a correction that leaves
    the step as it was keeps what its owner said."""

    agreement: Agreement
    news_of: tuple[int, ...]


def _standing(tables: Iterable[int]) -> Iterator[_Alike]:
    rows = Agreement.objects.filter(round__coalition__in=list(tables), round__opened_at__isnull=False)
    rows = rows.select_related("round", "item__version", "owner__member").order_by("round__number", "number")
    written: dict[int, list[Agreement]] = defaultdict(list)
    for agreement in rows:
        written[agreement.round.coalition_id].append(agreement)
    for table in sorted(written):
        yield from _standing_at_one(written[table])


def _standing_at_one(written: list[Agreement]) -> Iterator[_Alike]:
    framework = written[-1].item.version.framework_id
    told: dict[str, list[Agreement]] = defaultdict(list)
    for agreement in written:
        if agreement.item.version.framework_id == framework:
            told[agreement.item.code].append(agreement)
    for agreements in sorted(told.values(), key=lambda each: each[-1].item.position):
        last = agreements[-1]
        if last.next_step.strip():
            yield _Alike(last, tuple(each.pk for each in agreements if _promise(each) == _promise(last)))


def _promise(agreement: Agreement) -> tuple[object, ...]:
    return (agreement.round_id, agreement.next_step, agreement.owner_id, agreement.due)


def _heard(agreements: Iterable[int]) -> dict[int, list[StepNews]]:
    found: dict[int, list[StepNews]] = defaultdict(list)
    for news in StepNews.objects.filter(agreement__in=list(agreements)).order_by("on", "pk"):
        found[news.agreement_id].append(news)
    return found


def _step(alike: _Alike, heard: list[StepNews]) -> Step:
    agreement = alike.agreement
    heard = sorted(heard, key=lambda news: (news.on, news.pk))
    moved = [news.due for news in heard if news.how == How.MOVED]
    newest = heard[-1] if heard else None
    return Step(
        agreement=agreement,
        item=agreement.item,
        text=agreement.next_step,
        owner=agreement.owner,
        owner_title=agreement.owner_title,
        due=moved[-1] if moved else agreement.due,
        how=How(newest.how) if newest else None,
        words=newest.words if newest else "",
        language=newest.language if newest else "",
        on=newest.on if newest else None,
        news_of=alike.news_of,
    )
