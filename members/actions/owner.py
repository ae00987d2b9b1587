import uuid
from datetime import datetime, timedelta

from django.db import transaction

from outbox.channels import CHANNELS

from ..models import Link, Member
from .links import end_links, link_for


@transaction.atomic
def create_owner(
    *, email: str, name: str, path: str, form: uuid.UUID, now: datetime, lasts: timedelta
) -> Member:
    """A site admin, with one link that lets them in once; links made for them before end.

    Somebody who has an account keeps its name. Raises Refused if nothing can be mailed to the address, since
    they sign in by mail from the second time on.
    """
    email = CHANNELS["mail"].address(email)
    owner = Member.objects.filter(email=email).first() or Member.objects.create_user(email, name=name)
    owner.is_staff = owner.is_superuser = owner.is_active = True
    owner.save(update_fields=["is_staff", "is_superuser", "is_active"])
    end_links(Link.objects.filter(member=owner, used_at=None), now=now)
    link_for(owner, form=form, path=path, now=now, lasts=lasts).save()
    return owner
