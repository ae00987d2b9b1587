"""Rounds that come back from an archive: wordings that are known here are taken as they are, the rest is written anew."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from coalitions.models import Coalition
from web.archives import Found
from web.archives.unpacking import checked
from web.refusal import Refused

from ..models import Framework, Item, Release, Round, Version
from .release import summarize


def _make_wordings(rows: list[dict[str, Any]], found: Found) -> Sequence[Version]:
    made: list[Version] = []
    for values in rows:
        framework, _new = Framework.objects.get_or_create(slug=values["framework"])
        follows = made[values["follows"] - 1] if values["follows"] else None
        version = Version(**values | {"framework": framework, "follows": follows})
        known = framework.versions.filter(label=version.label, coalition=version.coalition).first()
        if known and (known.draft or known.scale != version.scale):
            raise Refused(_other_words(version))
        if known is None:
            _may_come_here(version, made, found["coalition"][0])
            checked(version).save(force_insert=True)
        made.append(known or version)
    return made


def _other_words(version: Version) -> str:
    return _(
        "This site has a wording called “%(label)s” with other words. What the table answered would read differently here. Nothing was loaded."
    ) % {"label": version.label}


def _may_come_here(version: Version, earlier: Sequence[Version], coalition: Coalition) -> None:
    """A wording of everybody's is what every table here asks next: no archive decides that for other tables, or
    stands in the place of a newer one."""
    if version.coalition_id:
        return
    newest = version.framework.versions.published().order_by("-pk").first()
    others = Coalition.objects.exclude(pk=coalition.pk).exists()
    if newest and (others or newest not in earlier):
        raise Refused(
            _(
                "This site does not have the wording “%(label)s”, and has tables or wordings of its own. Load the archive into a site without any. Nothing was loaded."
            )
            % {"label": version.label}
        )


def _make_items(rows: list[dict[str, Any]], found: Found) -> Sequence[Item]:
    """Those of a wording that is known here have to be the same; others go on from where they went on before."""
    known = {
        version.pk: {item.position: item for item in version.items.all()} for version in found["wordings"]
    }
    made: list[Item] = []
    for values in rows:
        follows = made[values["follows"] - 1] if values["follows"] else None
        item = Item(**values | {"follows": follows})
        if here := known[item.version_id]:
            if not _same(here.get(item.position), item):
                raise Refused(_other_words(item.version))
            made.append(here[item.position])
        else:
            checked(item).save(force_insert=True)
            made.append(item)
    if len(made) < sum(map(len, known.values())):
        raise Refused(_other_words(found["wordings"][-1]))
    return made


def _same(one: Item | None, other: Item) -> bool:
    told = ("code", "content", "change", "local")
    return one is not None and all(getattr(one, name) == getattr(other, name) for name in told)


def _make_rounds(rows: list[dict[str, Any]], found: Found) -> Sequence[Round]:
    made = Round.objects.bulk_create(checked(Round(**values)) for values in rows)
    for round in made:
        Version.objects.filter(pk=round.version_id, frozen_at=None).update(frozen_at=round.started_at)
    return made


def _make_releases(rows: list[dict[str, Any]], found: Found) -> Sequence[Release]:
    """With the figures that pages across coalitions read, from the documents alone."""
    made = Release.objects.bulk_create(checked(Release(**values)) for values in rows)
    newest = {release.round_id: release for release in made}
    for release in newest.values():
        summarize(release)
    return made


MAKERS = {
    "wordings": _make_wordings,
    "milestones": _make_items,
    "rounds": _make_rounds,
    "releases": _make_releases,
}
