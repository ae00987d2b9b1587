"""Every write about a table, its people and its settings."""

from .arriving import take_seat
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
from .inviting import address_of, end_invitation, hand_link, invite, invite_all, send_again
from .seats import (
    change_seat,
    end_seat,
    leave_table,
    record,
    save_settings,
    seat_person,
    sent_before,
    want_seat,
)
from .starting import start_table

__all__ = [
    "Imported",
    "address_of",
    "cancel_import",
    "change_seat",
    "clear_imports",
    "confirm_import",
    "end_invitation",
    "end_seat",
    "hand_link",
    "import_roster",
    "invite",
    "invite_all",
    "leave_table",
    "read_columns",
    "read_words",
    "record",
    "save_settings",
    "seat_person",
    "send_again",
    "sent_before",
    "start_import",
    "start_table",
    "take_seat",
    "want_seat",
]
