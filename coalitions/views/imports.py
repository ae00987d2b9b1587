"""Bringing in a list: the file, its columns, its words, a look at what would happen, and the yes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.core.cache import caches
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from web.pages import page, seen_other
from web.refusal import Refused

from .. import actions, queries
from ..access import requires
from ..actions.imports import LinesLeft
from ..forms import ColumnsForm, ConfirmForm, RosterForm, WordsForm
from ..forms.lines import KINDS, gains, shown_line
from ..forms.reasons import reason
from ..imports.guesses import certain, unknown_words
from ..imports.kept import reading_from_json, sheet_from_json
from ..imports.refusals import NotAList
from ..imports.schema import key_of
from ..models import Group, Import, Seat
from ..queries import Check, Outcome
from ..roles import Can
from ..roster import SCHEMA

A_PAGE = 100


@requires(Can.PEOPLE)
def import_roster(request: HttpRequest, seat: Seat) -> HttpResponse:
    form = RosterForm(request.POST or None, request.FILES or None)
    waiting = seat.imports.filter(result__isnull=True).defer("sheet").first()
    context: dict[str, Any] = {"form": form, "groups": Group.choices, "waiting": waiting}
    if request.method == "POST" and form.is_valid():
        roster = form.cleaned_data["roster"]
        try:
            started = actions.start_import(
                by=seat,
                raw=roster.read(),
                file_name=roster.name,
                form=form.cleaned_data["form"],
                now=timezone.now(),
            )
        except NotAList as error:
            for refusal in error.refusals:
                where = _("Line %(line)s: %(why)s") if refusal.line else "%(why)s"
                form.add_error("roster", where % {"line": refusal.line, "why": reason(refusal)})
        except Refused as error:
            form.add_error(None, str(error))
        else:
            return seen_other(request, _next(started, sure=_is_certain(started)))
    return page(request, "coalitions/import_roster.html", context, status=422 if form.is_bound else 200)


def _is_certain(started: Import) -> bool:
    return certain(sheet_from_json(started.sheet), SCHEMA, started.reading["columns"])


def _next(started: Import, *, sure: bool = True) -> str:
    """The page that needs a person next: columns that we only guessed, words that we do not know, or the check."""
    name = "import_check"
    reading = reading_from_json(started.reading) if started.reading else None
    if started.is_done:
        name = "import_result"
    elif not sure or SCHEMA.missing(reading.columns, reading.filled):
        name = "import_columns"
    elif _unasked(started):
        name = "import_words"
    return reverse(name, args=[started.coalition.slug, started.pk])


def _unasked(started: Import) -> bool:
    """Whether the list holds words that we do not know and nobody has been asked about."""
    told = started.reading["words"]
    unknown = unknown_words(sheet_from_json(started.sheet), SCHEMA, started.reading["columns"])
    return any(key_of(word) not in told.get(name, {}) for name, words in unknown.items() for word in words)


def _started(seat: Seat, pk: int) -> Import:
    """Their own import, at this table."""
    return get_object_or_404(seat.imports.select_related("coalition", "seat"), pk=pk)


@requires(Can.PEOPLE)
def import_columns(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    started = _started(seat, pk)
    if started.is_done:
        return seen_other(request, _next(started))
    sheet, reading = sheet_from_json(started.sheet), reading_from_json(started.reading)
    guessed = {f"column_{at}": name for at, name in enumerate(reading.columns)}
    guessed["everyone"] = reading.filled.get("group", "")
    form = ColumnsForm(sheet, request.POST or None, initial=guessed)
    if request.method == "POST" and form.is_valid():
        actions.read_columns(started=started, columns=form.columns, filled=form.filled)
        return seen_other(request, _next(started))
    context = {"form": form, "started": started, "sheet": sheet}
    return page(request, "coalitions/import_columns.html", context, status=422 if form.is_bound else 200)


@requires(Can.PEOPLE)
def import_words(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    started = _started(seat, pk)
    if started.is_done:
        return seen_other(request, _next(started))
    reading = reading_from_json(started.reading)
    unknown = unknown_words(sheet_from_json(started.sheet), SCHEMA, reading.columns)
    form = WordsForm(unknown, reading.words, request.POST or None)
    if not unknown:
        return seen_other(request, _next(started))
    if request.method == "POST" and form.is_valid():
        actions.read_words(started=started, words=form.words)
        return seen_other(request, _next(started))
    context = {"form": form, "started": started}
    return page(request, "coalitions/import_words.html", context, status=422 if form.is_bound else 200)


@requires(Can.PEOPLE)
def import_check(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    started = _started(seat, pk)
    if started.is_done or SCHEMA.missing(started.reading["columns"], started.reading["filled"]):
        return seen_other(request, _next(started))
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with _progress(started) as tell:
                actions.confirm_import(started=started, **form.cleaned_data, now=timezone.now(), tell=tell)
        except LinesLeft as error:
            form.add_error("leave_out", str(error))
        except Refused as error:
            form.add_error(None, str(error))
        else:
            return seen_other(request, reverse("import_result", args=[seat.coalition.slug, pk]))
    check = queries.check_import(started, today=seat.coalition.today(timezone.now()))
    context = {"form": form, "started": started, "check": check} | _shown(check, request)
    return page(request, "coalitions/import_check.html", context, status=422 if form.is_bound else 200)


@contextmanager
def _progress(started: Import) -> Iterator[Callable[[int], None]]:
    """How far the writing is, where other requests see it before the transaction ends."""
    key = str(started.form)
    try:
        yield lambda done: caches["progress"].set(key, done)
    finally:
        caches["progress"].delete(key)


def _shown(check: Check, request: HttpRequest) -> dict[str, Any]:
    """The lines of one outcome: what needs an eye comes first, then who is new."""
    kinds = [
        {"value": outcome.value, "name": KINDS[outcome], "n": len(lines)}
        for outcome, lines in check.by_outcome.items()
        if lines
    ]
    asked = request.GET.get("show", "")
    shown = Outcome(asked) if asked in [kind["value"] for kind in kinds] else Outcome(kinds[0]["value"])
    lines = Paginator(check.in_order(shown), A_PAGE).get_page(request.GET.get("page"))
    lines.object_list = [shown_line(line) for line in lines.object_list]
    return {
        "kinds": kinds,
        "shown": shown.value,
        "title": KINDS[shown],
        "lines": lines,
        "counts": {outcome.value: len(found) for outcome, found in check.by_outcome.items()},
        "groups": check.new_by_group(),
        "gains": gains(check),
    }


@requires(Can.PEOPLE)
def import_result(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    """What came of it; while it is being written, how far it is."""
    started = _started(seat, pk)
    done = caches["progress"].get(str(started.form))
    if not started.is_done and done is None and not request.htmx:
        return seen_other(request, _next(started))
    context = {"started": started, "result": started.result, "done": done}
    return page(request, "coalitions/import_result.html", context, parts=("progress",))


@requires(Can.PEOPLE)
def import_cancel(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    if request.method != "POST":
        return seen_other(request, reverse("import_roster", args=[seat.coalition.slug]))
    actions.cancel_import(started=_started(seat, pk))
    messages.success(request, _("The list is gone. Nobody was brought in."))
    return seen_other(request, reverse("import_roster", args=[seat.coalition.slug]))
