"""Who is at the table, drawn as a table."""

from collections.abc import Iterable
from math import cos, pi, sin

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from .marks import shape

WIDTH, HEIGHT, TABLE_W, TABLE_H = 420, 232, 300, 116
REACH = 26  # from the table's edge to the middle of a seat


def _around(share: float) -> tuple[float, float]:
    """A point on the oval of seats; 0 is below the table on the left, and it runs clockwise."""
    radius = TABLE_H / 2 + REACH
    straight = TABLE_W - TABLE_H
    arc = pi * radius
    left, right, middle = (WIDTH - straight) / 2, (WIDTH + straight) / 2, HEIGHT / 2
    way = share * 2 * (straight + arc)
    if way < arc:
        turn = pi / 2 + way / radius
        return left + radius * cos(turn), middle + radius * sin(turn)
    way -= arc
    if way < straight:
        return left + way, middle - radius
    way -= straight
    if way < arc:
        turn = -pi / 2 + way / radius
        return right + radius * cos(turn), middle + radius * sin(turn)
    return right - (way - arc), middle + radius


def seat_map(
    seats: Iterable[tuple[str, bool]], empty_seats: int, centre_text: str, sub_text: str, label: str
) -> SafeString:
    """`seats` are (kind, has a vote) in the order they sit; `label` says the same in one sentence."""
    people = [*seats]
    total = len(people) + empty_seats
    radius = round(min(10, max(3.5, 280 / max(total, 1))), 1)
    drawn = []
    for number in range(total):
        x, y = _around(number / total)
        at = f'transform="translate({x:.1f} {y:.1f})"'
        if number >= len(people):
            drawn.append(f'<g class="open" {at}><circle r="{radius}"/></g>')
            continue
        kind, votes = people[number]
        paint = 'fill="currentColor"' if votes else 'fill="none" stroke="currentColor" stroke-width="2.2"'
        drawn.append(f'<g class="{kind}" {at} {paint}>{shape(kind, radius if votes else radius - 1)}</g>')
    return format_html(
        '<svg class="seatmap" viewBox="0 0 {} {}" role="img" aria-label="{}">'
        '<rect class="top" x="{}" y="{}" width="{}" height="{}" rx="{}"/>{}'
        '<text x="{}" y="{}" text-anchor="middle" font-size="30" font-weight="680">{}</text>'
        '<text class="sub" x="{}" y="{}" text-anchor="middle" font-size="15">{}</text></svg>',
        WIDTH, HEIGHT, label,
        (WIDTH - TABLE_W) / 2, (HEIGHT - TABLE_H) / 2, TABLE_W, TABLE_H, TABLE_H / 2,
        mark_safe("".join(drawn)),
        WIDTH / 2, HEIGHT / 2 - 2, centre_text,
        WIDTH / 2, HEIGHT / 2 + 22, sub_text,
    )  # fmt: skip
