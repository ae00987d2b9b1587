"""What may be typed or sent about a table, and the words for what is wrong with it."""

from .imports import ColumnsForm, ConfirmForm, RosterForm, WordsForm
from .people import (
    CoalitionForm,
    OneLine,
    SentOnce,
    SettingsForm,
    TimeZone,
    WantedSeatForm,
)
from .reasons import LABELS, REASONS, label, reason
from .seats import AddressForm, AddSeatForm, SeatForm
from .starting import StartForm

__all__ = [
    "LABELS",
    "REASONS",
    "AddSeatForm",
    "AddressForm",
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
