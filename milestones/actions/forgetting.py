"""Somebody closes their account: what is theirs alone is deleted, and no mark of them leads back to a person."""

import secrets
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from coalitions.models import Seat
from members.models import Member

from ..models import Agreement, Dissent, Draft, Evidence, Part, Reading, Tick
from .dissent import withdraw_dissent
from .release import change_releases


@transaction.atomic
def forget(*, member: Member, now: datetime) -> None:
    """Their answers of an open round, what they had seen and not yet shared, and what they signed. Figures stand.

    A round past its closing was sealed when their seat ended: there the answers have become counts already.
    """
    mine = {"seat__member": member}
    Tick.objects.filter(draft__seat__member=member).delete()
    Draft.objects.filter(**mine).delete()
    Evidence.objects.filter(private_to__member=member).delete()
    for seat in Seat.objects.filter(member=member):
        for dissent in Dissent.objects.filter(seat=seat).select_related("round"):
            withdraw_dissent(dissent=dissent, seat=seat, code="", now=now)
    Reading.objects.filter(member=member).delete()
    _forget_title(member)
    Part.objects.filter(**mine, round__sealed_at=None).delete()
    # One number for all rounds: to the gate, the same person must stay the same person (rule 6).
    Part.objects.filter(**mine).update(seat=None, stand_in=secrets.randbelow(2**63 - 1) + 1)


def _forget_title(member: Member) -> None:
    """Outside the table a next step is owned by a title, and a title such as "Dad of one, Covington" is a person."""
    owned = Agreement.objects.filter(owner__member=member).select_related("round", "item")
    for agreement in owned:
        change_releases(agreement.round, change=partial(_without_owner, agreement))
    owned.update(owner_title="")


def _without_owner(agreement: Agreement, item: dict[str, Any]) -> None:
    for row in item.get("agreements", ()):
        if (item["code"], row["number"]) == (agreement.item.code, agreement.number):
            row["owner"] = ""
