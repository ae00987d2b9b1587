"""A coalition lets the other tables of its cohort read its goals and reasons, and may stop at any time."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from coalitions.actions import record
from coalitions.models import Coalition, Seat, Verb
from web.refusal import Refused

from ..models import Release
from ..queries.released import newer


@transaction.atomic
def share_learning(*, release: Release, by: Seat, now: datetime) -> Release:
    """From now on this is what the others read; what the coalition shared before is not read any more.

    Refused outside a cohort, where nobody would read it, and for a release that a newer one corrects.
    """
    release = Release.objects.select_for_update().get(pk=release.pk)
    coalition = release.round.coalition
    if coalition.cohort_id is None:
        raise Refused(_("Your coalition is in no cohort yet, so no other table would read it."))
    if newer(release) is not None:
        raise Refused(_("A newer release corrects this one. Share that one."))
    if release.shared_at:
        return release
    _shared(coalition).update(shared_at=None)
    release.shared_at = now
    release.save(update_fields=["shared_at"])
    about = release.document["round"]["name"]
    record(coalition=coalition, seat=by, verb=Verb.LEARNING_SHARED, about=about, at=now)
    return release


@transaction.atomic
def unshare_learning(*, by: Seat, now: datetime) -> None:
    """Nothing of this coalition is read at other tables any more."""
    if _shared(by.coalition).update(shared_at=None):
        record(coalition=by.coalition, seat=by, verb=Verb.LEARNING_UNSHARED, at=now)


def _shared(coalition: Coalition) -> QuerySet[Release]:
    return Release.objects.filter(round__coalition=coalition, shared_at__isnull=False)
