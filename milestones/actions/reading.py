"""That an evaluator read a release is on record, and its table sees it."""

import zoneinfo
from datetime import datetime
from itertools import islice

from django.db.models import QuerySet

from members.models import Member

from ..models import Reading, Release, Summary

AT_ONCE = 500


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


def mark_taken(*, taken: QuerySet[Summary], by: Member, now: datetime) -> None:
    """The same of every release that went into a file, a few hundred at once."""
    coming = taken.order_by().values_list("release", "coalition__time_zone").iterator(chunk_size=AT_ONCE)
    while some := list(islice(coming, AT_ONCE)):
        days = [(release, now.astimezone(zoneinfo.ZoneInfo(zone)).date()) for release, zone in some]
        Reading.objects.bulk_create(
            [Reading(release_id=release, member=by, first_on=day, last_on=day) for release, day in days],
            update_conflicts=True,
            unique_fields=["release", "member"],
            update_fields=["last_on"],
        )
