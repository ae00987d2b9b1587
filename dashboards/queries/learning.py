"""Goals and reasons that tables share, one milestone at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from milestones.queries.learning import Learned, Shared


@dataclass(frozen=True)
class Topic:
    """One milestone, and what each table says about it, by name."""

    code: str
    name: str
    said: tuple[tuple[Shared, Learned], ...]

    @property
    def goals(self) -> int:
        return sum(1 for _shared, each in self.said if each.goal)

    @property
    def headline(self) -> str:
        tables = len(self.said)
        return (
            ngettext("%(tables)s table shares its reasons.", "%(tables)s tables share their reasons.", tables)
            % {"tables": tables}
            + " "
            + _goals(self.goals)
        )


def _goals(goals: int) -> str:
    if not goals:
        return _("None of them calls it a goal now.")
    return ngettext(
        "For %(goals)s of them it is a goal now.", "For %(goals)s of them it is a goal now.", goals
    ) % {"goals": goals}


def topics(shared: Sequence[Shared]) -> list[Topic]:
    """In the order, and by the names, of the newest round; what only an earlier wording has comes after."""
    names: dict[str, str] = {}
    said: dict[str, list[tuple[Shared, Learned]]] = {}
    for each in sorted(shared, key=lambda each: each.meets_on, reverse=True):
        for learned in each.milestones:
            names.setdefault(learned.code, learned.name)
    for each in shared:
        for learned in each.milestones:
            said.setdefault(learned.code, []).append((each, learned))
    return [Topic(code, name, tuple(said[code])) for code, name in names.items()]


def chosen(topics: Sequence[Topic], code: str) -> Topic | None:
    """The one asked for; the first if there is no such milestone, and None if nobody shares."""
    return next((topic for topic in topics if topic.code == code), topics[0] if topics else None)
