"""The opening: tallies pass the gate once, what each audience may see is written, tallies are gone."""

import random
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from coalitions.actions import record
from coalitions.models import Seat, Verb
from web.refusal import Refused

from .. import disclosure
from ..models import Evidence, Item, Opening, Round, Tally, Word
from ..models.answers import CANNOT_SAY
from ..models.record import Audience
from ..queries.earlier import earlier
from .sealing import purge, seal_if_due


@transaction.atomic
def open_answers(*, round: Round, by: Seat, now: datetime) -> Round:
    """Show everyone at once. Needs a closed round; cannot be undone; a second press changes nothing."""
    round = Round.objects.select_for_update().get(pk=round.pk)
    if round.opened_at:
        return round
    round = seal_if_due(round=round, now=now)
    if not round.sealed_at:
        raise Refused(_("The round is still open. It has to close first."))
    took_part = _took_part(round)
    before = earlier(round)
    tallies: dict[int, list[Tally]] = defaultdict(list)
    for tally in round.tallies.all():
        tallies[tally.item_id].append(tally)
    rows: list[Opening] = []
    for item in round.version.items.all():
        rows += _open_item(round, item, tallies[item.pk], took_part=took_part, earlier=before[item.pk])
    Opening.objects.bulk_create(rows)
    round.tallies.all().delete()
    Evidence.objects.filter(round=round, hidden=True).update(hidden=False)
    round.opened_at, round.purged_at = now, None
    round.save(update_fields=["opened_at", "purged_at"])
    record(coalition=round.coalition, seat=by, verb=Verb.ANSWERS_OPENED, about=round.name, at=now)
    transaction.on_commit(lambda: purge(round=round, now=now))
    return round


def _took_part(round: Round) -> dict[str, frozenset[str]]:
    who = defaultdict(set)
    for part in round.parts.filter(took_part=True).select_related("seat"):
        who[part.base].add(part.who)
    return {base: frozenset(who[base]) for base in disclosure.BASES}


def _open_item(
    round: Round,
    item: Item,
    tallies: list[Tally],
    *,
    took_part: Mapping[str, frozenset[str]],
    earlier: list[disclosure.Earlier],
) -> list[Opening]:
    counts: dict[disclosure.Group, dict[int, int]] = defaultdict(dict)
    for tally in tallies:
        if tally.group and tally.pick is not None:
            counts[disclosure.group_of(tally.group)][tally.pick] = tally.count
    rung = disclosure.LADDER.index(tuple(sorted(counts, key=_order))) if counts else None
    shown = disclosure.display(
        disclosure.Tally(rung=rung, counts=dict(counts)),
        took_part=took_part,
        earlier=earlier,
        levels=len(round.version.scale),
    )
    answered = sum(n for group in counts.values() for pick, n in group.items() if pick != CANNOT_SAY)
    answered += sum(group.get(CANNOT_SAY, 0) for group in counts.values())
    ticked = {tally.evidence_id: tally.count for tally in tallies if tally.evidence_id}
    ticks = {str(pk): safe for pk, n in ticked.items() if (safe := disclosure.ticks(n, answered)) is not None}
    _release_words(round, item, shown)
    return [
        *_rows(round, item, Audience.TABLE, shown, ticks),
        *_rows(round, item, Audience.EVALUATORS, shown, ticks),
        *_rows(round, item, Audience.PUBLIC, disclosure.public(shown), {}),
    ]


def _order(group: disclosure.Group) -> int:
    return disclosure.BASES.index(group[0])


def _rows(
    round: Round, item: Item, audience: str, shown: disclosure.Display, ticks: dict[str, int]
) -> list[Opening]:
    """One for each figure; one without a group where nothing is shown."""
    tested = [disclosure.code(group) for groups in shown.tested.values() for group in groups]
    same = {"round": round, "item": item, "audience": audience, "ticks": ticks, "tested": tested}
    if not shown.figures:
        return [Opening(**same)]
    return [
        Opening(
            **same,
            group=disclosure.code(figure.group),
            people=figure.people,
            cannot_say=figure.cannot_say,
            counts=None if figure.counts is None else {str(level): n for level, n in figure.counts.items()},
            average=figure.average,
            half=figure.half,
        )
        for figure in shown.figures
    ]


def _release_words(round: Round, item: Item, shown: disclosure.Display) -> None:
    """Words stand under the groups that are shown; too few of them stand under the whole table."""
    words = list(round.words.filter(item=item))
    if not words:
        return
    written = Counter(disclosure.group_of(word.group) for word in words)
    under = disclosure.word_groups(written, shown)
    random.SystemRandom().shuffle(words)
    for word in words:
        word.group = disclosure.code(under[disclosure.group_of(word.group)])
    # Deleted and written again, so that where a row lies does not tell which group it came from.
    Word.objects.filter(pk__in=[word.pk for word in words]).delete()
    for word in words:
        word.pk = None
    Word.objects.bulk_create(words)
