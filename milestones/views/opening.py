"""The waiting room, the opening, and the board everyone sees at the same moment."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coalitions.access import requires, sits
from coalitions.models import Seat
from coalitions.roles import Can
from web.charts import Apart
from web.pages import page, seen_other
from web.refusal import Refused

from .. import headlines
from ..access import item_at, round_of
from ..actions.opening import open_answers
from ..models import Item, Round, Stage
from ..models.framework import Level
from ..queries.board import Board, boards
from ..queries.rounds import progress, roll_unknown_before
from ..queries.said import Said, said_about
from ..scoring import chance_of_one
from ..texts import talk_prompts

NOT_OPENED = (Stage.DRAFT, Stage.OPEN, Stage.CLOSED)
STEPS = {
    "answers": gettext_lazy("Answers"),
    "words": gettext_lazy("Words"),
    "talk": gettext_lazy("Talk"),
    "agree": gettext_lazy("Agree"),
}
STOP_POLLING = 286


@sits
def opening(request: HttpRequest, seat: Seat, number: int) -> HttpResponse:
    """Before: how many answered and nothing else. After: every milestone with its gap, in order."""
    round = round_of(seat, number)
    stage = round.stage(timezone.now())
    context = {
        "round": round,
        "stage": stage,
        "waiting": stage in NOT_OPENED,
        "opens": seat.can(Can.OPEN_ANSWERS),
    }
    if stage == Stage.OPEN:
        context["progress"] = progress(round)
    if stage not in NOT_OPENED:
        context |= _gaps(round, boards(round))
        context["roll_unknown"] = roll_unknown_before(round)
        context["agreed"] = round.agreements.values("item").distinct().count()
    status = STOP_POLLING if request.htmx and not context["waiting"] else 200
    return page(request, "milestones/opening.html", context, parts=("room",), status=status)


@requires(Can.OPEN_ANSWERS)
def open_answers_page(request: HttpRequest, seat: Seat, number: int) -> HttpResponse:
    """One page to be sure: it cannot be undone, and it is on record who did it."""
    round = round_of(seat, number)
    error = ""
    if request.method == "POST":
        try:
            open_answers(round=round, by=seat, now=timezone.now())
            return seen_other(request, _opening_url(round))
        except Refused as refusal:
            error = str(refusal)
    elif round.opened_at:
        return redirect(_opening_url(round))
    context = {"round": round, "ready": round.sealed_at is not None, "error": error}
    return page(request, "milestones/open_answers.html", context, status=422 if error else 200)


def _opening_url(round) -> str:
    return reverse("opening", args=[round.coalition.slug, round.number])


@sits
def board(request: HttpRequest, seat: Seat, number: int, position: int) -> HttpResponse:
    round = round_of(seat, number)
    if round.stage(timezone.now()) in NOT_OPENED:
        return redirect("opening", seat.coalition.slug, number)
    item, items = item_at(round, position)
    listed = boards(round)
    shown = listed[position - 1]
    levels = round.version.levels
    context = {
        **_projector(request, items, position),
        "round": round,
        "item": item,
        "items": items,
        "board": shown,
        "headline": headlines.headline(shown, levels),
        "gap_sentence": headlines.gap_sentence(shown),
        **_drawn(shown, levels),
        **_spoken(said_about(round, item, shown, seat=seat)),
        "prompts": talk_prompts(*(headlines.talk_levels(shown, levels) or ("", ""))),
        **_gaps(round, listed, here=item),
        "records": seat.can(Can.RECORD),
        "dissents": seat.can(Can.DISSENT),
    }
    return page(request, "milestones/board.html", context)


def _gaps(round: Round, listed: list[Board], here: Item | None = None) -> dict:
    """Every milestone with its gap, in order; `here` is the one on this page."""

    def row(board: Board) -> Apart:
        address = reverse("board", args=[round.coalition.slug, round.number, board.item.position])
        return headlines.apart(board, name=board.item.name, address=address, here=board.item == here)

    return {
        "all_gaps": [row(board) for board in listed],
        "gap_headings": headlines.gap_headings(_("Milestone")),
        "top": len(round.version.scale),
        "chance": chance_of_one(len(listed)),
    }


def _drawn(board: Board, levels: list[Level]) -> dict:
    return {
        "levels": [(level.value, level.name) for level in levels],
        "rows": headlines.rows(board, levels),
        "gaps": headlines.gaps(board),
        "caption": headlines.caption(board, levels),
    }


def _spoken(said: Said) -> dict:
    """Words under the name and the mark of their group."""
    voices = [(code, headlines.group_name(code), headlines.KINDS[code], words) for code, words in said.words]
    return {"said": said, "voices": voices}


def _projector(request: HttpRequest, items: list[Item], position: int) -> dict:
    """One step per screen, large enough to read from the back of the room."""
    step = request.GET.get("projector", "")
    return {
        "step": step if step in STEPS else "",
        "step_links": [(number, name, label) for number, (name, label) in enumerate(STEPS.items(), start=1)],
        "after": items[position] if position < len(items) else None,
    }
