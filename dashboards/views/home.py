from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from coalitions.access import sits
from coalitions.models import Seat
from coalitions.roles import Can
from dashboards.queries.home import home as home_of
from milestones import headlines
from milestones.actions.sealing import seal_if_due
from milestones.queries.ledger import widest
from milestones.queries.rounds import all_rounds
from web.pages import page


@sits
def home(request: HttpRequest, seat: Seat) -> HttpResponse:
    """“Where is the round, and what do I do next?”"""
    now = timezone.now()
    rounds = all_rounds(seat.coalition)
    if rounds:
        rounds[0].coalition = seat.coalition
        rounds[0] = seal_if_due(round=rounds[0], now=now)
    found = home_of(seat, rounds=rounds, now=now)
    widest_gap = widest(found.ledger)
    context = {
        "home": found,
        "round": found.round,
        "stage": found.stage,
        "sees_who": seat.can(Can.SEE_WHO_ANSWERED),
        "runs": seat.can(Can.RUN_ROUNDS),
        "rows": [headlines.ledger_row(line) for line in found.ledger],
        "opened": found.ledger[0].opened,
        "all_recorded": all(line.ended == line.opened for line in found.ledger),
        "widest": widest_gap,
        "widest_sentence": headlines.gap_sentence(widest_gap.board) if widest_gap else "",
        "missing_most": _missing_most(found),
    }
    return page(request, "dashboards/home.html", context, parts=("progress",))


def _missing_most(found):
    """The one group that the round misses most, for the lead; none when two miss as many."""
    if not found.progress:
        return None
    most = max((group.missing for group in found.progress.groups), default=0)
    groups = [group for group in found.progress.groups if group.missing == most]
    return groups[0] if most and len(groups) == 1 else None
