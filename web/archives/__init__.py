"""Rows as a ZIP of plain files that says what is in it, and back again. Which rows, and what they mean, each room
declares; nothing here knows a word of the field."""

from .kinds import Field, Found, Kind, Maker, Numbers, Row
from .packing import FORMAT, HEAD, SEALED, pack
from .readme import readme
from .unpacking import Unpacked, restore, unpack

__all__ = [
    "FORMAT",
    "HEAD",
    "SEALED",
    "Field",
    "Found",
    "Kind",
    "Maker",
    "Numbers",
    "Row",
    "Unpacked",
    "pack",
    "readme",
    "restore",
    "unpack",
]
