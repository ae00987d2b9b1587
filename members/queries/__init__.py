from .signing_in import (
    HAS_ACCOUNT,
    Browser,
    browsers,
    has_account,
    has_second_step,
    is_last_step,
    second_steps,
    spoken,
)

__all__ = [
    "HAS_ACCOUNT",
    "Browser",
    "browsers",
    "has_account",
    "has_second_step",
    "is_last_step",
    "second_steps",
    "spoken",
]
