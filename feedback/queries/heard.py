"""What became of one visit, for whoever holds its receipt."""

from dataclasses import dataclass

from ..models import Form, Submission
from ..receipts import digests
from .said import Shown, shown


@dataclass(frozen=True)
class Heard:
    """`replies` to words of this visit; none yet if nobody replied."""

    replies: tuple[Shown, ...]


def heard(form: Form, typed: str, language: str) -> Heard | None:
    """None for a code that is wrong, unknown, or of another form: nobody can tell which."""
    found = Submission.objects.filter(receipt__in=digests(typed), wording__form=form).first()
    if found is None:
        return None
    rows = form.coalition.said_and_done.filter(voices__submission=found).distinct()  # type: ignore[attr-defined]
    return Heard(tuple(shown(rows, language)))
