"""The next wording of a framework: drafted from the newest, published once, never changed after."""

import re
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext as _

from members.models import Member
from web.refusal import Refused

from ..models import Change, Framework, Item, Version
from ..queries.crosswalk import taken_in, troubles
from ..wording import Content, copied, same

MOST_ITEMS = 20
PUBLISHED = "published this wording"


@transaction.atomic
def draft_version(*, framework: Framework, label: str) -> Version:
    """A copy of the newest published wording, to be changed. No coalition sees it. One draft at a time."""
    framework = Framework.objects.select_for_update().get(pk=framework.pk)
    if framework.versions.filter(draft=True).exists():
        raise Refused(_("There is a draft already. Publish it or drop it first."))
    if framework.versions.filter(label=label, coalition=None).exists():
        raise Refused(_("There is a wording with this name already. Pick another name."))
    newest = framework.versions.published().latest("pk")
    version = Version.objects.create(
        framework=framework, label=label, scale=newest.scale, follows=newest, draft=True
    )
    copy_items(newest, version=version)
    return version


def copy_items(older: Version, *, version: Version) -> None:
    """Each item goes on from the one it was copied from."""
    Item.objects.bulk_create(
        Item(
            version=version,
            position=position,
            code=item.code,
            content=copied(item.content),
            follows=item,
        )
        for position, item in enumerate(older.items.all(), start=1)
    )


def _drafted(version: int) -> Version:
    """Locked, so that nobody publishes it meanwhile."""
    found = Version.objects.select_for_update().get(pk=version)
    if not found.draft or found.frozen_at:
        raise Refused(_("This wording is published, and stays as it is. Draft the next one."))
    return found


@transaction.atomic
def word_item(*, item: Item, content: Content, change: str) -> Item:
    """Write the words of an item, and how much they changed since the wording before; of a new one, nothing changed.

    Refuses the same words marked as changed, and changed words marked as the same.
    """
    _drafted(item.version_id)
    item = Item.objects.select_related("follows").get(pk=item.pk)
    if item.follows is None:
        change = Change.SAME
    else:
        unchanged = same(item.follows.content, content, dict(settings.LANGUAGES))
        if unchanged and change != Change.SAME:
            raise Refused(_("The words are as before. Change them, or mark “the same words”."))
        if not unchanged and change == Change.SAME:
            raise Refused(_("The words have changed. Mark how much: editorial, clarified or redefined."))
    item.content = dict(content) if change == Change.CLARIFIED else copied(content)
    item.change = Change(change)
    item.save(update_fields=["content", "change"])
    return item


@transaction.atomic
def add_item(*, version: Version) -> Item:
    """A new item at the end, with no words yet, and a code that no item of this framework ever had."""
    version = _drafted(version.pk)
    anchors = [{"level": row["level"], "text": ""} for row in version.scale]
    return _at_the_end(version, {"name": "", "question": "", "kind": "both", "anchors": anchors}, None)


@transaction.atomic
def promote_item(*, version: Version, local: Item) -> Item:
    """Take a coalition's own item into everybody's next wording. For that coalition its series goes on."""
    version = _drafted(version.pk)
    if not local.local or local.version.framework_id != version.framework_id:
        raise Refused(_("Pick a local milestone from the list."))
    if (local.version.coalition_id, local.code) in taken_in(version):
        raise Refused(_("It is everybody’s already, in this draft or in an earlier wording."))
    return _at_the_end(version, copied(local.content), local)


def _at_the_end(version: Version, content: dict[str, Any], follows: Item | None) -> Item:
    items = list(version.items.all())
    if len(items) >= MOST_ITEMS:
        raise Refused(_("A wording has %(n)s items at most. Leave one out first.") % {"n": MOST_ITEMS})
    code = _new_code(version)
    return Item.objects.create(
        version=version,
        position=len(items) + 1,
        code=code,
        content={**content, "code": code},
        follows=follows,
    )


def _new_code(version: Version) -> str:
    """Like those there are, with the next number."""
    codes = Item.objects.filter(version__framework=version.framework_id, local=False)
    numbered = [
        found
        for code in codes.values_list("code", flat=True)
        if (found := re.fullmatch(r"([A-Z]+)(\d+)", code))
    ]
    first = next((found[1] for found in numbered), "M")
    return f"{first}{1 + max((int(found[2]) for found in numbered), default=0)}"


@transaction.atomic
def leave_out_item(*, item: Item) -> None:
    """Not in the next wording. What was recorded on it stays where it is."""
    version = _drafted(item.version_id)
    if version.items.count() < 2:
        raise Refused(_("A wording needs one item at least."))
    version.items.filter(pk=item.pk).delete()
    close_ranks(version=version)


def close_ranks(*, version: Version) -> None:
    """Positions without a hole: pages go from each to the next."""
    for position, item in enumerate(version.items.order_by("position"), start=1):
        if item.position != position:
            Item.objects.filter(pk=item.pk).update(position=position)


@transaction.atomic
def publish_version(*, version: Version, by: Member, now: datetime) -> Version:
    """Every round that is planned from now on asks these words. It cannot be undone, and is on record."""
    Framework.objects.select_for_update().get(pk=version.framework_id)
    if Version.objects.filter(pk=version.pk, draft=False).exists():
        return version  # pressed twice
    version = _drafted(version.pk)
    if version.follows_id != version.framework.versions.published().latest("pk").pk:
        raise Refused(_("A newer wording was published meanwhile. Drop this draft and start from that one."))
    found = troubles(version)
    if found:
        raise Refused(found[0])
    version.draft = False
    version.save(update_fields=["draft"])
    LogEntry.objects.create(
        user=by,
        action_time=now,
        content_type=ContentType.objects.get_for_model(Version),
        object_id=str(version.pk),
        object_repr=str(version)[:200],
        action_flag=CHANGE,
        change_message=PUBLISHED,
    )
    return version


@transaction.atomic
def drop_version(*, version: Version) -> None:
    """As if it had never been drafted."""
    _drafted(version.pk).delete()
