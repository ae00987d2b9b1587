"""True sentences, computed from what is shown; each agrees with the table below it."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from web.charts.board import BoardGap, BoardRow
from web.charts.gaps import Apart, tenths

from .models.framework import Level
from .queries.board import FAMILIES, OTHERS, PARENTS, PROVIDERS, WHOLE, Board, Shown
from .queries.ledger import Line

KINDS = {PARENTS: "pa", PROVIDERS: "pv", FAMILIES: "pp", OTHERS: "ot", WHOLE: "all"}


def group_name(code: str) -> str:
    names = {
        PARENTS: _("Parents"),
        PROVIDERS: _("Providers"),
        FAMILIES: _("Parents and providers"),
        OTHERS: _("Other members"),
        WHOLE: _("The whole table"),
    }
    return names[code]


def most_often(shown: Shown, levels: list[Level]) -> SafeString:
    """The level or levels that a group picked most, in the group's colour."""
    names = [level.name for level in levels if level.value in shown.most_often.levels]
    return format_html('<b class="{}">{}</b>', KINDS[shown.group], _(" and ").join(names))


def headline(board: Board, levels: list[Level]) -> SafeString:
    """One or two sentences: what each side says most often, or why nothing is shown."""
    # Ours and escaped: the only part that is data is in most_often.
    return mark_safe(_headline(board, levels))


def _headline(board: Board, levels: list[Level]) -> str:
    if board.withheld:
        return _(
            "We show nothing here. Too few people answered, or too much alike, or just a few people came or went. The table still records a level."
        )
    whole = board.group(WHOLE)
    if whole and whole.counts:
        return _("The whole table most often says %(level)s.") % {"level": most_often(whole, levels)}
    families, others = board.families, board.others
    if not families or not others or not families.counts or not others.counts:
        return _(
            "One or two people came or went since last time. The marks could tell what they answered. So we show about how high their group is, give or take half a level."
        )
    said = {"families": most_often(families, levels), "others": most_often(others, levels)}
    if families.most_often.levels == others.most_often.levels:
        return _("Parents and providers and other members most often say the same: %(families)s.") % said
    return (
        _("Parents and providers most often say %(families)s. Other members most often say %(others)s.")
        % said
    )


def gap_sentence(board: Board) -> str:
    """Who answered lower, and by how much; nothing when the gap is not shown."""
    if board.gap is None:
        return ""
    apart = {"apart": tenths(abs(board.gap))}
    if board.gap == 0:
        return _("Both groups have the same average.")
    if board.gap < 0:
        return _("Parents and providers are %(apart)s levels lower than other members.") % apart
    return _("Parents and providers are %(apart)s levels higher than other members.") % apart


def dumbbell_label(board: Board) -> str:
    families, others = board.families, board.others
    if board.gap is None or not families or not others:
        return _("%(milestone)s: no gap is shown.") % {"milestone": board.item.name}
    return _(
        "%(milestone)s: parents and providers %(families)s, other members %(others)s, on a scale of 1 to %(top)s"
    ) % {
        "milestone": board.item.name,
        "families": tenths(families.average),
        "others": tenths(others.average),
        "top": len(board.item.version.scale),
    }


def people(count: int) -> str:
    return ngettext("%(count)s person", "%(count)s people", count) % {"count": count}


def average(value: int | None) -> str:
    """What is drawn as a large mark, in words."""
    return _("average %(average)s") % {"average": tenths(value)}


def rows(board: Board, levels: list[Level]) -> list[BoardRow]:
    return [_row(figure, levels) for figure in board.figures]


def _row(figure: Shown, levels: list[Level]) -> BoardRow:
    name = group_name(figure.group)
    if figure.coarse:
        near = _("About %(level)s, give or take half a level.") % {"level": tenths(figure.half)}
        why = _("One or two people came or went since last time, so the marks would say who.")
        return BoardRow(KINDS[figure.group], name, average_tenths=figure.half, hidden=f"{near} {why}")
    counts, unsure = figure.counts or {}, figure.cannot_say or 0
    cannot = ngettext("%(count)s can’t say yet", "%(count)s can’t say yet", unsure) % {"count": unsure}
    return BoardRow(
        KINDS[figure.group],
        f"{name}, {people(figure.people or 0)}",
        counts=[counts.get(level.value, 0) for level in levels],
        average_tenths=figure.average,
        note=" · ".join([*([cannot] if unsure else []), average(figure.average)]),
    )


def gaps(board: Board) -> list[BoardGap]:
    families, others = board.group(FAMILIES), board.others
    if not families or not others or families.average is None or others.average is None:
        return []
    apart = abs(families.average - others.average)
    label = _("%(apart)s levels apart") % {"apart": tenths(apart)}
    return [BoardGap("pp", families.average, "ot", others.average, label)]


def caption(board: Board, levels: list[Level]) -> str:
    """Every count, in words."""
    sentences = []
    for figure in board.figures:
        if figure.counts:
            counted = ", ".join(
                f"{figure.counts[level.value]} {level.name}"
                for level in levels
                if figure.counts.get(level.value)
            )
            sentences.append(f"{group_name(figure.group)}: {counted}.")
    return _("Answers by level.") + " " + " ".join(sentences)


def talk_levels(board: Board, levels: list[Level]) -> tuple[str, str] | None:
    """The lowest and the highest level somebody picked, for the talk prompt; None when all is withheld."""
    picked = {level for figure in board.figures for level, n in (figure.counts or {}).items() if n and level}
    names = {level.value: level.name for level in levels}
    return (names[min(picked)], names[max(picked)]) if picked else None


def gap_headings(rows: str) -> list[str]:
    """`rows` says what the rows are."""
    return [rows, group_name(FAMILIES), group_name(OTHERS), _("Gap")]


def apart(board: Board, *, name: str, address: str, here: bool = False) -> Apart:
    """The gap of one board as a row among others, or why none is shown."""
    row, shown = gap_row(board), board.gap is not None
    why = _("Too few, or too alike, to show") if board.withheld else _("No gap is shown")
    return Apart(
        name=name,
        address=address,
        label=row["label"],
        pp_tenths=row["families"],
        others_tenths=row["others"],
        apart=row["gap"] or "–",
        why="" if shown else why,
        talk=_("worth talking about") if board.worth_talking_about else "",
        here=here,
    )


def gap_row(board: Board) -> dict[str, Any]:
    """A line of dumbbells: the drawing's sentence and numbers, or why there is none."""
    return {
        "item": board.item,
        "board": board,
        "gap": tenths(abs(board.gap)) if board.gap is not None else "",
        "label": dumbbell_label(board),
        "families": board.families.average if board.families else None,
        "others": board.others.average if board.others else None,
    }


def ledger_row(line: Line) -> dict[str, Any]:
    return {**gap_row(line.board), "line": line, "steps": abs(line.change or 0)}
