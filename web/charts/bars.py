"""How many picked each answer: a real table, with a bar beside each number."""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe


def bars(
    rows: Sequence[tuple[str, int]], caption: str, answer_heading: str, people_heading: str
) -> SafeString:
    """`rows` are (answer, people), in the order in which they were asked: nothing here is a rank.

    A full bar is everybody who answered, so that two questions can be compared.
    """
    total = sum(count for _answer, count in rows) or 1
    body = format_html_join(
        "",
        '<tr><th scope="row">{}</th><td class="num">{}</td><td class="drawn">{}</td></tr>',
        ((answer, count, _bar(100 * count / total)) for answer, count in rows),
    )
    return format_html(
        '<table class="bars"><caption class="vh">{}</caption><thead class="vh"><tr><th scope="col">{}</th>'
        '<th scope="col">{}</th><td></td></tr></thead><tbody>{}</tbody></table>',
        caption, answer_heading, people_heading, body,
    )  # fmt: skip


def _bar(share: float) -> SafeString:
    return mark_safe(
        '<svg class="bar-of" height="14" aria-hidden="true"><rect class="ground" width="100%" height="14" rx="2"/>'
        f'<rect class="part" width="{share:.2f}%" height="14" rx="2"/></svg>'
    )
