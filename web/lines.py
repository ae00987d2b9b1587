"""Texts that stand in a line of a page or of a mail's header. Pure."""

import unicodedata

# Signs that turn the letters after them around: a name with one could be read as another.
TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def hides_signs(text: str) -> bool:
    """A line break, a control sign, or one that turns letters around: none has a place in a line."""
    return not TURNS.isdisjoint(text) or any(
        unicodedata.category(sign) in {"Cc", "Zl", "Zp"} for sign in text
    )
