"""The whole of a round for one audience outside the table, as plain data to be frozen."""

from typing import Any

from coalitions.queries.leads import lead_changed

from .. import scoring
from ..models import Agreement, Item, Round
from .board import Shown, boards
from .series import NEW, Link, links

FORMAT = 1


def document(round: Round, *, audience: str) -> dict[str, Any]:
    """What leaves the table: figures that passed the gate, agreements with owners by title, words whose
    authors ticked "may be quoted outside", evidence marked for outside, and the dissent let out.

    No seat, no name but a signed dissent let out, no address.
    """
    agreements: dict[int, list[Agreement]] = {}
    for agreement in round.agreements.prefetch_related("evidence"):
        agreements.setdefault(agreement.item_id, []).append(agreement)
    words, dissents = _words(round), _dissents(round)
    before = _released_before(round)
    since = links(before.version, round.version) if before else {}
    shown = round.coalition.evidence.filter(outside=True, private_to=None, hidden=False)
    outside = list(shown.with_code_now())
    return {
        "format": FORMAT,
        "round": {"name": round.name, "number": round.number, "meets_on": round.meets_on.isoformat()},
        "framework": {"slug": round.version.framework.slug, "version": round.version.wording},
        "scale": round.version.scale,
        "participation": {**participation_of(round), "lead_changed": _lead_changed(before, round)},
        "items": [
            {
                "code": board.item.code,
                "names": _names(board.item),
                "outcome": board.item.is_outcome,
                "local": board.item.local,
                "since": _since(since.get(board.item.code, NEW), before) if before else None,
                "figures": [_figure(figure) for figure in board.figures],
                "agreements": [_agreement(each) for each in agreements.get(board.item.pk, [])],
                "words": words.get(board.item.pk, []),
                "dissents": dissents.get(board.item.pk, []),
                "evidence": [
                    {"id": e.pk, "kind": e.kind, "title": e.title, "note": e.note, "url": e.url}
                    for e in outside
                    if board.item.code in (e.item_code, e.code_now)
                ],
            }
            for board in boards(round, audience=audience)
        ],
    }


def _names(item: Item) -> dict[str, str]:
    return {key: item.content[key] for key in ("name", "name_es") if key in item.content}


def _released_before(round: Round) -> Round | None:
    """The round that this one is compared with."""
    earlier = Round.objects.filter(
        coalition=round.coalition_id,
        number__lt=round.number,
        released_at__isnull=False,
        version__framework=round.version.framework_id,
    )
    return earlier.select_related("version").order_by("-number").first()


def _since(link: Link, before: Round) -> dict[str, Any]:
    """What became of the wording since the round before: by which code it was asked, and how much changed."""
    return {"round": before.number, "code": link.code, "change": str(link.change), "notes": list(link.notes)}


def _lead_changed(before: Round | None, round: Round) -> bool:
    """Whether other people led on the day the table met than for the round released before. Who, is not told."""
    days = {round.coalition_id: (before.meets_on, round.meets_on)} if before else {}
    return bool(days and lead_changed(days))


def participation_of(round: Round) -> dict[str, Any]:
    """Who was asked and who answered, and whether that speaks for all."""
    numbers = round.participation or {}
    everyone, families = numbers["everyone"], numbers["families"]
    speaks_for_all = scoring.representative(
        everyone["answered"], everyone["asked"], families["answered"], families["asked"]
    )
    return {**numbers, "representative": speaks_for_all}


def _figure(figure: Shown) -> dict[str, Any]:
    return {
        "group": figure.group,
        "people": figure.people,
        "cannot_say": figure.cannot_say,
        "counts": None if figure.counts is None else {str(level): n for level, n in figure.counts.items()},
        "average": figure.average,
        "half": figure.half,
    }


def _agreement(agreement: Agreement) -> dict[str, Any]:
    return {
        "number": agreement.number,
        "low": agreement.low,
        "high": agreement.high,
        "how": agreement.how,
        "why": agreement.why,
        "stand": agreement.stand,
        "above_because": agreement.above_because,
        "next_step": agreement.next_step,
        "owner": agreement.owner_title,
        "due": agreement.due.isoformat() if agreement.due else None,
        "is_goal": agreement.is_goal,
        "goal_level": agreement.goal_level,
        "criteria": agreement.criteria,
        "proof": agreement.proof,
    }


def _words(round: Round) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    for word in round.words.filter(quotable=True, withdrawn_at=None, withheld_because=""):
        row = {"id": word.pk, "group": word.group, "text": word.text, "language": word.language}
        found.setdefault(word.item_id, []).append(
            {**row, "translation": word.translation, "withdrawn": False}
        )
    return found


def _dissents(round: Round) -> dict[int, list[dict[str, Any]]]:
    """Dissent that was let out, and for the rest only that a view was kept at the table."""
    found: dict[int, list[dict[str, Any]]] = {}
    for dissent in round.dissents.select_related("seat__member", "agreement"):
        out = dissent.let_out and not dissent.withdrawn_at
        found.setdefault(dissent.item_id, []).append(
            {
                "id": dissent.pk,
                "kept": not dissent.let_out,
                "text": dissent.text if out else "",
                "language": dissent.language,
                # The name alone: a member without one would otherwise be their address.
                "by": dissent.seat.name if out and dissent.seat else "",
                "answered": dissent.agreement.number,
                "withdrawn": bool(dissent.withdrawn_at),
            }
        )
    return found
