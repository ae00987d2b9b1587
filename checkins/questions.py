"""Questions that a lead may ask a table once a month, to start from."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

SUGGESTIONS = (
    _("What did a family tell you this month that we should all know?"),
    _("What got easier this month, and what got harder?"),
    _("Who is missing at our table, and who could ask them?"),
    _("What is one thing we could stop doing?"),
)


@dataclass(frozen=True)
class InOneLanguage:
    language: str
    name: str
    questions: tuple[str, ...]


def suggestions() -> list[InOneLanguage]:
    """In each language, since the lead may write in either."""
    found = []
    for language, name in settings.LANGUAGES:
        with override(language):
            found.append(InOneLanguage(language, name, tuple(str(each) for each in SUGGESTIONS)))
    return found
