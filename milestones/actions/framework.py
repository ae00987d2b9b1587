"""Frameworks come in as data: any number of items, any number of levels."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from web.refusal import Refused

from ..models import Change, Framework, Item, Version
from ..wording import same


@transaction.atomic
def load_framework(*, content: dict[str, Any]) -> Version:
    """Write one version of a framework from its file, or give back the one that is there.

    `content`: {framework, version, scale: [{level, name}], milestones: [{code, name, question,
    anchors: [{level, text}]}]}. Refuses one with missing parts, levels other than 1 to n, or other
    words for a version that is frozen.
    """
    try:
        levels = [row["level"] for row in content["scale"]]
        items = [(row["code"], row["name"], row["question"], row["anchors"]) for row in content["milestones"]]
        slug, label = content["framework"], content["version"]
    except (KeyError, TypeError) as missing:
        raise Refused(_("This framework has no %(part)s.") % {"part": missing}) from None
    if levels != list(range(1, len(levels) + 1)) or not 2 <= len(levels) <= 9 or not items:
        raise Refused(_("A framework has items, and levels from 1 to at least 2 and at most 9."))
    framework, _new = Framework.objects.get_or_create(slug=slug)
    newest = framework.versions.published().order_by("-pk").first()
    version, new = framework.versions.get_or_create(
        label=label, coalition=None, defaults={"scale": content["scale"], "follows": newest}
    )
    if new:
        before = {item.code: item for item in newest.items.all()} if newest else {}
        Item.objects.bulk_create(
            _item(version, position, row, before)
            for position, row in enumerate(content["milestones"], start=1)
        )
    elif [item.content for item in version.items.all()] != content["milestones"]:
        raise Refused(
            _("This version is there already with other words. Give the new wording a new version.")
        )
    return version


def _item(version: Version, position: int, row: dict[str, Any], before: dict[str, Item]) -> Item:
    """It goes on from the item it says it `follows`, or that has its code. Where its words are others and it says
    no `change` it is redefined, so that nothing is compared by mistake."""
    item = Item(version=version, position=position, code=row["code"], content=row)
    item.follows = before.get(row.get("follows", row["code"]))
    if item.follows and not same(item.follows.content, row, dict(settings.LANGUAGES)):
        said = row.get("change")
        item.change = Change(said) if said in set(Change.values) - {Change.SAME} else Change.REDEFINED
    return item
