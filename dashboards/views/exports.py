"""Everything out as data: for evaluators what they may read, and for a table the same file of itself alone."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from coalitions.access import evaluates, sits
from coalitions.actions import record
from coalitions.models import Coalition, Seat, Verb
from coalitions.roles import Can
from milestones.actions.reading import mark_taken
from milestones.queries.exports import ABSENCES, SHEETS, Chosen, by_name, columns, rows, sheets
from web.files import book_file, csv_file
from web.pages import page

from ..queries.wanted import wanted

BOOK = "everything.xlsx"


@evaluates
def exports(request: HttpRequest, coalitions: QuerySet[Coalition]) -> HttpResponse:
    asked = wanted(request.GET, coalitions=coalitions, cohorts=request.cohorts)
    return page(request, "dashboards/exports.html", {"wanted": asked, "filters": asked.filters, **_told()})


@evaluates
def export_file(request: HttpRequest, coalitions: QuerySet[Coalition], file: str) -> HttpResponseBase:
    """What the address asks for, or nothing: a file with other rows than were asked for would mislead."""
    asked = wanted(request.GET, coalitions=coalitions, cohorts=request.cohorts)
    if asked.filters.notes:
        raise Http404
    answer = _file(file, by_name(asked.coalitions), asked.chosen, "common-table")
    if file != "dictionary.csv":  # there is nothing of any table in it
        mark_taken(taken=asked.summaries, by=request.user, now=timezone.now())
    return answer


@sits
def table_exports(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """What evaluators see of this table. Taking it away is on record, so it is a press of a button."""
    if request.method != "POST":
        context = {**_told(), "archives": seat.can(Can.ARCHIVE)}
        return page(request, "dashboards/table_exports.html", context)
    file = request.POST.get("file", "")
    answer = _file(file, [seat.coalition], Chosen(), seat.coalition.slug)
    record(coalition=seat.coalition, seat=seat, verb=Verb.EXPORTED, about=file, at=timezone.now())
    return answer


def _file(file: str, coalitions: Sequence[Coalition], chosen: Chosen, called: str) -> HttpResponseBase:
    """Its name says whose figures, which sheet and which day, and nobody's name."""
    sheet, _dot, kind = file.rpartition(".")
    name = f"{called}-{sheet}-{timezone.now().date().isoformat()}"
    if file == BOOK:
        return book_file(name, sheets(coalitions, chosen))
    if sheet not in SHEETS or kind != "csv":
        raise Http404
    return csv_file(name, rows(sheet, coalitions, chosen))


def _told() -> dict[str, Any]:
    """What each file holds, and what its columns and codes mean."""
    held = columns()
    return {
        "book": BOOK,
        "files": [(f"{name}.csv", text) for name, text in _what_it_holds().items()],
        "columns": [(name, _what_it_holds()[name], held[name]) for name in held],
        "absences": ABSENCES.items(),
    }


def _what_it_holds() -> dict[str, str]:
    return {
        "figures": _(
            "One row for each coalition, round, milestone and group: levels, averages, counts, gaps."
        ),
        "agreements": _("What each table agreed, why, and what comes next. Earlier versions too."),
        "words": _("What people wrote and let be quoted outside."),
        "views": _("Who sees it differently, as far as they let it out."),
        "evidence": _("What the tables have seen and marked for outside."),
        "dictionary": _("Every column and every code, in both languages."),
    }
