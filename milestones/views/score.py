"""The score room: the only pages that read a draft, and only the visitor's own."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from coalitions.access import requires
from coalitions.models import Group, Seat
from coalitions.roles import Can
from web.pages import page, seen_other
from web.refusal import Refused

from .. import headlines
from ..access import answers, item_at, round_of
from ..actions.answers import RoundClosed, add_evidence, confirm_group, save_answer, share_words
from ..forms.score import AnswerForm, EvidenceForm, ShareForm
from ..models import Draft, Item, Part, Round, Stage
from ..models.record import Kind
from ..queries.board import items_of
from ..queries.mine import Mine, last_time, my_answers, seen_so_far, texts_others_know
from ..queries.rounds import minutes
from ..texts import opening_sentence, promise, text
from ..words import names_in, resembles

PARTS = ("saved", "seen")


def _room(request: HttpRequest, seat: Seat, round: Round, item: Item, mine: Mine, **more) -> dict:
    """What the score page shows. Evidence and last round's level come after a level is picked."""
    draft = mine.drafts.get(item.pk)
    picked = draft is not None and draft.pick is not None
    position = item.position
    first, rest = opening_sentence(promise(round))
    cannot_say, because = opening_sentence(text("cannot_say"))
    return {
        "round": round,
        "item": item,
        "mine": mine,
        "draft": draft,
        "pick": draft.pick if draft else None,
        "words": draft.words if draft else "",
        "ticks": {tick.evidence_id for tick in draft.ticks.all()} if draft else set(),
        "picked": picked,
        "seen": seen_so_far(round, seat, item) if picked else [],
        "last_time": last_time(round, item) if picked else None,
        "after": mine.items[position] if position < len(mine.items) else None,
        "before": mine.items[position - 2] if position > 1 else None,
        "promise_first": first,
        "promise_rest": rest,
        "cannot_say": cannot_say.rstrip("."),
        "cannot_say_because": because,
        "adds_evidence": seat.can(Can.ADD_EVIDENCE),
        **more,
    }


@answers
def next_milestone(request: HttpRequest, seat: Seat, round: Round) -> HttpResponse:
    mine = my_answers(round, seat, items_of(round.version))
    following = mine.next_item
    if following is None or round.stage(timezone.now()) != Stage.OPEN:
        return redirect("round", seat.coalition.slug, round.number)
    return redirect("score", seat.coalition.slug, round.number, following.position)


@answers
def score(request: HttpRequest, seat: Seat, round: Round, position: int) -> HttpResponse:
    item, items = item_at(round, position)
    if request.method == "POST":
        return _save(request, seat, round, item, items, and_go=True)
    if round.stage(timezone.now()) != Stage.OPEN:
        return redirect("round", seat.coalition.slug, round.number)
    mine = my_answers(round, seat, items)
    if not (request.part and request.part.confirmed):
        return redirect("confirm_group", seat.coalition.slug, round.number)
    return page(request, "milestones/score.html", _room(request, seat, round, item, mine), parts=PARTS)


@answers
@require_POST
def answer(request: HttpRequest, seat: Seat, round: Round, position: int) -> HttpResponse:
    """Autosave: the same fields, no level needed yet, and the page stays where it is."""
    item, items = item_at(round, position)
    return _save(request, seat, round, item, items, and_go=False)


def _save(
    request: HttpRequest, seat: Seat, round: Round, item: Item, items: list[Item], *, and_go: bool
) -> HttpResponse:
    form = AnswerForm(request.POST, levels=item.version.levels, required=and_go)
    typed = {"pick": form.data.get("level"), "words": form.data.get("why", "")}
    if not form.is_valid():
        return _again(request, seat, round, item, items, form=form, status=422, **typed)
    answered = form.cleaned_data
    try:
        draft = save_answer(
            round=round,
            seat=seat,
            item=item,
            pick=answered["level"],
            words=answered["why"],
            language=get_language() or "en",
            ticks=form.ticks,
            now=timezone.now(),
        )
    except RoundClosed as refusal:
        closed = {"round": round, "item": item, "refusal": refusal, **typed}
        return page(request, "milestones/closed.html", closed, parts=("saved",), status=409)
    if not and_go or "stay" in request.POST:
        return _again(request, seat, round, item, items, saved_at=timezone.now())
    if draft.words.strip() and draft.shared is None:
        return seen_other(request, _address("share", round, item))
    return seen_other(request, _onward(round, item, items))


