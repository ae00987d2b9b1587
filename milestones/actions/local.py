"""A coalition's own milestones: a wording of its own, with everybody's items as they are and local ones below.

They count from the next round that opens, and are changed until one has asked them.
"""

import re
import uuid
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from coalitions.actions import record
from coalitions.models import Coalition, Event, Seat, Verb
from web.refusal import Refused

from ..models import Item, Version
from ..queries.local import local_items, was_asked
from ..queries.rounds import newest_version
from ..queries.series import links
from ..wording import Content, copied
from .wordings import close_ranks, copy_items

MOST_LOCAL = 3


@transaction.atomic
def add_local(*, coalition: Coalition, by: Seat, content: Content, now: datetime, form: uuid.UUID) -> None:
    """One more, below everybody's. Sent twice, it is there once."""
    Coalition.objects.select_for_update().get(pk=coalition.pk)
    if Event.objects.filter(form=form).exists():
        return
    own = _open_wording(coalition)
    items = list(own.items.all())
    if sum(item.local for item in items) >= MOST_LOCAL:
        raise Refused(_most())
    code = _new_code(coalition)
    Item.objects.create(
        version=own, position=len(items) + 1, code=code, content={**content, "code": code}, local=True
    )
    record(coalition=coalition, seat=by, verb=Verb.MILESTONE_ADDED, about=_called(content), at=now, form=form)


def _most() -> str:
    return _("A table has %(n)s milestones of its own at most. Leave one out first.") % {"n": MOST_LOCAL}


def _called(content: Content) -> str:
    return next((content[name] for name in ("name", "name_es") if content.get(name)), "")[:240]


@transaction.atomic
def change_local(*, item: Item, by: Seat, content: Content, now: datetime) -> None:
    """Other words, while no round has asked it. After that its series would no longer say what it says."""
    coalition = Coalition.objects.select_for_update().get(pk=by.coalition_id)
    version = Version.objects.select_for_update().get(pk=item.version_id)
    if version.coalition_id != coalition.pk or not item.local:
        raise Refused(_("Only a milestone of your own table can be changed here."))
    if version.frozen_at or was_asked(item):
        raise Refused(_("A round has asked this already, so its words stay. Leave it out and add a new one."))
    if item.content != {**content, "code": item.code}:
        Item.objects.filter(pk=item.pk).update(content={**content, "code": item.code})
        record(coalition=coalition, seat=by, verb=Verb.MILESTONE_CHANGED, about=_called(content), at=now)


@transaction.atomic
def leave_out_local(*, coalition: Coalition, code: str, by: Seat, now: datetime) -> None:
    """Later rounds do not ask it. What was recorded stays. Left out twice is left out once."""
    Coalition.objects.select_for_update().get(pk=coalition.pk)
    if code not in {each.item.code for each in local_items(coalition)}:
        return
    own = _open_wording(coalition)
    item = own.items.filter(code=code, local=True).first()
    if item is None:  # it has become everybody's
        return
    item.delete()
    close_ranks(version=own)
    record(coalition=coalition, seat=by, verb=Verb.MILESTONE_LEFT_OUT, about=_called(item.content), at=now)


def wording_to_ask(*, coalition: Coalition) -> Version:
    """What the next round asks: the newest wording, with the coalition's local milestones renewed on top of it."""
    newest = newest_version(coalition)
    if newest.coalition_id:
        return newest
    last = coalition.wordings.filter(framework=newest.framework_id).order_by("-pk").first()
    return _renewed(coalition) if last and last.items.filter(local=True).exists() else newest


def _open_wording(coalition: Coalition) -> Version:
    """The coalition's own wording that no round has opened on, for the next round; a planned one asks it too."""
    newest = Version.objects.select_for_update().get(pk=newest_version(coalition).pk)
    own = newest if newest.coalition_id and not newest.frozen_at else _renewed(coalition)
    planned = coalition.rounds.filter(started_at=None, version__framework=own.framework_id)
    planned.exclude(version=own).update(version=own)
    return own


def _renewed(coalition: Coalition) -> Version:
    """Everybody's newest items, and the local ones there were, unless they have become everybody's.

    One that no round has asked has no series to go on with, so it comes along as new.
    """
    last = newest_version(coalition)
    framework = last.framework
    base = framework.versions.published().latest("pk")
    own = coalition.wordings.filter(framework=framework).order_by("-pk").first()
    label = f"{base.label[:34]} +{coalition.wordings.filter(framework=framework).count() + 1}"
    version = Version.objects.create(
        framework=framework, label=label, scale=base.scale, follows=base, coalition=coalition
    )
    copy_items(base, version=version)
    if own:
        _carry(own, version)
    return version


def _carry(older: Version, newer: Version) -> None:
    taken = {link.code for link in links(older, newer).values()}
    position = newer.items.count()
    for item in older.items.filter(local=True).exclude(code__in=taken):
        position += 1
        Item.objects.create(
            version=newer,
            position=position,
            code=item.code,
            content=copied(item.content),
            local=True,
            follows=item if was_asked(item) else None,
        )


def _new_code(coalition: Coalition) -> str:
    """L1, L2 ...; none comes back, so that two milestones of one table never share a record."""
    codes = Item.objects.filter(version__coalition=coalition, local=True).values_list("code", flat=True)
    numbers = [int(found[1]) for code in codes if (found := re.fullmatch(r"L(\d+)", code))]
    return f"L{1 + max(numbers, default=0)}"
