"""Where the recorder writes what the table agrees."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from coalitions.access import requires
from coalitions.models import Seat
from coalitions.roles import Can
from web.pages import page, seen_other
from web.refusal import Conflict, Refused

from .. import headlines
from ..access import item_at, round_of
from ..actions.agreement import RECORDING, record_agreement
from ..endings import called, ending_of, view_of
from ..forms.agree import AgreeForm, as_recorded
from ..models import Agreement, Item, Round
from ..queries.board import Board, board_of
from ..queries.record import newest_agreement
from ..texts import agree as text_of
from ..texts import talk_prompts


@requires(Can.RECORD)
def agree(request: HttpRequest, seat: Seat, number: int, position: int) -> HttpResponse:
    round = round_of(seat, number)
    item, items = item_at(round, position)
    newest = newest_agreement(round, item)
    board = board_of(item, list(round.openings.filter(audience="table", item=item)))
    context = {**_around(round, item, items, board), "newest": newest}
    if request.method == "POST":
        return _record(request, seat, round, item, context)
    if newest and "change" not in request.GET:
        return _page(request, {**context, **_recorded(seat, round, item, newest)})
    form = _form(seat, item, board, initial=as_recorded(newest))
    return _page(request, {**context, "form": form})


def _form(seat: Seat, item: Item, board: Board, *args: Any, **kwargs: Any) -> AgreeForm:
    average = board.families.average if board.families else None
    return AgreeForm(*args, item=item, coalition=seat.coalition, families=average, **kwargs)


def _record(
    request: HttpRequest, seat: Seat, round: Round, item: Item, context: dict[str, Any]
) -> HttpResponse:
    form = _form(seat, item, context["board"], request.POST)
    context["form"] = form
    if not form.is_valid():
        return _page(request, context, status=422)
    typed = form.cleaned_data
    try:
        record_agreement(
            round=round, item=item, by=seat, said=form.said(), seen=typed["seen"], now=timezone.now(), form=typed["form_id"]
        )  # fmt: skip
    except Conflict as conflict:
        return _page(request, {**context, **_conflict(seat, item, conflict.winner)}, status=409)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, context, status=422)
    address = reverse("agree", args=[round.coalition.slug, round.number, item.position])
    if not request.htmx:  # type: ignore[attr-defined]
        return seen_other(request, address)
    newest = newest_agreement(round, item)
    response = _page(request, {**context, **_recorded(seat, round, item, newest), "form": None, "done": True})
    response.headers["HX-Replace-Url"] = address  # loading again shows what is on record, not the form
    return response


def _page(request: HttpRequest, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    return page(request, "milestones/agree.html", context, parts=("agree",), status=status)


def _around(round: Round, item: Item, items: list[Item], board: Board) -> dict[str, Any]:
    """What was opened stands beside the form, so that nobody has to remember it."""
    levels = round.version.levels
    opened = round.opened_at is not None
    return {
        "round": round,
        "item": item,
        "items": items,
        "after": items[item.position] if item.position < len(items) else None,
        "board": board,
        "recording": round.stage(timezone.now()) in RECORDING,
        "headline": headlines.headline(board, levels) if opened else "",
        "gap_sentence": headlines.gap_sentence(board),
        "dumbbell": headlines.dumbbell_label(board),
        "families_average": headlines.tenths(board.families.average) if board.families else "",
        "prompts": talk_prompts(*(headlines.talk_levels(board, levels) or ("", ""))),
        "read_back": text_of("read_back"),
    }


def _recorded(seat: Seat, round: Round, item: Item, newest: Agreement) -> dict[str, Any]:
    ended = set(round.agreements.values_list("item", flat=True))
    views = round.dissents.filter(item=item).select_related("seat__member", "agreement")
    return {
        "agreement": ending_of(newest, item.version.levels, outcome=item.is_outcome),
        "views": [view_of(view, seat=seat) for view in views],
        "left": len(item.version.items.all()) - len(ended),
        "dissents": seat.can(Can.DISSENT),
        "releases": seat.can(Can.RELEASE),
    }


def _conflict(seat: Seat, item: Item, winner: Agreement) -> dict[str, Any]:
    who = _("You") if winner.by_id == seat.pk else called(winner.by) or _("Somebody")
    return {
        "winner": ending_of(winner, item.version.levels, outcome=item.is_outcome),
        "who": who,
        "replaces": winner.number,
    }
