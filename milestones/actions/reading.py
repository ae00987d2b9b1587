"""That an evaluator read a release is on record, and its table sees it."""

from collections.abc import Mapping
from datetime import datetime
from itertools import islice

from django.db.models import QuerySet

from coalitions.models import Coalition
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


def mark_all_read(*, releases: Mapping[int, Coalition], by: Member, now: datetime) -> None:
    """The same of all releases, by number, whose words stand on one page. Four queries at most."""
    today = {release: coalition.today(now) for release, coalition in releases.items()}
    known = dict(Reading.objects.filter(release__in=today, member=by).values_list("release_id", "last_on"))
    first = [
        Reading(release_id=release, member=by, first_on=day, last_on=day)
        for release, day in today.items()
        if release not in known
    ]
    if first:
        Reading.objects.bulk_create(first, ignore_conflicts=True)
    again = [release for release, last_on in known.items() if last_on < today[release]]
    for day in {today[release] for release in again}:  # two at most, since the country has many zones
        there = [release for release in again if today[release] == day]
        Reading.objects.filter(release__in=there, member=by).update(last_on=day)


def mark_taken(*, taken: QuerySet[Summary], by: Member, now: datetime) -> None:
    """The same of every release that goes into a file, however many there are."""
    rows = taken.order_by().select_related("coalition").defer("cells", "levels", "participation")
    coming = rows.iterator(chunk_size=AT_ONCE)
    while some := list(islice(coming, AT_ONCE)):
        mark_all_read(releases={row.release_id: row.coalition for row in some}, by=by, now=now)
