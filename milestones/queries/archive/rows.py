"""Which rows of a table's rounds are in its archive, in an order that writing them anew keeps."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet

from coalitions.queries.archive import Taken

from ...models import Agreement, Evidence, Item, Part, Reading, Round, Version


def opened_rounds(taken: Taken) -> QuerySet[Round]:
    return taken.coalition.rounds.filter(opened_at__isnull=False).order_by("number")


def wordings(taken: Taken) -> list[Version]:
    """The table's own, those its rounds asked, and all that these go on from, the oldest first."""
    of_table = Version.objects.filter(coalition=taken.coalition, draft=False)
    wanted = {
        *of_table.values_list("pk", flat=True),
        *opened_rounds(taken).values_list("version_id", flat=True),
    }
    known: set[int] = set()
    while wanted - known:
        known |= wanted
        wanted |= set(Version.objects.filter(followed_by__in=known).values_list("pk", flat=True))
        followed = Item.objects.filter(version__in=known, follows__isnull=False)
        wanted |= set(followed.values_list("follows__version_id", flat=True))
        # Another table's own milestone may have become everybody's: its words are there, and it is not.
        others = Version.objects.filter(pk__in=wanted - known).exclude(coalition=None)
        wanted -= set(others.exclude(coalition=taken.coalition).values_list("pk", flat=True))
    found = Version.objects.filter(pk__in=known, draft=False).select_related("framework")
    return list(found.order_by("pk"))


def items(taken: Taken) -> Iterable[Item]:
    return Item.objects.filter(version__in=wordings(taken)).order_by("version", "position")


def seen(taken: Taken) -> Iterable[Evidence]:
    return taken.coalition.evidence.filter(private_to=None, hidden=False).order_by("pk")


def of_rounds(model: type[Any], *order: str) -> Callable[[Taken], Iterable[Any]]:
    """Rows of the rounds that are in it."""

    def rows(taken: Taken) -> Iterable[Any]:
        return model.objects.filter(round__in=opened_rounds(taken)).order_by(*(order or ("pk",)))

    return rows


def agreements(taken: Taken) -> Iterable[Agreement]:
    return (
        Agreement.objects.filter(round__in=opened_rounds(taken)).prefetch_related("evidence").order_by("pk")
    )


def readings(taken: Taken) -> Iterable[Reading]:
    of = Reading.objects.filter(release__round__in=opened_rounds(taken)).select_related("member")
    return of.order_by("release__round__number", "release__number", "first_on", "pk")


def parts(taken: Taken) -> list[Any]:
    """Each with the newest seat of its person at this table."""
    seats = taken.coalition.seats.order_by("pk").values_list("member_id", "pk")
    newest = dict(seats)
    parts: list[Any] = list(
        Part.objects.filter(round__in=opened_rounds(taken))
        .select_related("seat")
        .order_by("round__number", "pk")
    )
    for part in parts:
        part.person_id = newest.get(part.seat.member_id) if part.seat else None
    return parts
