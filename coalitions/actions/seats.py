"""Who sits at a table, one seat at a time, the settings, and the record of who did what."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from members.actions.links import end_links
from members.models import Link, Member
from web.refusal import Refused

from ..models import Coalition, Event, Invitation, Organization, Seat, Verb, WantedSeat
from ..registry import OVERDUE
from ..roster import FLAGS, Row

LISTED = {"listed_name", "listed_email", "listed_language"}
FROM_AND_TO = {"group", "role", "votes", "positional_power", *FLAGS}


def record(
    *,
    coalition: Coalition,
    seat: Seat | None,
    verb: Verb,
    at: datetime,
    about: str = "",
    form: uuid.UUID | None = None,
) -> Event:
    """Put one deed on record. The same form again returns the first event; no seat means the operator did it."""
    said = {"coalition": coalition, "seat": seat, "verb": verb, "about": about[:240], "at": at}
    if form is None:
        return Event.objects.create(**said)
    event = Event.objects.get_or_create(form=form, defaults=said)[0]
    if event.coalition_id != coalition.pk:
        raise Refused(sent_before())
    return event


def sent_before() -> str:
    return _("This page was sent before. Open it again, and then send what is new.")


@transaction.atomic
def seat_person(*, coalition: Coalition, row: Row, today: date, member: Member | None = None) -> Seat:
    """Give one person a seat. An account that exists keeps its name and language: only its owner changes them."""
    seat = seat_for(
        row,
        coalition=coalition,
        member=member or member_of(row.email, language=row.language or coalition.main_language),
        organization=_organization(coalition, row.organization),
        today=today,
    )
    seat.save()
    return seat


def member_of(email: str, *, language: str) -> Member:
    """Whose address this is. Somebody new has no name until they take a seat: at two tables they may be listed
    by two, and neither table is to read what the other wrote."""
    return Member.objects.get_or_create(email=email, defaults=new_member(language))[0]


def new_member(language: str) -> dict[str, str]:
    return {"language": language, "password": make_password(None)}


def seat_for(
    row: Row, *, coalition: Coalition, member: Member, organization: Organization | None, today: date
) -> Seat:
    """The seat that a line of a list asks for, not yet written."""
    return Seat(
        coalition=coalition,
        member=member,
        organization=organization,
        group=row.group,
        title=row.title,
        votes=row.votes,
        positional_power=row.power,
        role=row.role,
        paid=row.paid,
        contact=row.contact,
        joined=row.joined or today,
        listed_name=row.name,
        listed_email=row.email,
        listed_language=row.language or coalition.main_language,
        **{flag: getattr(row, flag) for flag in FLAGS},
    )


def _organization(coalition: Coalition, name: str) -> Organization | None:
    return Organization.objects.get_or_create(coalition=coalition, name=name)[0] if name else None


@transaction.atomic
def change_seat(
    *, seat: Seat, by: Seat, organization: str, changed: Sequence[str], now: datetime, form: uuid.UUID
) -> None:
    """Write what `changed` names, and that it changed. A group and a role count from the next round.

    Refuses to leave the table without a lead, and to change how somebody is listed who has come by now.
    """
    Coalition.objects.select_for_update().get(pk=seat.coalition_id)
    if not changed or Event.objects.filter(form=form).exists():
        return
    before = Seat.objects.get(pk=seat.pk)
    if before.arrived and set(changed) & LISTED:
        raise Refused(only_they())
    if "lead" in changed and not seat.lead:
        _keep_a_lead(seat)
        _end_links_of(seat, now)
    _settle(seat.coalition, now)
    if "organization" in changed:
        seat.organization = _organization(seat.coalition, organization)
    seat.save(update_fields=changed)
    if "listed_language" in changed and is_nobodys(seat.member, but=seat):
        Member.objects.filter(pk=seat.member_id).update(language=seat.listed_language)
    about = f"{seat.pk}:{','.join(_change(name, before, seat) for name in changed)}"
    record(coalition=seat.coalition, seat=by, verb=Verb.SEAT_CHANGED, about=about, at=now, form=form)


def _change(name: str, before: Seat, after: Seat) -> str:
    """What changed. Of what everybody at the table sees also from what to what, in words of ours."""
    if name not in FROM_AND_TO:
        return name
    values = [getattr(each, name) for each in (before, after)]
    said = [{True: "yes", False: "no"}.get(value, value) for value in values]
    return f"{name}={said[0]}>{said[1]}"


def only_they() -> str:
    return _("Only they can change it.")


def is_nobodys(member: Member, *, but: Seat) -> bool:
    """Whether this account is only an address that the table listed: nobody has ever opened it."""
    given = member.is_staff or member.cohorts.exists() or member.seats.exclude(pk=but.pk).exists()
    return member.last_login is None and not given


@transaction.atomic
def end_seat(*, seat: Seat, by: Seat | None, now: datetime) -> None:
    """Somebody leaves the table, and it is on record. Refuses to leave the table without a lead."""
    _end(seat, by=by, verb=Verb.SEAT_ENDED, now=now)


@transaction.atomic
def leave_seat(*, seat: Seat, now: datetime) -> None:
    """A person leaves by themselves. Again, it changes nothing. Refuses to leave the table without a lead."""
    _end(seat, by=seat, verb=Verb.SEAT_LEFT, now=now)


def _end(seat: Seat, *, by: Seat | None, verb: Verb, now: datetime) -> None:
    Coalition.objects.select_for_update().get(pk=seat.coalition_id)
    current = Seat.objects.current().filter(pk=seat.pk).first()
    if not current:
        return
    if current.lead:
        _keep_a_lead(seat)
    _settle(seat.coalition, now)
    leave_table(seat=seat, today=seat.coalition.today(now))
    _end_links_of(seat, now)
    record(coalition=seat.coalition, seat=by, verb=verb, about=str(seat.pk), at=now)


def _end_links_of(lead: Seat, now: datetime) -> None:
    """Whoever is no lead any more keeps no way into a seat: what they handed over ends, used or not."""
    end_links(Link.objects.filter(invitation__by=lead, invitation__way=Invitation.HANDED), now=now)


def _settle(coalition: Coalition, now: datetime) -> None:
    """A round past its closing counts whoever answered it, even if their seat changes before anyone came by."""
    for settle in OVERDUE:
        settle(coalition=coalition, now=now)


def _keep_a_lead(seat: Seat) -> None:
    if not seat.coalition.seats.current().filter(lead=True).exclude(pk=seat.pk).exists():
        raise Refused(_("A table needs a lead. Make somebody else a lead first."))


def leave_table(*, seat: Seat, today: date) -> Seat:
    """End a seat. What it answered in an open round is deleted when that closes; coming back starts another seat.

    The table keeps the name and the address by which it knew them, and learns of none that come later.
    """
    known = Seat.objects.select_related("member").get(pk=seat.pk)
    Seat.objects.filter(pk=seat.pk, left=None).update(
        left=max(today, known.joined),
        listed_name=known.name,
        listed_email=known.email,
        listed_language=known.language,
    )
    seat.refresh_from_db(fields=["left", "listed_name", "listed_email", "listed_language"])
    return seat


@transaction.atomic
def want_seat(*, coalition: Coalition, group: str, who: str, why: str = "") -> WantedSeat:
    """Say who is missing. The same words again are the same seat."""
    Coalition.objects.select_for_update().get(pk=coalition.pk)
    return WantedSeat.objects.get_or_create(coalition=coalition, group=group, who=who, why=why)[0]


@transaction.atomic
def save_settings(
    *, coalition: Coalition, by: Seat, changed: Sequence[str], now: datetime, form: uuid.UUID
) -> None:
    """Write the fields named in `changed`, and that they changed. No change leaves no trace."""
    if not changed or Event.objects.filter(form=form).exists():
        return
    coalition.save(update_fields=changed)
    about = ",".join(changed)
    record(coalition=coalition, seat=by, verb=Verb.SETTINGS_CHANGED, about=about, at=now, form=form)
