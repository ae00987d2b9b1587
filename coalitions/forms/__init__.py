"""What may be typed or sent about a table, and the words for what is wrong with it."""

from .imports import ColumnsForm, ConfirmForm, RosterForm, WordsForm
from .people import (
    CoalitionForm,
    OneLine,
    SeatForm,
    SentOnce,
    SettingsForm,
    StartForm,
    TimeZone,
    WantedSeatForm,
)
from .reasons import LABELS, REASONS, label, reason

__all__ = [
    "LABELS",
    "REASONS",
    "CoalitionForm",
    "ColumnsForm",
    "ConfirmForm",
    "OneLine",
    "RosterForm",
    "SeatForm",
    "SentOnce",
    "SettingsForm",
    "StartForm",
    "TimeZone",
    "WantedSeatForm",
    "WordsForm",
    "label",
    "reason",
]
