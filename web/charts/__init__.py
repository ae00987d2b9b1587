"""Drawings as plain functions: values and translated words in, escaped markup out.

Nothing here carries a style attribute: colours come from classes, so both themes, print and the
content policy are served by the same figure.
"""

from .bars import bars
from .board import BoardGap, BoardRow, board
from .codes import code_to_scan
from .gaps import Apart, dumbbells, gap_dumbbell, scale
from .heat import HeatCell, HeatRow, heat
from .marks import icon, key, mark, marks, steps, strip
from .multiples import Multiple, counted, multiple
from .seats import seat_map
from .timeline import Point, lines

__all__ = [
    "Apart",
    "BoardGap",
    "BoardRow",
    "HeatCell",
    "HeatRow",
    "Multiple",
    "Point",
    "bars",
    "board",
    "code_to_scan",
    "counted",
    "dumbbells",
    "gap_dumbbell",
    "heat",
    "icon",
    "key",
    "lines",
    "mark",
    "marks",
    "multiple",
    "scale",
    "seat_map",
    "steps",
    "strip",
]
