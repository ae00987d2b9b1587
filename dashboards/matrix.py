"""Coalitions by milestones, in words for the drawing in `web.charts.heat`."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from milestones.headlines import tenths
from milestones.queries.summaries import Cell
from web.charts import HeatCell, HeatRow

from .queries.across import Absence, Across, Line, Now


@dataclass(frozen=True)
class Matrix:
    columns: list[tuple[int, str, str]]
    rows: list[HeatRow]
    headings: list[str]
    foot: tuple[str, list[str]] | None


@dataclass(frozen=True)
class Speech:
    """What every cell says, looked up once for the page: each is said some hundred times."""

    levels: Mapping[int, str]
    names: Mapping[str, str]
    address: str  # what keeps the filters
    not_assessed: str
    claimed: str
    too_few: str
    new_wording: str
    agreement: str
    up: str
    down: str
    held: str

    @classmethod
    def of(cls, told: Across) -> "Speech":
        return cls(
            levels={level.value: str(level) for level in told.levels},
            names={item.code: item.name for item in told.milestones},
            address=told.filters.address,
            not_assessed=_("Not assessed"),
            claimed=_("claimed, without proof"),
            too_few=_("groups too few, or too alike, to show"),
            new_wording=_("new wording, not compared"),
            agreement=_("no agreement: from %(low)s to %(high)s"),
            up=_("up %(n)s"),
            down=_("down %(n)s"),
            held=_("gap of %(apart)s held in two rounds"),
        )


def matrix(told: Across) -> Matrix:
    said = Speech.of(told)
    return Matrix(
        columns=[(item.position, item.short_name or item.name, item.name) for item in told.milestones],
        rows=[_row(line, told, said) for line in told.lines],
        headings=[_("Answered"), _("Parents and providers")],
        foot=_middle(told),
    )


def _row(line: Line, told: Across, said: Speech) -> HeatRow:
    name, state = line.coalition.name, line.coalition.state.name
    if line.now is None:
        return HeatRow(name, state, absent=_absent(line))
    # A slug and a code are safe in an address; reversing it 392 times is what takes time.
    base = reverse("cell", args=[line.coalition.slug, "0"]).removesuffix("0/")
    cells = [
        _cell(line.cell(item.code), name, f"{base}{item.code}/{said.address}", item.code, said)
        for item in told.milestones
    ]
    return HeatRow(name, state, cells, more=_took_part(line.now))


def _absent(line: Line) -> str:
    if line.absence == Absence.NOT_ASSESSED:
        return _("Not assessed in this wording")
    return _("Not released")


def _cell(cell: Cell | None, table: str, address: str, code: str, said: Speech) -> HeatCell:
    start = f"{table}, {said.names[code]}: "
    if cell is None:
        return HeatCell(said.not_assessed, start + said.not_assessed, kind="none")
    words, signs = [], []
    if cell.change:
        steps = abs(cell.change)
        words.append((said.up if cell.change > 0 else said.down) % {"n": steps})
        signs.append(("up" if cell.change > 0 else "down", str(steps)))
    if cell.series in ("redefined", "new"):
        words.append(said.new_wording)
        signs.append(("broken", ""))
    if cell.held and cell.gap is not None:
        words.append(said.held % {"apart": tenths(abs(cell.gap))})
        signs.append(("gap", tenths(abs(cell.gap))))
    if cell.claimed:
        words.append(said.claimed)
        signs.append(("claimed", ""))
    if cell.shown == "withheld":
        words.append(said.too_few)
        signs.append(("hidden", ""))
    low, high = said.levels.get(cell.low, str(cell.low)), said.levels.get(cell.high, str(cell.high))
    says = low if cell.agreed else said.agreement % {"low": low, "high": high}
    return HeatCell(
        text=str(cell.low) if cell.agreed else f"{cell.low}–{cell.high}",
        label=start + ", ".join([says, *words]),
        address=address,
        level=cell.level,
        kind="range",
        signs=signs,
    )


def _took_part(now: Now) -> list[tuple[str, str]]:
    """Who answered everything, and how many of those who took part are parents and providers."""
    everyone, families = now.participation["everyone"], now.participation["families"]
    answered = _("%(answered)s of %(asked)s") % everyone
    few = "" if now.participation["representative"] else "late"
    took = everyone["took_part"]
    share = (
        _("%(percent)s%%") % {"percent": (200 * families["took_part"] + took) // (2 * took)} if took else "–"
    )
    return [(answered, few), (share, "")]


def _middle(told: Across) -> tuple[str, list[str]] | None:
    """The middle of the agreed levels of each milestone in one wording: one level, or the two beside the middle."""
    wording = told.milestones[0].version.label if told.milestones else ""
    there = [line for line in told.lines if line.now and line.now.past.version == wording]
    if len(there) < 3:
        return None
    shown = []
    for item in told.milestones:
        found = sorted(cell.low for line in there if (cell := line.cell(item.code)) and cell.agreed)
        shown.append(middle(found))
    number = len(there)
    label = ngettext("Middle of %(n)s coalition", "Middle of %(n)s coalitions", number) % {"n": number}
    return label, shown


def middle(levels: list[int]) -> str:
    """The median of sorted levels as it can be said of steps: "3", or "3–4" when it lies between; "–" of none."""
    if not levels:
        return "–"
    low, high = levels[(len(levels) - 1) // 2], levels[len(levels) // 2]
    return str(low) if low == high else f"{low}–{high}"
