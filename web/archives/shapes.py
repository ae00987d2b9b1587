"""What a value in a file looks like. The pages that read it later trust that it does.

A shape is a type; None; a set of values that it may be; a tuple of shapes that it may have; [shape], a list of such;
{"key": shape}, these keys at least, where one that ends in "?" may be missing; {str: shape}, any keys; or a question.
"""

import re
from datetime import date
from typing import Any

MOST = 1_000_000  # no number of ours is greater
FIRST_YEAR, LAST_YEAR = 1900, 2100  # where a clock can go a year back and forth in any time zone
CODE = re.compile(r"[A-Za-z0-9_-]{1,40}")
HALF = re.compile("[\ud800-\udfff]")
LINK = re.compile(r"(https?:/)?/\S*|")


def fits(value: Any, shape: Any) -> bool:
    if isinstance(shape, tuple):
        return any(fits(value, each) for each in shape)
    if isinstance(shape, list):
        return isinstance(value, list) and all(fits(each, shape[0]) for each in value)
    if isinstance(shape, dict):
        return isinstance(value, dict) and _keys_fit(value, shape)
    if isinstance(shape, set | frozenset):
        return not isinstance(value, bool | list | dict) and value in shape
    if isinstance(shape, type):
        return type(value) is shape and _is_sound(value)
    return value is None if shape is None else bool(shape(value))


def _keys_fit(value: dict[str, Any], shape: dict[Any, Any]) -> bool:
    if str in shape:
        return all(fits(each, shape[str]) for each in value.values())
    known = {key.removesuffix("?"): each for key, each in shape.items()}
    needed = {key for key in shape if not key.endswith("?")}
    return needed <= value.keys() and all(fits(value[key], known[key]) for key in known.keys() & value.keys())


def _is_sound(value: Any) -> bool:
    """No number that no table reaches, and no half of a character, which has no bytes to send."""
    if isinstance(value, int):
        return 0 <= value <= MOST
    return not isinstance(value, str) or not HALF.search(value)


def a_code(value: Any) -> bool:
    """It stands in addresses."""
    return isinstance(value, str) and bool(CODE.fullmatch(value))


def a_link(value: Any) -> bool:
    """Empty, to a page of the site, or to one of another. A link that would run a script is none."""
    return isinstance(value, str) and bool(LINK.fullmatch(value))


def a_day(value: Any) -> bool:
    try:
        return in_our_time(date.fromisoformat(value))
    except (TypeError, ValueError):
        return False


def in_our_time(value: date) -> bool:
    return FIRST_YEAR <= value.year < LAST_YEAR