def _again(
    request: HttpRequest,
    seat: Seat,
    round: Round,
    item: Item,
    items: list[Item],
    *,
    status: int = 200,
    **more,
):
    context = _room(request, seat, round, item, my_answers(round, seat, items), **more)
    return page(request, "milestones/score.html", context, parts=PARTS, status=status)


def _address(name: str, round: Round, item: Item) -> str:
    return reverse(name, args=[round.coalition.slug, round.number, item.position])


def _onward(round: Round, item: Item, items: list[Item]) -> str:
    if item.position < len(items):
        return _address("score", round, items[item.position])
    return round.get_absolute_url()


@answers
def share(request: HttpRequest, seat: Seat, round: Round, position: int) -> HttpResponse:
    item, items = item_at(round, position)
    mine = my_answers(round, seat, items)
    draft = mine.drafts.get(item.pk)
    if draft is None or not draft.words.strip():
        return redirect("score", seat.coalition.slug, round.number, position)
    initial = {"show": draft.show, "translation": draft.translation, "quotable": draft.quotable}
    form = ShareForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            choice = {"share": "share" in request.POST, **form.cleaned_data}
            share_words(round=round, seat=seat, item=item, now=timezone.now(), **choice)
            return seen_other(request, _onward(round, item, items))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {
        "round": round,
        "item": item,
        "draft": draft,
        "form": form,
        "after": items[item.position] if item.position < len(items) else None,
        **_preview(round, seat, item, request.part, draft),
    }
    return page(request, "milestones/share.html", context, status=422 if form.errors else 200)


def _preview(round: Round, seat: Seat, item: Item, part: Part | None, draft: Draft) -> dict:
    """Under whom the words will stand, and what in them could tell whose they are."""
    known, names = texts_others_know(round, seat, item)
    base = part.base if part else Group(seat.group).base
    return {
        "group": headlines.group_name(base),
        "kind": headlines.KINDS[base],
        "named": names_in(draft.words, names),
        "like": resembles(draft.words, known),
    }


@requires(Can.ADD_EVIDENCE)
def evidence(request: HttpRequest, seat: Seat, number: int, position: int) -> HttpResponse:
    round = round_of(seat, number)
    item, _items = item_at(round, position)
    form = EvidenceForm(request.POST or None, initial={"form_id": uuid.uuid4(), "kind": Kind.RECORD})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            add_evidence(
                round=round, seat=seat, item=item, kind=said["kind"], title=said["title"], note=said["note"],
                url=said["url"], now=timezone.now(), form=said["form_id"],
            )  # fmt: skip
            return seen_other(request, _back(round, item))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    scoring = round.stage(timezone.now()) == Stage.OPEN
    context = {"round": round, "item": item, "form": form, "scoring": scoring, "back": _back(round, item)}
    return page(request, "milestones/evidence.html", context, status=422 if form.errors else 200)


def _back(round: Round, item: Item) -> str:
    scoring = round.stage(timezone.now()) == Stage.OPEN
    return _address("score" if scoring else "board", round, item)


@answers
def my_answers_page(request: HttpRequest, seat: Seat, round: Round) -> HttpResponse:
    """Their own answers, to read or print, until the round closes."""
    if round.stage(timezone.now()) != Stage.OPEN:
        return redirect("round", seat.coalition.slug, round.number)
    items = items_of(round.version)
    mine = my_answers(round, seat, items)
    levels = {level.value: level for level in round.version.levels}
    listed = [(item, mine.drafts.get(item.pk)) for item in items]
    answers = [
        (item, draft, levels.get(draft.pick) if draft and draft.pick else None) for item, draft in listed
    ]
    return page(request, "milestones/my_answers.html", {"round": round, "answers": answers})


@answers
def confirm_group_page(request: HttpRequest, seat: Seat, round: Round) -> HttpResponse:
    """Before the first answer: who will see what, and which group the person answers in."""
    part = request.part
    error = ""
    if request.method == "POST":
        try:
            confirm_group(round=round, seat=seat, group=request.POST.get("group", ""), now=timezone.now())
            return seen_other(request, _address("score", round, items_of(round.version)[0]))
        except Refused as refusal:
            error = str(refusal)
    elif round.stage(timezone.now()) != Stage.OPEN:
        return redirect("round", seat.coalition.slug, round.number)
    context = {
        "round": round,
        "questions": round.questions,
        "minutes": minutes(round.questions),
        "promise": promise(round),
        "groups": Group.choices,
        "group": part.group if part else seat.group,
        "settled": bool(part and part.saved),
        "error": error,
    }
    return page(request, "milestones/confirm_group.html", context, status=422 if error else 200)
