"""Reminders off for one person, by a lead or by themselves, and on again."""

import uuid
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from coalitions.actions import record
from coalitions.models import Coalition, Event, Seat, Verb
from web.refusal import Refused

from ..models import Silence


@transaction.atomic
def silence(*, seat: Seat, by: Seat, now: datetime, form: uuid.UUID | None = None) -> None:
    """No reminders and no check-ins by mail to this seat. Again, it changes nothing.

    What goes on record names nobody: a lead turns off those who have not answered, and that is not to be looked up.
    So what somebody does for themselves is not on record: it would have their name.
    """
    Coalition.objects.select_for_update().get(pk=seat.coalition_id)
    if _sent_before(form):
        return
    if not Seat.objects.current().filter(pk=seat.pk).exists():
        raise Refused(_("%(name)s has left the table.") % {"name": seat.known_as})
    since = seat.coalition.today(now)
    _silence, new = Silence.objects.get_or_create(seat=seat, defaults={"by": by, "since": since})
    if by.pk == seat.pk:
        Silence.objects.filter(seat=seat).update(by=by)  # whoever did it before, it is theirs now
    elif new:
        record(coalition=seat.coalition, seat=by, verb=Verb.SILENCED, at=now, form=form)


@transaction.atomic
def unsilence(*, seat: Seat, by: Seat, now: datetime, form: uuid.UUID | None = None) -> None:
    """They get them again. Again, it changes nothing. What somebody turned off themselves stays off for others."""
    Coalition.objects.select_for_update().get(pk=seat.coalition_id)
    found = Silence.objects.filter(seat=seat).first()
    if found is None or _sent_before(form):
        return
    if found.by_id == seat.pk != by.pk:
        raise Refused(
            _("%(name)s turned them off. Only they can turn them on again.") % {"name": seat.known_as}
        )
    found.delete()
    if by.pk != seat.pk:
        record(coalition=seat.coalition, seat=by, verb=Verb.UNSILENCED, at=now, form=form)


def _sent_before(form: uuid.UUID | None) -> bool:
    return form is not None and Event.objects.filter(form=form).exists()
