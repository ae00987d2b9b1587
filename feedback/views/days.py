"""A day as each language writes it."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import override

DAYS = {"es": r"j \d\e F", "vi": r"\n\g\à\y j \t\h\á\n\g n", "zh-Hans": "n月j日", "ar": "j F"}
HAITIAN = (
    *("janvye", "fevriye", "mas", "avril", "me", "jen"),
    *("jiyè", "out", "septanm", "oktòb", "novanm", "desanm"),
)


def spelled(day: date, language: str) -> str:
    """“January 15”, without an article. Django writes no dates in Haitian Creole, so its months stand here."""
    if language == "ht":
        return f"{day.day} {HAITIAN[day.month - 1]}"
    with override(language):
        return date_format(day, DAYS.get(language, "F j"))
