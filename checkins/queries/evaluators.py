"""Whom a release is told to."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from members.models import Member
from milestones.models import Release
from outbox.models import Message

KIND, STILL_EVALUATES = "releases", "checkins.still_evaluates"
TOLD_FOR = timedelta(days=7)


def key_of(release: Release, member: Member) -> str:
    return f"release/{release.pk}/evaluator/{member.pk}"


def untold(now: datetime) -> Iterator[tuple[Release, list[Member]]]:
    """The releases of the last seven days that no other has corrected since, each with the evaluators of its
    cohort who were not written to. Two queries for each such release, and one."""
    lately = Release.objects.filter(at__gt=now - TOLD_FOR, at__lte=now).defer("document")
    for release in lately.exclude(_corrected()).select_related("round__coalition").order_by("pk"):
        evaluators = list(_evaluators_of(release).order_by("pk"))
        keys = {key_of(release, member): member for member in evaluators}
        for known in Message.objects.filter(key__in=keys).values_list("key", flat=True):
            del keys[known]
        if keys:
            yield release, list(keys.values())


def still_evaluates(message: Message) -> bool:
    """Asked by the outbox just before the notice leaves: the same release, the same person, the same address."""
    _release, number, _evaluator, pk = message.key.split("/")
    release = Release.objects.exclude(_corrected()).defer("document").filter(pk=number).first()
    return release is not None and _evaluators_of(release).filter(pk=pk, email=message.to).exists()


def _evaluators_of(release: Release) -> QuerySet[Member]:
    return Member.objects.filter(is_active=True, cohorts__coalitions__rounds=release.round_id).distinct()


def _corrected() -> Exists:
    """Whoever would read it reads the one that corrects it."""
    return Exists(Release.objects.filter(round=OuterRef("round"), number__gt=OuterRef("number")))
