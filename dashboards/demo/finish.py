"""The demo's short cut from an open round to the opening, by the same actions as ever."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from coalitions.models import Coalition
from milestones.actions.rounds import close_early
from milestones.actions.sealing import seal_if_due
from milestones.models import Round, Stage
from milestones.models.answers import CANNOT_SAY
from milestones.queries.rounds import latest_round, progress
from web.refusal import Refused

from .answers import Answer, planned
from .build import OPEN, NotADemo, answer


def finish_round(*, coalition: Coalition, now: datetime) -> Round:
    """Whoever has not finished answers as the demo planned it; then the round closes and is sealed.

    Nobody's draft is read for it, so somebody half-way gets all seven answers anew. A seat that the demo
    does not know can't say. Refuses outside demo mode, and when no round is open.
    """
    if not settings.DEMO:
        raise NotADemo
    with transaction.atomic():
        Coalition.objects.select_for_update().get(pk=coalition.pk)
        round = latest_round(coalition)
        if round is None or round.stage(now) != Stage.OPEN:
            raise Refused(_("No round is open, so there is nothing to close."))
        items = list(round.version.items.select_related("version"))
        plan = planned(min(round.number, OPEN))
        silent = {item.code: Answer(CANNOT_SAY) for item in items}
        for seat in progress(round).waiting_for:
            key = seat.member.email.partition("@")[0]
            answer(round=round, seat=seat, items=items, answers=plan.get(key, silent), now=now)
        lead = coalition.seats.current().filter(lead=True).earliest("id")
        round = close_early(round=round, by=lead, now=now)
    return seal_if_due(round=round, now=now)
