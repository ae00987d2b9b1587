"""Every write about a table, its people and its settings."""

from .arriving import take_seat
from .forgetting import forget, may_have_come, set_apart
from .giving import add_seat, readdress_seat, return_seat, settle_listings
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
from .inviting import address_of, clear_private, end_invitation, hand_link, invite, invite_all, send_again
from .seats import (
    change_seat,
    end_seat,
    leave_seat,
    leave_table,
    only_they,
    record,
    save_settings,
    seat_person,
    sent_before,
    want_seat,
)
from .starting import start_table

__all__ = [
    "Imported",
    "add_seat",
    "address_of",
    "cancel_import",
    "change_seat",
    "clear_imports",
    "clear_private",
    "confirm_import",
    "end_invitation",
    "end_seat",
    "forget",
    "hand_link",
    "import_roster",
    "invite",
    "invite_all",
    "leave_seat",
    "leave_table",
    "may_have_come",
    "only_they",
    "read_columns",
    "read_words",
    "readdress_seat",
    "record",
    "return_seat",
    "save_settings",
    "seat_person",
    "send_again",
    "sent_before",
    "set_apart",
    "settle_listings",
    "start_import",
    "start_table",
    "take_seat",
    "want_seat",
]
