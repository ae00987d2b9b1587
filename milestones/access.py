"""From a checked seat to the round and milestone in the address; anything else is not found."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from coalitions.models import Seat

from .actions.sealing import seal_if_due
from .models import Item, Round
from .queries.board import items_of


def round_of(seat: Seat, number: int) -> Round:
    """The round at this table. The first visit after closing seals it, so no scheduler has to be up."""
    round = get_object_or_404(
        Round.objects.select_related("version__framework"), coalition=seat.coalition, number=number
    )
    round.coalition = seat.coalition
    return seal_if_due(round=round, now=timezone.now())


def item_at(round: Round, position: int) -> tuple[Item, list[Item]]:
    """The milestone at this position, and all of them."""
    items = items_of(round.version)
    for item in items:
        if item.position == position:
            return item, items
    raise Http404
