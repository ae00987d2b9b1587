"""The weekly note to a lead: what needs them, and where. No answers, no names, and no link that signs anybody in."""

from collections.abc import Iterable

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from coalitions.models import Coalition
from outbox.links import STOP_HERE, absolute


def digest(table: Coalition, needs: Iterable[tuple[str, str]], *, to: str) -> tuple[str, str]:
    """(subject, text) in the language that is active; `needs` are sentences in it, each with a path."""
    lines = [(sentence, absolute(path)) for sentence, path in needs]
    said = {"name": to, "table": table, "lines": lines, "stop": STOP_HERE}
    subject = _("What needs you at %(table)s") % {"table": table}
    return subject, render_to_string("checkins/email/digest.txt", said)
