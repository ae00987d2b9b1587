"""What tells an evaluator that a table released a round: which one, and where. No level leaves by mail."""

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from milestones.models import Release
from outbox.links import STOP_HERE, absolute


def released(release: Release, *, to: str) -> tuple[str, str]:
    """(subject, text) in the language that is active."""
    round, table = release.round, release.round.coalition
    at = [table.slug, round.number, release.number]
    corrected = release.number > 1
    said = {"name": to, "table": table, "round": round, "number": release.number, "corrected": corrected}
    said |= {"link": absolute(reverse("release_page", args=at)), "stop": STOP_HERE}
    subject = _("A corrected release: %(table)s") if corrected else _("A new release: %(table)s")
    return subject % {"table": table}, render_to_string("checkins/email/released.txt", said)
