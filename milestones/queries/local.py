"""The milestones that one coalition asks besides everybody's."""

from dataclasses import dataclass

from django.conf import settings

from coalitions.models import Coalition

from ..models import Item, Round, Version
from ..wording import missing
from .crosswalk import part_name
from .rounds import newest_version

LANGUAGES = dict(settings.LANGUAGES)


@dataclass(frozen=True)
class Local:
    """`asked` when a round has, so that its words stay. `missing` are (language, part)."""

    item: Item
    asked: bool
    missing: tuple[tuple[str, str], ...]


def local_items(coalition: Coalition) -> list[Local]:
    """As the next round asks them, in their order."""
    version = newest_version(coalition)
    own: Version | None = version if version.coalition_id else _own_newest(coalition, version)
    if own is None:
        return []
    items = list(own.items.filter(local=True))
    for item in items:
        item.version = own
    return [Local(item, was_asked(item), tuple(_missing(item))) for item in items]


def _own_newest(coalition: Coalition, newest: Version) -> Version | None:
    return coalition.wordings.filter(framework=newest.framework_id).order_by("-pk").first()


def untranslated(version: Version) -> list[str]:
    """The local milestones of a wording that somebody would read in another language than their own; one query."""
    items = list(version.items.filter(local=True))
    for item in items:
        item.version = version
    return [item.name for item in items if _missing(item)]


def was_asked(item: Item) -> bool:
    """Whether a round has opened on it. Codes of local milestones never come back, so the code tells."""
    asked = Round.objects.filter(
        version__coalition=item.version.coalition_id,
        version__items__code=item.code,
        version__items__local=True,
        started_at__isnull=False,
    )
    return asked.exists()


def _missing(item: Item) -> list[tuple[str, str]]:
    levels = [level.value for level in item.version.levels]
    return [
        (name, part_name(part))
        for language, name in LANGUAGES.items()
        for part in missing(item.content, language, levels)
    ]
