"""What a dry run says of a list, line by line, in the reader's language."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..models import ONES_OWN, Group, Seat
from ..queries import Check, Line, Outcome
from ..roster import Row
from .reasons import reason

KINDS = {
    Outcome.REFUSED: gettext_lazy("Lines with something wrong"),
    Outcome.NEW: gettext_lazy("New at the table"),
    Outcome.HERE: gettext_lazy("Already here"),
    Outcome.REPEATED: gettext_lazy("Said twice"),
}


@dataclass(frozen=True)
class ShownLine:
    number: int
    row: Row | None
    values: dict[str, Any]
    group: str
    kind: str
    why: list[str]
    notes: list[str]


def shown_line(line: Line) -> ShownLine:
    group = str(line.values.get("group", ""))
    return ShownLine(
        number=line.number,
        row=line.row,
        values=line.values,
        group=str(Group(group).label) if group else "",
        kind="pp" if group in ONES_OWN else "ot",
        why=[reason(refusal) for refusal in line.refusals],
        notes=_notes(line),
    )


def _notes(line: Line) -> list[str]:
    """What will happen, and what a person may want to look at twice."""
    if line.outcome is Outcome.REPEATED:
        return [_("Says the same as line %(line)s. Nothing happens.") % {"line": line.same_as}]
    if line.outcome is Outcome.HERE:
        return [_("Stays as they are.")]
    if line.outcome is Outcome.REFUSED or line.row is None:
        return []
    notes = [_seat(line.row)]
    if line.row.others:
        addresses = ", ".join(line.row.others)
        notes.append(
            _("Signs in with the first address. We leave out: %(addresses)s") % {"addresses": addresses}
        )
    if line.namesake:
        notes.append(_("Somebody of this name is already here with another email."))
    return notes


def _seat(row: Row) -> str:
    """The seat in a few words, as the people page says it."""
    said = [dict(Seat.ROLES)[row.role], _("has a vote") if row.votes else _("has a voice, no vote")]
    said += [
        words
        for holds, words in (
            (row.power, _("Holds power by position")),
            (row.lead, _("Lead")),
            (row.facilitator, _("Facilitator")),
            (row.reader, _("Reads what people outside write")),
        )
        if holds
    ]
    said += [dict(Seat.PAID)[row.paid]] if row.paid else []
    return ", ".join(map(str, said))


def gains(check: Check) -> str:
    """How many of the new people could change the table itself: worth a second look."""
    leads = sum(bool(line.row and line.row.lead) for line in check.by_outcome[Outcome.NEW])
    if not leads:
        return ""
    said = ngettext(
        "%(n)s of them becomes a lead, who keeps people, rounds and settings.",
        "%(n)s of them become leads, who keep people, rounds and settings.",
        leads,
    )
    return said % {"n": leads}
