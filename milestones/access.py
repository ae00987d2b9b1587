"""From a checked seat to the round and milestone in the address; anything else is not found.

`@answers def score(request, seat, round, ...)` lets in whom the round asks, and puts their line of its roll at
`request.part`.
"""

from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from coalitions.access import sits
from coalitions.models import Seat
from coalitions.roles import Can
from members.access import View

from .actions.sealing import seal_if_due
from .models import Item, Part, Round, Stage
from .queries.board import items_of
from .queries.roll import asks, part_of


def answers(view: View) -> View:
    """Whom the open round asks, whatever their role has become meanwhile. Otherwise, who answers at all."""

    @wraps(view)
    def asked(request: HttpRequest, seat: Seat, number: int, *args: Any, **kwargs: Any) -> HttpResponse:
        round = round_of(seat, number)
        part = part_of(round, seat)
        if not _may_answer(round, seat, part):
            raise PermissionDenied
        request.part = part  # type: ignore[attr-defined]
        return view(request, seat, round, *args, **kwargs)

    guarded = sits(asked)
    guarded.access = "asked"  # type: ignore[attr-defined]
    return guarded


def _may_answer(round: Round, seat: Seat, part: Part | None) -> bool:
    """Once it is closed its roll asks nobody; who could have answered is told that it has closed."""
    if round.stage(timezone.now()) == Stage.OPEN:
        return asks(part, seat)
    return part is not None or seat.can(Can.ANSWER)


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
