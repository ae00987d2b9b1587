"""The smallest drawings: one mark for one person, rising steps for a level, and a few signs."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

# Shape as well as hue says who it is: parents and providers are round, or a circle and a diamond
# where they stand apart; others are square; a whole table is a round mark in ink.
SHAPES = {
    "pp": '<circle cx="0" cy="0" r="{r}"/>',
    "pa": '<circle cx="0" cy="0" r="{r}"/>',
    "pv": '<path d="M0-{d}L{d} 0 0 {d}-{d} 0Z"/>',
    "ot": '<rect x="-{s}" y="-{s}" width="{w}" height="{w}"/>',
    "all": '<circle cx="0" cy="0" r="{r}"/>',
}

ICONS = {
    "up": '<path d="M5 9.5V1M1.2 4.8 5 1l3.8 3.8" fill="none" stroke="currentColor" stroke-width="1.7"/>',
    "down": '<path d="M5 .5V9M1.2 5.2 5 9l3.8-3.8" fill="none" stroke="currentColor" stroke-width="1.7"/>',
    "gap": '<path d="M5 0l5 5-5 5-5-5z" fill="currentColor"/>',
    "done": '<path d="M1 5.2 4 8.6 9.4 1.8" fill="none" stroke="currentColor" stroke-width="1.8"/>',
    "on": '<circle cx="5" cy="5" r="3.8" fill="none" stroke="currentColor" stroke-width="1.7"/>',
    "late": '<path d="M5 .9 9.6 9.2H.4z" fill="none" stroke="currentColor" stroke-width="1.5"/>',
    "claimed": '<circle cx="5" cy="5" r="4" fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray="2 1.6"/>',
    "hidden": '<path d="M3 4.5V3.2a2 2 0 0 1 4 0v1.3" fill="none" stroke="currentColor" stroke-width="1.2"/><path d="M1.8 4.5h6.4V9H1.8z" fill="currentColor"/>',
    "broken": '<path d="M2.2 9 5 1M5.6 9 8.4 1" fill="none" stroke="currentColor" stroke-width="1.4"/>',
    "idea": '<path d="M1 5h8" fill="none" stroke="currentColor" stroke-width="1.7"/>',
}


def shape(kind: str, radius: float) -> SafeString:
    """The bare shape around 0,0. A square of the same weight as a circle is a little smaller."""
    side = round(radius * 0.85, 2)
    return mark_safe(SHAPES[kind].format(r=radius, d=round(radius * 1.15, 2), s=side, w=round(side * 2, 2)))


def mark(kind: str, filled: bool = True) -> SafeString:
    """One person: filled has answered (or votes), an outline has not."""
    paint = 'fill="currentColor"' if filled else 'fill="none" stroke="currentColor" stroke-width="2"'
    return mark_safe(
        f'<svg class="{kind}" viewBox="-7 -7 14 14" aria-hidden="true"><g {paint}>'
        f"{shape(kind, 6 if filled else 5)}</g></svg>"
    )


def marks(kind: str, filled: int, empty: int = 0) -> SafeString:
    """A row of people. It is hidden from screen readers: the count stands beside it in words."""
    people = [mark(kind)] * filled + [mark(kind, filled=False)] * empty
    return mark_safe(f'<span class="dots {kind}" aria-hidden="true">{"".join(people)}</span>')


def key(kind: str, label: str) -> SafeString:
    """A legend entry: the mark and whom it stands for."""
    return format_html('<span class="key">{}{}</span>', mark(kind), label)


def steps(level: int | None, of: int = 5) -> SafeString:
    """Rising steps, filled up to `level`; a figure beside digit and word, never alone."""
    rise = 16 / max(of - 1, 1)
    bars = "".join(
        f'<rect{" class=on" if n < (level or 0) else ""} x="{0.6 + 7 * n:g}" y="{16 - rise * n:g}" '
        f'width="5" height="{5 + rise * n:g}" rx=".5"/>'
        for n in range(of)
    )
    return mark_safe(f'<svg class="steps" viewBox="0 0 {7 * of} 22" aria-hidden="true">{bars}</svg>')


def strip(levels: list[int | None]) -> SafeString:
    """The seven-part strip under the masthead: a coalition's agreed levels, hatched where none is agreed."""
    parts = "".join(f'<i class="v{level or 0}"></i>' for level in levels)
    return mark_safe(f'<div class="strip" aria-hidden="true">{parts}</div>')


def icon(name: str) -> SafeString:
    return mark_safe(f'<svg class="ico" viewBox="0 0 10 10" aria-hidden="true">{ICONS[name]}</svg>')
