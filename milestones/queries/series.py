"""Which item goes on from which, across the wordings of a framework: where a series runs on, and where it breaks."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import F, Q
from django.db.models.fields.json import KT

from ..models import Change, Item, Version
from ..models.framework import SEVEN, spoken

# From the least to the most: what a series went through is the most of all its steps.
WEIGHT = (Change.SAME, Change.EDITORIAL, Change.CLARIFIED, Change.REDEFINED)


@dataclass(frozen=True)
class Link:
    """The item that this one goes on from, and how much changed on the way. No code: it is new.

    `notes` are what readers are told where the wording was clarified, the newest first.
    """

    code: str | None
    change: Change
    notes: tuple[dict[str, str], ...] = field(default=(), compare=False)

    @property
    def goes_on(self) -> bool:
        """Levels before and after may be compared."""
        return self.code is not None and self.change != Change.REDEFINED

    @property
    def note(self) -> str:
        """In the reader's language, where the series goes on with one."""
        return (
            " ".join(spoken(note, "note") for note in self.notes) if self.change == Change.CLARIFIED else ""
        )


NEW = Link(None, Change.REDEFINED)


@dataclass(frozen=True)
class Step:
    version: int
    code: str
    follows: int | None
    change: Change
    note: dict[str, str]


@dataclass(frozen=True)
class Wordings:
    """Every item that a series could lead through."""

    steps: dict[int, Step]

    def links(self, older: int, newer: int) -> dict[str, Link]:
        """By the code of each item of `newer`: the item of `older` it goes on from.

        The way leads back from wording to wording. An item that never reaches `older` is new. A coalition's own
        wording stands for the wording it follows, with its local items beside.
        """
        here = {pk: step for pk, step in self.steps.items() if step.version == newer}
        if older == newer:
            return {step.code: Link(step.code, Change.SAME) for step in here.values()}
        there = {self._stem(pk): step.code for pk, step in self.steps.items() if step.version == older}
        return {step.code: self._back(pk, there) for pk, step in here.items()}

    def link(self, older: int, newer: int, code: str) -> Link:
        """Of one item. The same wording needs no looking up."""
        return Link(code, Change.SAME) if older == newer else self._linked(older, newer).get(code, NEW)

    @cached_property
    def _known(self) -> dict[tuple[int, int], dict[str, Link]]:
        return {}

    def _linked(self, older: int, newer: int) -> dict[str, Link]:
        if (older, newer) not in self._known:
            self._known[older, newer] = self.links(older, newer)
        return self._known[older, newer]

    def _back(self, pk: int | None, there: dict[int, str]) -> Link:
        change = Change.SAME
        notes: list[dict[str, str]] = []
        while pk is not None and pk in self.steps:
            if pk in there:
                return Link(there[pk], change, tuple(notes))
            step = self.steps[pk]
            change = max(change, step.change, key=WEIGHT.index)
            notes += [step.note] if step.change == Change.CLARIFIED else []
            pk = step.follows
        return NEW

    def _stem(self, pk: int) -> int:
        """The first item with these very words; itself when there is none before."""
        step = self.steps[pk]
        while step.follows in self.steps and step.change == Change.SAME:
            pk, step = step.follows, self.steps[step.follows]
        return pk


def wordings(versions: Iterable[Version]) -> Wordings:
    """What these wordings of one framework, and all between them, are made of; one query."""
    versions = list(versions)
    owners = {version.coalition_id for version in versions} - {None}
    rows = Item.objects.filter(
        Q(version__coalition=None) | Q(version__coalition__in=owners),
        version__framework__in={version.framework_id for version in versions},
    ).annotate(said=KT("content__note"), said_es=KT("content__note_es"), of=F("version_id"))
    return Wordings(
        {
            pk: Step(of, code, follows, Change(change), {"note": said or "", "note_es": said_es or ""})
            for pk, of, code, follows, change, said, said_es in rows.values_list(
                "pk", "of", "code", "follows_id", "change", "said", "said_es"
            )
        }
    )


def links(older: Version, newer: Version) -> dict[str, Link]:
    """By the code of each item of `newer`: the item of `older` it goes on from; one query."""
    return wordings([older, newer]).links(older.pk, newer.pk)


def clarifications(code: str) -> list[tuple[str, str]]:
    """(wording, note in the reader's language) of each time one of the seven was clarified, the newest first."""
    items = Item.objects.filter(
        code=code,
        change=Change.CLARIFIED,
        version__framework__slug=SEVEN,
        version__coalition=None,
        version__draft=False,
    )
    return [
        (item.version.label, spoken(item.content, "note"))
        for item in items.select_related("version").order_by("-version")
    ]
