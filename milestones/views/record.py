"""The milestones over all rounds: what the table recorded, and what changed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from coalitions.access import sits
from coalitions.models import Seat
from coalitions.roles import Can
from web.charts import Apart, Point
from web.pages import page

from .. import headlines
from ..queries.ledger import ledger
from ..queries.record import InRound, asked_no_more, story
from ..queries.rounds import all_rounds


@sits
def milestones(request: HttpRequest, seat: Seat) -> HttpResponse:
    rounds = all_rounds(seat.coalition)
    lines = ledger(seat.coalition, rounds).lines
    context = {
        "over": asked_no_more(rounds),
        "keeps_local": seat.can(Can.RUN_ROUNDS),
        "rows": [headlines.ledger_row(line) for line in lines],
        "latest": lines[0].opened if lines else None,
    }
    return page(request, "milestones/milestones.html", context)


@sits
def milestone_record(request: HttpRequest, seat: Seat, code: str) -> HttpResponse:
    told = story(seat.coalition, code, seat=seat)
    if told is None:
        raise Http404
    points = [_point(each) for each in told.series]
    context = {
        "item": told.item,
        "points": points,
        "sentence": _over_time(told.series),
        "over": told.over,
        "chart_label": ". ".join(f"{point.round}: {point.text}" for point in points),
        "gaps": [_apart(seat, each) for each in reversed(told.series)],
        "gap_headings": headlines.gap_headings(_("Round")),
        "rounds": list(reversed(told.rounds)),
        "evidence": told.evidence,
        "records": seat.can(Can.RECORD),
        "dissents": seat.can(Can.DISSENT),
        "of": len(told.item.version.scale),
    }
    return page(request, "milestones/milestone_record.html", context)


def _apart(seat: Seat, each: InRound) -> Apart:
    address = reverse("board", args=[seat.coalition.slug, each.round.number, each.board.item.position])
    return headlines.apart(each.board, name=each.round.name, address=address)


def _point(each: InRound) -> Point:
    ending = each.ending
    if ending is None:
        return Point(each.round.name, _("Not recorded yet"))
    if ending.agreed:
        return Point(each.round.name, ending.says, level=ending.low.value)
    return Point(each.round.name, ending.says, low=ending.low.value, high=ending.high.value)


def _over_time(rounds: tuple[InRound, ...]) -> str:
    """From the first agreed level to the newest, in one sentence."""
    agreed = [each for each in rounds if each.ending and each.ending.agreed]
    if not agreed:
        return _("The table has not agreed a level yet.") if rounds else ""
    first, last = agreed[0], agreed[-1]
    now = {
        "level": last.ending.says,
        "round": last.round.name,
        "before": first.ending.says,
        "first": first.round.name,
    }
    if first is last:
        return _("The table agreed on %(level)s in %(round)s.") % now
    if first.level == last.level:
        return _("The table agreed on %(level)s in %(round)s, the same as in %(first)s.") % now
    return _("The table agreed on %(level)s in %(round)s. In %(first)s it was %(before)s.") % now
