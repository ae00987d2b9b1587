"""How promises stand, in words. A day that went by is said as a fact, and nobody is blamed for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from milestones.endings import called

from ..models import How
from .steps import Step


@dataclass(frozen=True)
class Standing:
    step: Step
    who: str
    says: str
    kind: str  # "help", "kept", "lapsed" or empty

    @property
    def day(self) -> str:
        """Its day, where what it says does not name it."""
        told = self.kind in ("kept", "lapsed") or self.step.how == How.MOVED
        return day_of(self.step.due) if self.step.due and not told else ""


def standings(steps: Iterable[Step], *, today: date) -> list[Standing]:
    """Who asks for help first, what is done last, the others by their day."""
    found = [_standing(step, today) for step in steps]
    return sorted(found, key=lambda each: (_rank(each), each.step.due or date.max))


def says(how: str, due: date | None) -> str:
    if how == How.MOVED and due:
        return _("Moved to %(day)s") % {"day": day_of(due)}
    return {How.KEPT: _("Done"), How.ON_THE_WAY: _("On the way"), How.HELP: _("Asks for help")}[How(how)]


def day_of(day: date) -> str:
    return date_format(day, "MONTH_DAY_FORMAT")


def _standing(step: Step, today: date) -> Standing:
    who = called(step.owner) or step.owner_title
    if step.asks_for_help:
        return Standing(step, who, says(How.HELP, None), "help")
    if step.due and step.is_lapsed(today):
        return Standing(
            step, who, _("The day was %(day)s. No news yet.") % {"day": day_of(step.due)}, "lapsed"
        )
    told = says(step.how, step.due) if step.how else ""
    return Standing(step, who, told, "kept" if step.kept else "")


def _rank(each: Standing) -> int:
    return {"help": 0, "kept": 2}.get(each.kind, 1)
