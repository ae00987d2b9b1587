"""Which item goes on from which, across the wordings of a framework: where a series runs on, and where it breaks."""

from dataclasses import dataclass

from ..models import Change, Item, Version

# From the least to the most: what a series went through is the most of all its steps.
WEIGHT = (Change.SAME, Change.EDITORIAL, Change.CLARIFIED, Change.REDEFINED)


@dataclass(frozen=True)
class Link:
    """The item that this one goes on from, and how much changed on the way. No code: it is new."""

    code: str | None
    change: Change

    @property
    def goes_on(self) -> bool:
        """Levels before and after may be compared."""
        return self.code is not None and self.change != Change.REDEFINED


NEW = Link(None, Change.REDEFINED)


def links(older: Version, newer: Version) -> dict[str, Link]:
    """By the code of each item of `newer`: the item of `older` it goes on from; one query.

    The way leads back from wording to wording. An item that never reaches `older` is new. A coalition's own
    wording stands for the wording it follows, with its local items beside.
    """
    items = {item.pk: item for item in Item.objects.filter(version__framework=newer.framework_id)}
    if older.pk == newer.pk:
        return {
            item.code: Link(item.code, Change.SAME) for item in items.values() if item.version_id == newer.pk
        }
    there = {_stem(item, items): item.code for item in items.values() if item.version_id == older.pk}
    return {item.code: _back(item, items, there) for item in items.values() if item.version_id == newer.pk}


def _back(item: Item, items: dict[int, Item], there: dict[int, str]) -> Link:
    change = Change.SAME
    step: Item | None = item
    while step is not None:
        if step.pk in there:
            return Link(there[step.pk], change)
        change = max(change, Change(step.change), key=WEIGHT.index)
        step = items.get(step.follows_id or 0)
    return NEW


def _stem(item: Item, items: dict[int, Item]) -> int:
    """The item of everybody's wording that stands behind this one; itself when there is none."""
    while item.follows_id in items and item.change == Change.SAME and not item.local:
        item = items[item.follows_id]
    return item.pk
