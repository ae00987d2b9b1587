"""Every write about a table, its people and its settings."""

from .arriving import take_seat
from .forgetting import forget
from .imports import (
    Imported,
    cancel_import,
    clear_imports,
    confirm_import,
    import_roster,
    read_columns,
    read_words,
    start_import,
)
from .seats import (
    change_seat,
    end_seat,
    leave_seat,
    leave_table,
    record,
    save_settings,
    seat_person,
    sent_before,
    want_seat,
)

__all__ = [
    "Imported",
    "cancel_import",
    "change_seat",
    "clear_imports",
    "confirm_import",
    "end_seat",
    "forget",
    "import_roster",
    "leave_seat",
    "leave_table",
    "read_columns",
    "read_words",
    "record",
    "save_settings",
    "seat_person",
    "sent_before",
    "start_import",
    "take_seat",
    "want_seat",
]
