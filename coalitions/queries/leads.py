"""Whether other people led a table on one day than on another. Who they are is not told."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Q
from django.db.models.functions import Coalesce

from ..models import Event, Seat, Verb

Changes = dict[int, list[tuple[date, bool]]]


def lead_changed(between: Mapping[int, tuple[date, date]]) -> set[int]:
    """`between` is coalition -> (earlier day, later day). Those whose leads were not the same people on both days.

    A lead is somebody who had taken a seat that leads, and had not left it. Two queries.
    """
    before = _before(between)
    took = Coalesce("arrived_elsewhere", "arrived")  # where the table was loaded from, or here
    leads = Seat.objects.filter(coalition__in=between).annotate(took=took).exclude(took=None)
    rows = leads.filter(Q(lead=True) | Q(pk__in=before)).values_list(
        "pk", "coalition_id", "member_id", "lead", "took", "left"
    )
    led: dict[int, tuple[set[int], set[int]]] = {each: (set(), set()) for each in between}
    for pk, coalition, member, leads_now, arrived, left in rows:
        for day, people in zip(between[coalition], led[coalition], strict=True):
            there = arrived is not None and arrived <= day and (left is None or left > day)
            if there and _led_on(day, leads_now, before.get(pk, [])):
                people.add(member)
    return {coalition for coalition, (one, other) in led.items() if one != other}


def _before(coalitions: Mapping[int, object]) -> Changes:
    """Seat -> (day, whether it led before that day), newest first, as it is on record."""
    found: Changes = {}
    events = Event.objects.filter(coalition__in=coalitions, verb=Verb.SEAT_CHANGED, about__contains="lead=")
    for event in events.select_related("coalition"):
        seat, _colon, fields = event.about.partition(":")
        for field in fields.split(","):
            name, _equals, values = field.partition("=")
            if name == "lead":
                day = event.coalition.today(event.at)
                found.setdefault(int(seat), []).append((day, values.startswith("yes")))
    return found


def _led_on(day: date, leads_now: bool, before: list[tuple[date, bool]]) -> bool:
    """What is true now, taken back change by change to that day."""
    leads = leads_now
    for changed_on, led_before in before:
        if changed_on > day:
            leads = led_before
    return leads
