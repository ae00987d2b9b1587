"""Telling evaluators that a release has landed."""

import logging
from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import override

from members.models import Member
from milestones.models import Release
from outbox.actions.wishes import forget_over
from outbox.actions.writing import Letter, enqueue_all
from outbox.channels import has_mailbox

from .. import letters
from ..queries.evaluators import KIND, STILL_EVALUATES, TOLD_FOR, key_of, untold
from ..zones import zone_named
from .apart import apart

log = logging.getLogger(__name__)


def plan_releases(*, now: datetime) -> int:
    """A letter for each evaluator who was not told of a release of the last seven days; how many that were."""
    forget_over(kind=KIND, now=now)
    members = dict(untold(now))
    return apart(lambda release: _tell(release, members[release], now), members, name="notice of release")


def _tell(release: Release, members: Sequence[Member], now: datetime) -> int:
    zone, until = release.round.coalition.time_zone, release.at + TOLD_FOR
    if zone_named(zone) is None:
        log.error("Release %s is told to nobody: the time zone of its table does not exist.", release.pk)
        return 0
    due = [(member, member.wakes(now, zone)) for member in members if has_mailbox(member.email)]
    written = [_letter(release, member, wakes, until) for member, wakes in due if wakes < until]
    enqueue_all(written, now=now)
    return len(written)


def _letter(release: Release, member: Member, wakes: datetime, until: datetime) -> Letter:
    with override(member.language):
        subject, text = letters.released(release, to=member.name)
    return Letter(
        key=key_of(release, member),
        to=member.email,
        subject=subject,
        text=text,
        kind=KIND,
        language=member.language,
        check=STILL_EVALUATES,
        not_before=wakes,
        not_after=until,
    )
