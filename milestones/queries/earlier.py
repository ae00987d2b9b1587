"""What a table could know from earlier rounds when a milestone is opened: what rule 6 of the gate looks at.

Wider than a series, on purpose. People may well answer the same to a question that was put differently, so an item
stands beside every earlier one that has its code or that it goes on from, clarified and redefined ones too.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Q

from .. import disclosure
from ..models import Item, Opening, Part, Round
from ..models.record import Audience

Took = dict[str, frozenset[str]]


def earlier(round: Round) -> dict[int, list[disclosure.Earlier]]:
    """By item of this round: each earlier round of its framework, with what the table saw, and who took part.

    A milestone that a table worded itself may ask again what was asked before, in other words, so a round that did
    not ask it counts with who took part alone; and so do rounds that had such milestones, for whatever is new.
    """
    before = round.coalition.rounds.filter(
        number__lt=round.number, opened_at__isnull=False, version__framework=round.version.framework_id
    )
    rounds = list(before.select_related("version").order_by("number"))
    took_part = _took_part(rounds)
    openings: dict[tuple[int, int], list[Opening]] = defaultdict(list)
    seen = Opening.objects.filter(round__in=rounds, audience=Audience.TABLE)
    for row in seen.order_by("id"):
        openings[row.round_id, row.item_id].append(row)
    items = _items(round)
    kin = _kin(items)
    ours = {item.version_id for item in items if item.local}
    return {
        item.pk: [
            each
            for past in rounds
            for each in _in_round(
                [
                    rows
                    for (of, asked), rows in openings.items()
                    if of == past.pk and kin[asked] == kin[item.pk]
                ],
                [rows for (of, _asked), rows in openings.items() if of == past.pk],
                took_part[past.pk],
                unknown=past.roll_unknown,
                beside=_worded_here(item, items) or past.version_id in ours,
            )
        ]
        for item in items
        if item.version_id == round.version_id
    }


def _in_round(
    same: Sequence[list[Opening]],
    every: Sequence[list[Opening]],
    took_part: Took,
    *,
    unknown: bool,
    beside: bool,
) -> Iterable[disclosure.Earlier]:
    if same:
        for rows in same:
            figures = tuple(_figure(row) for row in rows if row.group)
            yield disclosure.Earlier(figures, _tested(rows), took_part, unknown)
    elif beside:
        tested = dict.fromkeys(group for rows in every for group in _tested(rows))
        yield disclosure.Earlier((), tuple(tested), took_part, unknown)


def _tested(rows: list[Opening]) -> tuple[disclosure.Group, ...]:
    return tuple(disclosure.group_of(group) for group in rows[0].tested)


def _figure(row: Opening) -> disclosure.Figure:
    counts = None if row.counts is None else {int(level): n for level, n in row.counts.items()}
    return disclosure.Figure(disclosure.group_of(row.group), counts=counts, half=row.half)


def _took_part(rounds: list[Round]) -> dict[int, Took]:
    people: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for part in Part.objects.filter(round__in=rounds, took_part=True).select_related("seat"):
        people[part.round_id][part.base].add(part.who)
    return {
        round.pk: {base: frozenset(people[round.pk][base]) for base in disclosure.BASES} for round in rounds
    }


def _items(round: Round) -> list[Item]:
    """Every item of everybody's wordings and of this table's own; their texts are not needed."""
    versions = Q(version__coalition=None) | Q(version__coalition=round.coalition_id)
    of = Item.objects.filter(versions, version__framework=round.version.framework_id, version__draft=False)
    return list(of.defer("content"))


def _kin(items: list[Item]) -> dict[int, int]:
    """The same number for items that have a code in common or follow one another, over any number of steps."""
    number = {item.pk: item.pk for item in items}

    def root(pk: int) -> int:
        while number[pk] != pk:
            pk = number[pk]
        return pk

    first_with: dict[str, int] = {}
    for item in items:
        number[root(item.pk)] = root(first_with.setdefault(item.code, item.pk))
        if item.follows_id in number:
            number[root(item.pk)] = root(item.follows_id)
    return {pk: root(pk) for pk in number}


def _worded_here(item: Item, items: list[Item]) -> bool:
    """Whether it is a local milestone of this table, or was one before it became everybody's."""
    known = {each.pk: each for each in items}
    step: Item | None = item
    while step is not None:
        if step.local:
            return True
        step = known.get(step.follows_id or 0)
    return False
