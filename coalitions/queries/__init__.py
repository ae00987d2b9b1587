"""What the pages about people, lists and settings need."""

from .history import History, history
from .imports import Check, Line, Outcome, check_import, check_roster
from .people import Note, Past, People, past_people, people, seat_map, sits_here
from .record import deeds

__all__ = [
    "Check",
    "History",
    "Line",
    "Note",
    "Outcome",
    "Past",
    "People",
    "check_import",
    "check_roster",
    "deeds",
    "history",
    "past_people",
    "people",
    "seat_map",
    "sits_here",
]
