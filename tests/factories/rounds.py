"""Rounds at every stage, made by the actions that make real ones."""

import random
import uuid
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from coalitions.models import Coalition, Group, Seat
from milestones.actions.agreement import Said, record_agreement
from milestones.actions.framework import load_framework
from milestones.actions.opening import open_answers
from milestones.actions.release import release_round
from milestones.actions.rounds import open_round, plan_round
from milestones.actions.sealing import seal_round
from milestones.models import Draft, Part, Round, Version
from tests.factories.tables import a_seat

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
GROUPS = (
    (Group.PARENT, 7),
    (Group.PROVIDER, 6),
    (Group.ADVOCATE, 5),
    (Group.AGENCY, 4),
    (Group.FUNDER, 2),
)


def seven_milestones() -> Version:
    """The first framework; tests that truncate the database bring it back."""
    import json
    from pathlib import Path

    import milestones

    content = Path(milestones.__file__).parent / "content" / "framework.json"
    return load_framework(content=json.loads(content.read_text(encoding="utf-8")))


def a_table(coalition: Coalition, groups: Iterable[tuple[Group, int]] = GROUPS) -> list[Seat]:
    """Twenty-four people, unless told otherwise."""
    return [a_seat(coalition, f"{group}{n} Person", group) for group, count in groups for n in range(count)]


def an_open_round(
    coalition: Coalition, lead: Seat, *, version: Version | None = None, now: datetime = NOW
) -> Round:
    round = plan_round(
        coalition=coalition,
        version=version or seven_milestones(),
        name=f"Round {coalition.rounds.count() + 1}",
        closes_at=now + timedelta(days=14),
        meets_on=(now + timedelta(days=15)).date(),
        now=now,
    )
    return open_round(round=round, by=lead, now=now)


def everyone_answers(
    round: Round,
    seats: Iterable[Seat],
    *,
    picks: Mapping[int, Mapping[str, int]] | None = None,
    chance: random.Random | None = None,
    words: bool = False,
) -> None:
    """Each seat answers each milestone: `picks[seat id][item code]`, or by chance around its group."""
    chance = chance or random.Random(7)  # a repeatable table
    items = list(round.version.items.all())
    drafts = []
    for seat in seats:
        low = seat.group in (Group.PARENT, Group.PROVIDER)
        for item in items:
            drawn = (
                picks[seat.pk][item.code]
                if picks
                else chance.choice((1, 2, 2, 3, 4) if low else (2, 3, 4, 4, 5))
            )
            told = f"Words of {seat.pk} on {item.code}" if words else ""
            shared = {"words": told, "shared": True, "quotable": seat.pk % 2 == 0} if words else {}
            drafts.append(Draft(round=round, seat=seat, item=item, pick=drawn, **shared))
        Part.objects.get_or_create(round=round, seat=seat, defaults={"group": seat.group})
    # Written at once, since a table of thirty saves two hundred answers; test_score goes the long way.
    Draft.objects.bulk_create(drafts)
    Part.objects.filter(round=round, seat__in=list(seats)).update(saved=len(items), confirmed=True)


def sealed(round: Round) -> Round:
    return seal_round(round=round, now=round.closes_at)


def opened(round: Round, by: Seat) -> Round:
    return open_answers(round=sealed(round), by=by, now=round.closes_at + timedelta(days=1))


def said(level: int = 3, **fields) -> Said:
    whole = {"low": level, "high": level, "how": "everyone", "why": "We have examples.", "stand": "yes"}
    return Said(**{**whole, "above_because": "We saw it ourselves.", **fields})


def agreed(round: Round, by: Seat, level: int = 3) -> Round:
    for item in round.version.items.all():
        record_agreement(
            round=round, item=item, by=by, said=said(level), seen=0, now=round.opened_at, form=uuid.uuid4()
        )
    round.refresh_from_db()
    return round


def released(round: Round, by: Seat, yes_by: Seat) -> Round:
    release_round(round=round, by=by, yes_by=yes_by, now=round.agreed_at, form=uuid.uuid4())
    round.refresh_from_db()
    return round
