"""A coalition publishes what it released, and takes it back when it wants."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from coalitions.actions import record
from coalitions.models import Seat, Verb
from web.refusal import Conflict, Refused

from ..models import Release, Round
from ..queries.public import public_document
from .release import fingerprint


@transaction.atomic
def publish_round(*, round: Round, by: Seat, now: datetime, shown: str) -> Release:
    """Freeze for everyone what `shown` is the fingerprint of: the newest release, in the place of what was public.

    Refused when nothing is released; Conflict when it has changed since it was read.
    """
    round = Round.objects.select_for_update().get(pk=round.pk)
    release = round.releases.last()
    if release is None:
        raise Refused(_("Release the round to evaluators first. Then you can publish it."))
    goes_out = public_document(release)
    if shown != fingerprint(goes_out):
        raise Conflict(
            _("Something changed since you opened this page. Read it again, then publish."), release
        )
    if release.public == goes_out:
        return release
    round.releases.update(public=None, published_at=None)
    release.public, release.published_at = goes_out, now
    release.save(update_fields=["public", "published_at"])
    about = f"{round.name}, {release.number}"
    record(coalition=round.coalition, seat=by, verb=Verb.PUBLISHED, about=about, at=now)
    return release


@transaction.atomic
def unpublish_round(*, round: Round, by: Seat, now: datetime) -> None:
    """Nobody outside reads it any more, from the next page view on."""
    public = round.releases.exclude(public=None)
    if public.update(public=None, published_at=None):
        record(coalition=round.coalition, seat=by, verb=Verb.UNPUBLISHED, about=round.name, at=now)
