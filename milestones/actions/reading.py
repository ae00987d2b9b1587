"""That an evaluator read a release is on record, and its table sees it."""

from datetime import datetime

from members.models import Member

from ..models import Reading, Release


def mark_read(*, release: Release, by: Member, now: datetime) -> None:
    """On the day it is at the table. Writes when it is their first time, and at most once a day after that."""
    today = release.round.coalition.today(now)
    known = Reading.objects.filter(release=release, member=by).first()
    if known is None:
        # Two pages opened at once are one reader.
        first = Reading(release=release, member=by, first_on=today, last_on=today)
        Reading.objects.bulk_create([first], ignore_conflicts=True)
    elif known.last_on < today:
        Reading.objects.filter(pk=known.pk).update(last_on=today)
