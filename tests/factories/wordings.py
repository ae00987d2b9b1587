"""Later wordings of a framework, as rows: for tests of what comes after."""

from coalitions.models import Coalition
from milestones.models import Change, Item, Version


def a_wording(
    follows: Version,
    label: str,
    *,
    renamed: dict[str, str] | None = None,
    anew: tuple[str, ...] = (),
    **changes: str,
) -> Version:
    """`changes` says by code what became of an item, `renamed` its new code; those in `anew` follow nothing."""
    version = Version.objects.create(
        framework=follows.framework, label=label, scale=follows.scale, follows=follows
    )
    for item in follows.items.all():
        code = (renamed or {}).get(item.code, item.code)
        Item.objects.create(
            version=version, position=item.position, code=code, content=item.content,
            follows=None if item.code in anew else item, change=changes.get(item.code, Change.SAME),
        )  # fmt: skip
    return version


def an_own_wording(
    follows: Version, coalition: Coalition, *codes: str, before: Version | None = None
) -> Version:
    """Everybody's items, and local ones below with the words of the first; they go on from `before` if it has them."""
    version = Version.objects.create(
        framework=follows.framework, label=f"{follows.label} {coalition.wordings.count()}",
        scale=follows.scale, follows=follows, coalition=coalition,
    )  # fmt: skip
    items = list(follows.items.all())
    for item in items:
        Item.objects.create(
            version=version, position=item.position, code=item.code, content=item.content, follows=item
        )
    for position, code in enumerate(codes, start=len(items) + 1):
        Item.objects.create(
            version=version, position=position, code=code, content=items[0].content, local=True,
            follows=before.items.filter(code=code).first() if before else None,
        )  # fmt: skip
    return version
