"""Goals and reasons that tables share within their cohort, for the tables themselves and for evaluators."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from coalitions.access import evaluates, sits
from coalitions.models import Coalition, Seat
from coalitions.roles import Can
from milestones.queries.learning import shared_by, shared_release
from web.pages import page

from ..queries.filters import cohort_asked
from ..queries.learning import chosen, topics


@evaluates
def learning(request: HttpRequest, coalitions: QuerySet[Coalition]) -> HttpResponse:
    """Of all of the visitor's cohorts, or of the one in the address."""
    cohort, notes = cohort_asked(request.GET, request.cohorts)
    tables = coalitions.filter(cohort=cohort) if cohort else coalitions
    context = {
        **_shared(request, tables.select_related("state")),
        "cohorts": request.cohorts if len(request.cohorts) > 1 else (),
        "cohort": cohort,
        "notes": notes,
        "more": f"&cohort={cohort.pk}" if cohort else "",
    }
    return page(request, "dashboards/learning.html", context, parts=("shared",))


@sits
def cohort_learning(request: HttpRequest, seat: Seat) -> HttpResponse:
    """What the tables of this one's cohort share, its own among them."""
    cohort = seat.coalition.cohort
    tables = Coalition.objects.filter(cohort=cohort).select_related("state") if cohort else ()
    leads = seat.can(Can.RELEASE)
    context = {
        **_shared(request, tables),
        "cohort": cohort,
        "leads": leads,
        "own": shared_release(seat.coalition) if leads else None,
    }
    return page(request, "dashboards/cohort_learning.html", context, parts=("shared",))


def _shared(request: HttpRequest, coalitions: Iterable[Coalition]) -> dict[str, Any]:
    found = topics(shared_by(coalitions))
    return {"topics": found, "topic": chosen(found, request.GET.get("milestone", ""))}
