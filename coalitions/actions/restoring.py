"""A table that comes back from an archive: its people are listed again, and nobody sits before they come themselves."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from members.actions.forgetting import nobody
from members.models import CLOSED, Member
from web.archives import Found
from web.archives.unpacking import checked
from web.refusal import Refused

from ..models import ROOM_NAMES, Coalition, Seat
from .seats import member_of


def _make_coalition(rows: list[dict[str, Any]], found: Found) -> Sequence[Coalition]:
    (values,) = rows
    if Coalition.objects.filter(slug=values["slug"]).exists():
        raise Refused(
            _("There is a table called “%(slug)s” here already. An archive never writes over one.")
            % {"slug": values["slug"]}
        )
    if values["slug"] in ROOM_NAMES:
        raise ValueError("a name that addresses need themselves")
    coalition = checked(Coalition(**values))
    coalition.save(force_insert=True)
    return [coalition]


def _make_seats(rows: list[dict[str, Any]], found: Found) -> Sequence[Seat]:
    """Accounts that exist are neither changed nor told. Two people never share one, and nobody's becomes two."""
    persons = [values.pop("person") for values in rows]
    accounts: dict[object, Member] = {}
    given: set[int] = set()
    # Who sits there now comes first, then who left last: an address may have been another's before.
    for at in sorted(range(len(rows)), key=lambda at: (rows[at]["left"] is not None, -at)):
        newest = rows[persons[at] - 1] if persons[at] else rows[at]
        who = persons[at] or newest["listed_email"] or f"seat {at}"
        if not persons[at] and not rows[at]["left"] and who in accounts:
            who = f"seat {at}"  # two sit there under one address
        if who not in accounts:
            accounts[who] = _account(newest, given)
            given.add(accounts[who].pk)
        rows[at]["member"] = accounts[who]
    return Seat.objects.bulk_create([checked(Seat(**values)) for values in rows], batch_size=500)


def _account(listed: dict[str, Any], given: set[int]) -> Member:
    """That of the address; one that nobody can open, where there is none or another person here has it."""
    email = listed["listed_email"]
    if not email or email.endswith(CLOSED):
        return nobody()
    account = member_of(email, language=listed["listed_language"])
    return nobody() if account.pk in given else account


MAKERS = {"coalition": _make_coalition, "seats": _make_seats}
