"""What is printed: a round's report for its table and for evaluators, and the sheet for the meeting."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from coalitions.access import evaluates, requires, sits
from coalitions.models import Coalition, Seat
from coalitions.roles import Can
from feedback.queries.said import last_said
from milestones.access import round_of
from milestones.headlines import gap_headings
from milestones.models import Round
from milestones.queries.document import participation_of
from milestones.queries.released import before, newer, release_at
from milestones.queries.report import opened_before, reported
from milestones.queries.summaries import cells_of, summarized
from milestones.released import read
from milestones.scoring import chance_of_one
from milestones.texts import talk_prompts
from milestones.told import headline_of
from web.pages import page

from .. import headlines
from ..matrix import matrix
from ..queries import changes as moved
from ..queries import checks as quoting
from ..queries import gaps as apart
from ..queries.across import across
from ..queries.placemat import placemat as placemat_of
from ..reports import level_row
from .paper import paper

SAID = 12  # “you said, we did” in a report, the newest


@sits
@paper
def report(request: HttpRequest, seat: Seat, number: int) -> HttpResponse:
    """From what the table opened and agreed, with every view its members may read."""
    round = round_of(seat, number)
    if round.opened_at is None:
        return redirect("opening", seat.coalition.slug, number)
    earlier = opened_before(round)
    told = reported(round, before=earlier, seat=seat)
    context = {
        **_named(seat.coalition, round),
        "participation": participation_of(round),
        "headline": headline_of(told),
        "milestones": told,
        "rows": [level_row(each, each.change, each.series, first=earlier is None) for each in told],
        "chance": chance_of_one(len(told)),
        "said": last_said(seat.coalition, get_language() or "en", most=SAID),
    }
    return page(request, "dashboards/report.html", context)


def _named(coalition: Coalition, round: Round) -> dict[str, Any]:
    return {
        "table": coalition,
        "round": round,
        "round_name": round.name,
        "number": round.number,
        "meets_on": round.meets_on,
        "framework": str(round.version),
    }


@evaluates
@paper
def release_report(
    request: HttpRequest, coalitions: QuerySet[Coalition], slug: str, number: int, release: int
) -> HttpResponse:
    """From the frozen release alone."""
    coalition = get_object_or_404(coalitions.select_related("state"), slug=slug)
    found = release_at(coalition, number=number, release=release)
    if found is None:
        raise Http404
    released = read(found.document, earlier=before(found))
    cells = cells_of(summarized(found))
    context = {
        "table": coalition,
        "release": found,
        "newer": newer(found),
        "released": released,
        "round_name": released.name,
        "number": released.number,
        "meets_on": released.meets_on,
        "framework": released.framework,
        "participation": released.participation,
        "headline": released.headline,
        "milestones": released.milestones,
        "rows": [_compared(each, cells, first=not released.compared) for each in released.milestones],
    }
    return page(request, "dashboards/release_report.html", context)


def _compared(told, cells, *, first):
    """A coalition's own milestones are in no figures, so they are compared with nothing."""
    cell = cells.get(told.item.code)
    return level_row(told, cell.change if cell else None, cell.series if cell else "", first=first)


@evaluates
@paper
def states_report(request: HttpRequest, coalitions: QuerySet[Coalition]) -> HttpResponse:
    """Coalitions by name, with the filters of the States page, from releases alone."""
    told = across(request.GET, coalitions=coalitions, cohorts=request.cohorts)
    changed, wide = moved.changes(told), apart.gaps(told)
    context = {
        "told": told,
        "filters": told.filters,
        "headline": headlines.headline(told),
        "under": headlines.under(told),
        "matrix": matrix(told),
        "changes": changed,
        "changes_headline": moved.headline(told, changed),
        "gaps": wide,
        "gaps_headline": apart.headline(wide),
        "headings": gap_headings(_("Coalition")),
        "top": len(told.levels),
        "found": quoting.checks(told),
    }
    return page(request, "dashboards/states_report.html", context)


@requires(Can.OPEN_ANSWERS)
@paper
def placemat(request: HttpRequest, seat: Seat, number: int) -> HttpResponse:
    """One sheet for the meeting. Before the opening it has nothing of the round that is to be opened."""
    round = round_of(seat, number)
    found = placemat_of(round, seat=seat, today=seat.coalition.today(timezone.now()))
    return page(request, "dashboards/placemat.html", {"mat": found, "round": round, "rules": talk_prompts()})
