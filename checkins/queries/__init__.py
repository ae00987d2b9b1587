from .plan import Plan, next_slot, plan_of, used_up
from .waiting import (
    KIND,
    STILL_WAITING,
    beginning,
    key_of,
    open_rounds,
    reminded_rounds,
    still_waiting,
    waiting,
)

__all__ = [
    "KIND",
    "STILL_WAITING",
    "Plan",
    "beginning",
    "key_of",
    "next_slot",
    "open_rounds",
    "plan_of",
    "reminded_rounds",
    "still_waiting",
    "used_up",
    "waiting",
]
