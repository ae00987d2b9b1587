"""What an archive of a table holds of the table itself and its people: what its leads see on its pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from zoneinfo import available_timezones

from django.utils.translation import gettext_lazy as _

from web.archives import Field, Found, Kind, Numbers, Row

from ..models import Coalition, Event, Organization, Seat, State, Verb, WantedSeat
from .record import ABOUT_A_SEAT


@dataclass(frozen=True)
class Taken:
    """What an archive is of, and whether who takes it reads what people outside wrote."""

    coalition: Coalition
    reads_voices: bool = False


def _seats(taken: Taken) -> list[Any]:
    """Each with the newest seat of the same person at this table."""
    seats: list[Any] = list(taken.coalition.seats.select_related("member").order_by("pk"))
    newest = {seat.member_id: seat.pk for seat in seats}
    for seat in seats:
        seat.person_id = newest[seat.member_id]
    return seats


def _arrived(row: Row, found: Found) -> dict[str, Any]:
    """Nobody sits again by being listed: the day counts for what is past, and the seat is taken anew."""
    return {"arrived": row["arrived"] if row["left"] else None, "arrived_elsewhere": row["arrived"]}


def _told_about(row: Event, numbers: Numbers) -> str:
    return _with_seats(row.verb, row.about, lambda pk: numbers["seats"].get(int(pk), 0))


def _about(row: Row, found: Found) -> dict[str, Any]:
    return {"about": _with_seats(row["verb"], row["about"], lambda n: _seat(found, int(n)))}


def _seat(found: Found, number: int) -> int:
    return found["seats"][number - 1].pk if 0 < number <= len(found["seats"]) else 0


def _with_seats(verb: str, about: str, renumber: Any) -> str:
    """The same words with other numbers of seats: "12:lead=no>yes", or "7:12-18" of a list of seven people."""
    first, colon, rest = about.partition(":")
    if verb in ABOUT_A_SEAT and first.isdecimal():
        return f"{renumber(first)}{colon}{rest}"
    if verb == Verb.ROSTER_IMPORTED and rest:
        return f"{first}:{'-'.join(str(renumber(each)) for each in rest.split('-'))}"
    return about


def _state(row: Row, found: Found) -> dict[str, Any]:
    return {"state": State.objects.get(code=row["state"])}


def _events(taken: Taken) -> Iterable[Event]:
    return taken.coalition.events.order_by("at", "pk")


COALITION = Field("coalition", _("The coalition."), to="coalition")
LANGUAGE = Field("language", _("The language it is in."))
KINDS = (
    Kind(
        "coalition", Coalition, _("The coalition and its settings. One row."), lambda taken: [taken.coalition],
        (
            Field("name", _("Its name.")),
            Field("slug", _("Its name in addresses.")),
            Field("state", _("Its state, in two letters."), out=lambda row, numbers: row.state_id, into=_state),
            Field("time_zone", _("Its time zone."), shape={*available_timezones()}),
            Field("main_language", _("The main language in the room.")),
            Field("outside_contact", _("Someone outside to call.")),
            Field("backup_days", _("Days that backup copies are kept.")),
        ),
    ),
    Kind(
        "organizations", Organization, _("The organizations that people at the table come from."),
        lambda taken: taken.coalition.organizations.order_by("pk"),
        (COALITION, Field("name", _("Its name."))),
    ),
    Kind(
        "seats", Seat, _("Everybody who sits at the table or sat there, as the table knows them."), _seats,
        (
            COALITION,
            Field("name", _("Their name."), of=("listed_name",), into=lambda row, found: {"listed_name": row["name"]}),
            Field("email", _("Their address."), of=("listed_email",), into=lambda row, found: {"listed_email": row["email"]}),
            Field("language", _("Their language."), of=("listed_language",), into=lambda row, found: {"listed_language": row["language"]}),
            Field("organization", _("Their organization."), to="organizations"),
            Field("group", _("Whose view they bring.")),
            Field("title", _("Their title.")),
            Field("votes", _("Whether they have a vote.")),
            Field("positional_power", _("Whether they hold power by position.")),
            Field("role", _("Member, observer or neither.")),
            Field("facilitator", _("Whether they are a facilitator.")),
            Field("lead", _("Whether they are a lead.")),
            Field("reader", _("Whether they read what people outside write.")),
            Field("paid", _("Whether they are paid for coming.")),
            Field("contact", _("How to reach them.")),
            Field("joined", _("The day since which they are listed.")),
            Field("left", _("The day they left, if they have.")),
            Field(
                "arrived", _("The day they took their seat. After loading everybody who sits there takes it anew."),
                of=("arrived", "arrived_elsewhere"), into=_arrived,
                out=lambda row, numbers: row.arrived_elsewhere or row.arrived,
            ),
            Field("person", _("Which seats are the same person's."), of=("member",), to="seats", sealed=True,
                  into=lambda row, found: {"person": row.get("person")}),
        ),
    ),
    Kind(
        "wanted_seats", WantedSeat, _("The seats that the table wants filled."),
        lambda taken: taken.coalition.wanted_seats.order_by("pk"),
        (
            COALITION,
            Field("group", _("Whose view is missing.")),
            Field("who", _("Who is missing.")),
            Field("why", _("Why.")),
        ),
    ),
    Kind(
        "record", Event, _("Who did what, and when. Nothing here is about answering."), _events,
        (
            COALITION,
            Field("seat", _("Who did it."), to="seats"),
            Field("verb", _("What they did.")),
            Field("about", _("To what: a seat by its number and what changed, or a name."), out=_told_about, into=_about),
            Field("at", _("When.")),
        ),
    ),
)  # fmt: skip
