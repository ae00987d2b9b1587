"""Links that let one person in, once."""

import base64
import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac

from ..models import Device, Link, LinkQuerySet, Member


def token_for(form: uuid.UUID, *, only: str = "") -> str:
    """43 letters that only this site can make. The same form has the same token, so nothing has to keep it.

    One that opens the whole account is another than one that opens a part, whoever knows the form.
    """
    key = salted_hmac("members.link", f"{form} {only}", algorithm="sha256").digest()
    return base64.urlsafe_b64encode(key).decode().rstrip("=")


def link_for(
    member: Member, *, form: uuid.UUID, path: str, now: datetime, lasts: timedelta, only: str = ""
) -> Link:
    """A way in for `member` until `lasts` is over, not yet written; `token_for(form, only=only)` opens it.

    `path` is where it leads, on this site. `only` names the one thing that it may reach; a link that passes
    through somebody else's hands must have it.
    """
    digest = Link.digest_of(token_for(form, only=only))
    return Link(member=member, digest=digest, path=path, only=only, made_at=now, until=now + lasts)


@transaction.atomic
def use_link(link: Link, *, now: datetime) -> bool:
    """Whether this was the one time it could be used. Two at once: one of them."""
    used = Link.objects.alive(now).filter(pk=link.pk).update(used_at=now)
    link.refresh_from_db()
    return bool(used)


def end_links(links: LinkQuerySet, *, now: datetime) -> None:
    """They let nobody in any more, and whoever they let in by a handed link is out at the next page."""
    links.filter(ended_at=None).update(ended_at=now)


def came_by_themselves(member: Member, *, now: datetime) -> None:
    """Who proves that the mailbox is theirs ends whatever somebody else's link for them began."""
    handed = member.links.exclude(only="")
    Device.objects.filter(link__in=handed).delete()
    end_links(handed, now=now)
