"""Closing: private answers become tallies that no one can take apart, and the answers are gone."""

import random
from collections import Counter
from datetime import datetime

from django.db import OperationalError, connection, transaction
from django.db.models import Case, Model, Q, When

from coalitions.models import Coalition

from .. import disclosure
from ..models import Draft, Evidence, Item, Part, Round, Stage, Tally, Tick, Word
from ..models.answers import CANNOT_SAY, Show
from ..queries.roll import asks

WHOLE = disclosure.LADDER[-1][0]


def seal_if_due(*, round: Round, now: datetime) -> Round:
    """Seal a round past its closing; whoever comes by first does it. Cheap when there is nothing to do."""
    if round.stage(now) == Stage.CLOSED and not round.sealed_at:
        round = seal_round(round=round, now=now)
    if round.sealed_at and not round.purged_at and not connection.in_atomic_block:
        purge(round=round, now=now)
    return round


def seal_due(*, now: datetime, coalition: Coalition | None = None) -> int:
    """Seal and purge every round that needs it, of one table or of all. Returns how many were looked at."""
    at_table = Round.objects.filter(coalition=coalition) if coalition else Round.objects.all()
    due = at_table.filter(started_at__isnull=False, closes_at__lte=now)
    rounds = list(due.filter(Q(sealed_at=None) | Q(purged_at=None)))
    for round in rounds:
        seal_if_due(round=round, now=now)
    return len(rounds)


@transaction.atomic
def seal_round(*, round: Round, now: datetime) -> Round:
    """Drafts become tallies and shared words, whole or not at all; then every draft is deleted."""
    round = Round.objects.select_for_update().get(pk=round.pk)
    if round.sealed_at or round.stage(now) != Stage.CLOSED:
        return round
    _settle_the_roll(round)
    group_of_seat = dict(round.parts.values_list("seat_id", "group"))
    bases = {seat: Part(group=group).base for seat, group in group_of_seat.items()}
    drafts = list(round.drafts.filter(seat_id__in=bases).select_related("seat").prefetch_related("ticks"))
    kept: list[Word] = []
    for item in round.version.items.all():
        answers = [(draft, bases[draft.seat_id]) for draft in drafts if draft.item_id == item.pk]
        group_of = _tally(round, item, answers)
        kept += [
            _word(round, draft, group_of[base])
            for draft, base in answers
            if draft.shared and draft.words.strip()
        ]
    # Shuffled over the whole round, so that no order ties two comments to one person.
    random.SystemRandom().shuffle(kept)
    Word.objects.bulk_create(kept)
    Tick.objects.filter(draft__round=round).delete()
    round.drafts.all().delete()
    Evidence.objects.filter(round=round, private_to__isnull=False).update(private_to=None, hidden=True)
    round.sealed_at, round.purged_at = now, None
    round.save(update_fields=["sealed_at", "purged_at", "participation"])
    transaction.on_commit(lambda: purge(round=round, now=now))
    return round


def _settle_the_roll(round: Round) -> None:
    """Who left takes their answers with them; who joined is on the roll; how far each got is dropped.

    Whom the round did not ask is no longer on it, so that nothing says later who was there and not asked.
    """
    roll = {part.seat_id: part for part in round.parts.select_related("seat")}
    gone = [pk for pk, part in roll.items() if part.seat and not asks(part, part.seat)]
    Draft.objects.filter(round=round, seat__in=gone).delete()
    round.parts.filter(seat__in=gone).delete()
    here = round.coalition.seats.current()
    joined = [seat for seat in here if seat.pk not in roll and asks(None, seat)]
    Part.objects.bulk_create(Part(round=round, seat=seat, group=seat.group) for seat in joined)
    parts = list(round.parts.all())
    items = round.version.items.count()
    families = [part for part in parts if part.base != "others"]
    round.participation = {
        whose: {
            "asked": len(of),
            "took_part": sum(1 for part in of if part.saved),
            "answered": sum(1 for part in of if part.saved == items),
        }
        for whose, of in (("everyone", parts), ("families", families))
    }
    took_part = Case(When(saved__gt=0, then=True), default=False)
    round.parts.update(took_part=took_part, saved=None)


def _tally(round: Round, item: Item, answers: list[tuple[Draft, str]]) -> dict[str, str]:
    """Write the counts of one milestone; gives the code of the group that each base was counted in."""
    picked = [(draft, base) for draft, base in answers if draft.pick is not None]
    scored = Counter(base for draft, base in picked if draft.pick != CANNOT_SAY)
    rung = disclosure.sealing_rung(scored)
    if rung is None:
        Tally.objects.create(round=round, item=item, group="", count=len(picked))
        return dict.fromkeys(disclosure.BASES, disclosure.code(WHOLE))
    group_of = {base: disclosure.code(group) for group in disclosure.LADDER[rung] for base in group}
    picks = Counter((group_of[base], draft.pick) for draft, base in picked)
    ticks = Counter(tick.evidence_id for draft, _base in picked for tick in draft.ticks.all())
    rows = [
        Tally(round=round, item=item, group=group, pick=pick, count=n) for (group, pick), n in picks.items()
    ]
    rows += [
        Tally(round=round, item=item, group="", evidence_id=evidence, count=n)
        for evidence, n in ticks.items()
    ]
    random.SystemRandom().shuffle(rows)
    Tally.objects.bulk_create(rows)
    return group_of


def _word(round: Round, draft: Draft, group: str) -> Word:
    main = round.coalition.main_language
    only_main = draft.show == Show.MAIN
    return Word(
        round=round,
        item_id=draft.item_id,
        group=group,
        text=draft.translation if only_main else draft.words,
        language=main if only_main else draft.language,
        translation=draft.translation if draft.show == Show.BOTH else "",
        quotable=draft.quotable,
    )


def purge(*, round: Round, now: datetime) -> bool:
    """Wipe what was deleted from the database's own files. Tried again until it is on record.

    SQLite overwrites deleted rows (secure_delete) and empties its log here; PostgreSQL rewrites the
    tables, and its write-ahead log ages out with the backups.
    """
    if not overwrite(Draft, Tick, Tally, Part, Evidence, Word):
        return False
    Round.objects.filter(pk=round.pk, purged_at=None).update(purged_at=now)
    return True


def overwrite(*models: type[Model]) -> bool:
    """Whether what was deleted from these tables is gone from the files too; else the next call tries again."""
    if connection.in_atomic_block:
        return False  # the rows are not deleted until the transaction ends
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return not cursor.fetchone()[0]  # else somebody is reading
        # Whoever writes meanwhile waits behind this, so it does not wait long itself.
        cursor.execute("SET lock_timeout = '500ms'")
        try:
            for model in models:
                cursor.execute(f'VACUUM FULL "{model._meta.db_table}"')
        except OperationalError:
            return False
        finally:
            cursor.execute("RESET lock_timeout")
    return True
