"""Half-years, so that rounds of coalitions that meet at different times stand in one column.

Tables name their rounds as they like ("Fall 2026", "Ronda 3"); what is compared is the half of the year in which the
table met. A season is a whole number: twice the year, and one more for July to December.
"""

from datetime import date


def season_of(day: date) -> int:
    """The half-year in which that day lies: 4052 for January to June 2026, 4053 for July to December."""
    return day.year * 2 + (day.month > 6)


def first_day(season: int) -> date:
    """The day on which that half-year begins; ValueError outside the years 1 to 9999."""
    year, second = divmod(season, 2)
    return date(year, 7 if second else 1, 1)


def slug_of(season: int) -> str:
    """As it stands in an address: 2026-1 or 2026-2."""
    year, second = divmod(season, 2)
    return f"{year}-{second + 1}"


def from_slug(text: str) -> int | None:
    """The half-year of an address, or None for anything that is none."""
    year, _, half = text.partition("-")
    if len(year) != 4 or not (year.isascii() and year.isdigit()) or half not in ("1", "2") or int(year) < 1:
        return None
    return int(year) * 2 + int(half) - 1
