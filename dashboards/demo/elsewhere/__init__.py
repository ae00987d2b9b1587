"""The tables in other states that an evaluator of the demo follows. None of them exists; every word is made up."""

import json
from datetime import datetime
from pathlib import Path

from milestones.models import Item, Version

from .meeting import sit_and_meet
from .reading import tables

WORDING = json.loads((Path(__file__).parent / "new_wording.json").read_text(encoding="utf-8"))


def elsewhere(first: Version, *, now: datetime) -> None:
    """Seven rounds of every table in `tables/`. Their cohorts are there already."""
    wordings = (first, _new_wording(first))
    for table in tables():
        sit_and_meet(table, wordings, now=now)


def _new_wording(first: Version) -> Version:
    """One milestone is redefined, one clarified, one only edited; the other four say what they said."""
    version = Version.objects.create(
        framework=first.framework, label=WORDING["version"], scale=first.scale, follows=first
    )
    items = []
    for item in first.items.all():
        said = dict(WORDING["items"].get(item.code, {}))
        change = said.pop("change", "")
        content = item.content | said
        items.append(
            Item(
                version=version,
                position=item.position,
                code=item.code,
                content=content,
                follows=item,
                change=change,
            )
        )
    Item.objects.bulk_create(items)
    return version
