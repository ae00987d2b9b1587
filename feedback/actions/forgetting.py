"""Somebody closes their account: what the table said and recorded stays, without their name."""

from django.db import transaction

from members.models import Member

from ..models import Recording, SaidAndDone


@transaction.atomic
def forget(*, member: Member) -> None:
    SaidAndDone.objects.filter(by__member=member).update(by=None)
    Recording.objects.filter(by__member=member).update(by=None)
