"""From one wording to the next: which item became which, what the words were, and what breaks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models import Change, Framework, Item, Round, Version
from ..wording import Content, Spoken, differences, missing, same

LANGUAGES = dict(settings.LANGUAGES)


def part_name(part: str) -> str:
    """What a part of an item is called, for whoever words it."""
    kind, _dash, which = part.partition("-")
    names = {
        "name": _("Name"),
        "short_name": _("Short name"),
        "question": _("Question"),
        "construct": _("What it measures"),
        "anchor": _("Level %(which)s"),
        "criterion": _("Line %(which)s of the list"),
        "note": _("Note on what is clearer"),
    }
    return names[kind] % {"which": which} if which else names[kind]


@dataclass(frozen=True)
class Said:
    """A text in one language; `lacks` when people read it and it is not there."""

    language: str
    name: str
    text: str


@dataclass(frozen=True)
class Difference:
    part: str
    before: tuple[Said, ...]
    after: tuple[Said, ...]


@dataclass(frozen=True)
class Row:
    """One item of the newer wording and the one it goes on from, if any. `missing` are (language, part)."""

    item: Item
    before: Item | None
    changes: tuple[Difference, ...]
    missing: tuple[tuple[str, str], ...]
    unmarked: bool

    @property
    def change(self) -> Change:
        return Change(self.item.change)

    @property
    def promoted(self) -> bool:
        return self.before is not None and self.before.local

    @property
    def breaks(self) -> bool:
        return self.change == Change.REDEFINED


@dataclass(frozen=True)
class Crosswalk:
    """`tables` is how many coalitions have a round on this framework, whose series are meant by `breaks`."""

    version: Version
    rows: tuple[Row, ...]
    left_out: tuple[Item, ...]
    tables: int

    @cached_property
    def breaks(self) -> list[str]:
        """What publishing does to the series, in sentences."""
        redefined = [row.item.name for row in self.rows if row.breaks and row.before]
        new = [row.item.name or row.item.code for row in self.rows if row.before is None]
        said = []
        for names, sentence in (
            (redefined, _("Starts anew, levels before cannot be compared: %(names)s.")),
            ([item.name for item in self.left_out], _("Is asked no more: %(names)s.")),
            (new, _("Is asked for the first time: %(names)s.")),
        ):
            if names:
                said.append(sentence % {"names": ", ".join(names)})
        return said

    @property
    def reach(self) -> str:
        said = ngettext(
            "%(n)s coalition has a round on this framework.",
            "%(n)s coalitions have a round on this framework.",
            self.tables,
        )
        return said % {"n": self.tables}

    @cached_property
    def troubles(self) -> list[str]:
        """What stops publishing."""
        return list(_troubles(self.rows))


def crosswalk(version: Version) -> Crosswalk:
    """Five queries, whatever the number of items."""
    items = list(version.items.select_related("follows__version__coalition"))
    for item in items:
        item.version = version
    levels = [row["level"] for row in version.scale]
    rows = tuple(_row(item, levels) for item in items)
    followed = {item.follows_id for item in items}
    before = version.follows.items.all() if version.follows else ()
    left_out = tuple(item for item in before if item.pk not in followed)
    tables = Round.objects.filter(version__framework=version.framework_id, started_at__isnull=False)
    return Crosswalk(version, rows, left_out, tables.values("coalition").distinct().count())


def troubles(version: Version) -> list[str]:
    """Why a draft cannot be published yet, in sentences; empty when it can."""
    return crosswalk(version).troubles


def _row(item: Item, levels: Iterable[int]) -> Row:
    before = item.follows
    changed = differences(before.content, item.content, LANGUAGES) if before else []
    unmarked = before is not None and (
        same(before.content, item.content, LANGUAGES) != (item.change == Change.SAME)
    )
    return Row(
        item, before, tuple(_difference(*each) for each in changed), tuple(_missing(item, levels)), unmarked
    )


def _difference(part: str, before: Spoken, after: Spoken) -> Difference:
    changed = [language for language in LANGUAGES if before[language] != after[language]]
    return Difference(
        part_name(part),
        tuple(Said(each, LANGUAGES[each], before[each]) for each in changed),
        tuple(Said(each, LANGUAGES[each], after[each]) for each in changed),
    )


def _missing(item: Item, levels: Iterable[int]) -> Iterator[tuple[str, str]]:
    for language, name in LANGUAGES.items():
        for part in missing(item.content, language, levels):
            yield name, part_name(part)
        if item.change == Change.CLARIFIED and not _note(item.content, language):
            yield name, part_name("note")


def _note(content: Content, language: str) -> str:
    return str(content.get("note" if language == "en" else f"note_{language}", ""))


def _troubles(rows: Iterable[Row]) -> Iterator[str]:
    for row in rows:
        called = {"item": row.item.name or row.item.code}
        if row.unmarked:
            yield _("%(item)s: mark how much the words have changed.") % called
        for language, part in row.missing:
            yield _("%(item)s: %(part)s is missing in %(language)s.") % {
                **called,
                "part": part,
                "language": language,
            }


@dataclass(frozen=True)
class Listed:
    """A framework with its published wordings, the newest first, and its draft."""

    framework: Framework
    published: tuple[Version, ...]
    draft: Version | None


def listed() -> list[Listed]:
    """Two queries."""
    found = []
    for framework in Framework.objects.order_by("pk").prefetch_related("versions"):
        everybodys = [version for version in framework.versions.all() if version.coalition_id is None]
        published = sorted((v for v in everybodys if not v.draft), key=lambda version: -version.pk)
        draft = next((version for version in everybodys if version.draft), None)
        found.append(Listed(framework, tuple(published), draft))
    return found


@dataclass(frozen=True)
class Publication:
    by: str
    at: datetime


def publication(version: Version) -> Publication | None:
    """Who published it, and when; one query. The wording that came with the site was published by nobody."""
    kind = ContentType.objects.get_for_model(Version)
    entry = (
        LogEntry.objects.filter(content_type=kind, object_id=str(version.pk)).select_related("user").last()
    )
    return Publication(str(entry.user.name or entry.user.email), entry.action_time) if entry else None


def promotable(version: Version) -> list[Item]:
    """Local items of coalitions, as their newest wording has them, that no wording of everybody's has taken in."""
    own = Version.objects.filter(framework=version.framework_id, coalition__isnull=False).order_by("pk")
    newest = dict(own.values_list("coalition_id", "pk"))
    taken = taken_in(version)
    items = Item.objects.filter(version__in=newest.values(), local=True).select_related("version__coalition")
    listed = items.order_by("version__coalition__name", "position")
    return [item for item in listed if (item.version.coalition_id, item.code) not in taken]


def taken_in(version: Version) -> set[tuple[int | None, str]]:
    """(coalition, code) of the local items that became everybody's, in whichever wording of this framework."""
    promoted = Item.objects.filter(
        version__framework=version.framework_id, version__coalition=None, follows__local=True
    )
    return set(promoted.values_list("follows__version__coalition", "follows__code"))
