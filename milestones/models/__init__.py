from .answers import Draft, Part, Tally, Tick
from .framework import Change, Framework, Item, Version
from .record import Agreement, Dissent, Evidence, Opening, Release, Word
from .releases import Reading, Summary
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
    "Reading",
    "Release",
    "Round",
    "Stage",
    "Summary",
    "Tally",
    "Tick",
    "Version",
    "Word",
]
