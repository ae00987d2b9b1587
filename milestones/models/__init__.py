from .answers import Draft, Part, Tally, Tick
from .framework import Framework, Item, Version
from .record import Agreement, Dissent, Evidence, Opening, Release, Word
from .rounds import Round, Stage

__all__ = [
    "Agreement",
    "Dissent",
    "Draft",
    "Evidence",
    "Framework",
    "Item",
    "Opening",
    "Part",
    "Release",
    "Round",
    "Stage",
    "Tally",
    "Tick",
    "Version",
    "Word",
]
