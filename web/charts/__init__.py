"""Drawings as plain functions: values and translated words in, escaped markup out.

Nothing here carries a style attribute: colours come from classes, so both themes, print and the
content policy are served by the same figure.
"""

from .bars import bars
from .board import BoardGap, BoardRow, board
from .codes import code_to_scan
from .gaps import gap_dumbbell, scale
from .marks import icon, key, mark, marks, steps, strip
from .seats import seat_map
from .timeline import Point, lines

__all__ = [
    "BoardGap",
    "BoardRow",
    "Point",
    "bars",
    "board",
    "code_to_scan",
    "gap_dumbbell",
    "icon",
    "key",
    "lines",
    "mark",
    "marks",
    "scale",
    "seat_map",
    "steps",
    "strip",
]
