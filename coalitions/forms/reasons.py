"""Why a file or a line was refused, and the names of a list's fields, in the reader's language."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ..imports.refusals import Refusal, Why
from ..models import Group, Seat
from ..roster import SCHEMA, YES_NO

LABELS = {
    "name": _("Name"),
    "email": _("Email"),
    "group": _("Group"),
    "first_name": _("First name"),
    "last_name": _("Last name"),
    "title": _("Title"),
    "organization": _("Organization"),
    "votes": _("Has a vote"),
    "power": _("Holds power by position"),
    "role": _("Role"),
    "facilitator": _("Facilitator"),
    "lead": _("Lead"),
    "reader": _("Reads what people outside write"),
    "language": _("Language"),
    "joined": _("At the table since"),
    "paid": _("Paid"),
    "contact": _("How to reach them"),
}
WORDS = {
    "group": dict(Group.choices),
    "role": dict(Seat.ROLES),
    "language": dict(settings.LANGUAGES),
    "paid": dict(Seat.PAID),
}
YES_OR_NO = {"yes": _("Yes"), "no": _("No")}

REASONS = {
    Why.TOO_BIG: _("The file is over 5 MB. A list of people is much smaller."),
    Why.EMPTY: _("The file has no people in it."),
    Why.NO_TABLE: _("This is not a list. Send an Excel file (.xlsx) or a CSV file."),
    Why.OLD_EXCEL: _(
        "This Excel file is of the old kind, or has a password. Save it as .xlsx without one and send that."
    ),
    Why.TORN_EXCEL: _("This Excel file cannot be read. Open it, save it again as .xlsx, and send that."),
    Why.UNPACKS_TOO_BIG: _(
        "This file holds far more than a list of people does. Copy the list to a new file and send that."
    ),
    Why.ENCODING: _("These letters cannot be read. Save the file as “CSV UTF-8” and try again."),
    Why.NUL: _("This is not a list. Send an Excel file (.xlsx) or a CSV file."),
    Why.TORN: _("A quotation mark opens here and never closes, or a cell is much too long."),
    Why.TOO_MANY_ROWS: _("A list can hold %(about)s people at most. This is the first one too many."),
    Why.TOO_MANY_COLUMNS: _("A list can have %(about)s columns at most."),
    Why.TOO_MANY_CELLS: _(
        "This line has more cells than the first line. Put cells with commas in quotation marks."
    ),
    Why.COLUMN_MISSING: _("The column “%(about)s” is missing. The first line of the file names the columns."),
    Why.COLUMN_UNKNOWN: _("We do not know a column called “%(about)s”."),
    Why.MISSING: _("The cell “%(about)s” is empty."),
    Why.TOO_LONG: _("The text in “%(about)s” is too long. 120 letters is the most."),
    Why.SIGN: _("There is a hidden sign in “%(about)s”."),
    Why.FORMULA: _("Cell %(about)s holds a formula or an error. Put the words themselves there."),
    Why.EMAIL: _("“%(about)s” is not an email address that we can write to."),
    Why.TWICE: _(
        "This email is already on line %(about)s, where other things are said. Each person needs one of their own."
    ),
    Why.WORD: _("We do not know what this word means. (%(about)s)"),
    Why.DAY: _("“%(about)s” is not a day we can read, or it is still to come. Write it like 2026-03-05."),
    Why.SEATED_DIFFERENTLY: _(
        "This person is already at the table, and here the list says something else: %(about)s. "
        "A list only adds people. Change a seat on the people page. A new group counts from the next round."
    ),
}


def reason(refusal: Refusal) -> str:
    """Why a line was refused, in the reader's language."""
    return str(REASONS[refusal.why]) % {"about": _about(refusal)}


def _about(refusal: Refusal) -> str:
    if refusal.why in (Why.MISSING, Why.TOO_LONG, Why.SIGN, Why.COLUMN_MISSING):
        return label(refusal.about)
    if refusal.why is Why.SEATED_DIFFERENTLY:
        return ", ".join(label(name) for name in refusal.about.split(", "))
    if refusal.why is Why.WORD:
        name, _colon, word = refusal.about.partition(": ")
        return f"{label(name)}: {word}"
    return refusal.about


def label(name: str) -> str:
    return str(LABELS.get(name, name))


def word_choices(name: str) -> list[tuple[str, str]]:
    """The words that a field can hold, as a person reads them."""
    known = YES_OR_NO if SCHEMA[name].words is YES_NO else WORDS[name]
    return [(value, str(known[value])) for value in SCHEMA[name].words]
