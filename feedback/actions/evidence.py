"""Counts of a form as something the table has seen."""

import uuid
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from coalitions.models import Seat
from milestones.actions.answers import add_evidence
from milestones.models import Evidence, Item
from milestones.models.record import Kind
from milestones.queries.rounds import latest_round
from web.refusal import Refused

from ..models import Result
from ..visit import Question, questions_of


class OnlyOneSource(Refused):
    def __init__(self) -> None:
        super().__init__(
            _("Answers from a form are on this milestone’s list already. However many, they are one source.")
        )


def use_as_evidence(*, result: Result, item: Item, by: Seat, now: datetime, form: uuid.UUID) -> Evidence:
    """One form or ten are one source of families' own report, so a milestone lists one at most.

    What somebody else has added while scoring is theirs alone, and refuses nothing here.
    """
    coalition = by.coalition
    round = latest_round(coalition)
    if round is None:
        raise Refused(_("What we have seen belongs to a round. Plan the first one, then come back."))
    address = settings.SITE_URL + reverse("outside_results", args=[coalition.slug])
    here = Evidence.objects.filter(coalition=coalition, kind=Kind.FAMILIES).about(item.code)
    if here.seen_by(by).filter(url__startswith=address).exclude(form=form).exists():
        raise OnlyOneSource
    with override(coalition.main_language):
        title, note = _told(result)
    return add_evidence(
        round=round, seat=by, item=item, kind=Kind.FAMILIES, title=title, note=note,
        url=f"{address}#{result.anchor}", now=now, form=form,
    )  # fmt: skip


def _told(result: Result) -> tuple[str, str]:
    """Title and note, in the language that is on."""
    asked = _question(result)
    language = get_language() or "en"
    title = _("%(n)s people outside answered: %(question)s") % {
        "n": result.people,
        "question": asked.says(language),
    }
    counted = ", ".join(f"{each.says(language)} {result.counts.get(each.code, 0)}" for each in asked.choices)
    note = _("%(counts)s. Not a sample: people who chose to answer.") % {"counts": counted}
    return _cut(title, 160), _cut(note, 300)


def _question(result: Result) -> Question:
    asked = questions_of(result.wording.content)
    return next(each for each in asked if each.code == result.question)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
