from .answers import Draft, Part, Tally, Tick
from .framework import Change, Framework, Item, Version
from .record import Agreement, Dissent, Evidence, Opening, Release, Word
from .releases import Summary
from .rounds import Round, Stage

__all__ = [
    "Agreement",
    "Change",
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
    "Summary",
    "Tally",
    "Tick",
    "Version",
    "Word",
]
