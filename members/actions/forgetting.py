"""An account that is closed: nobody can sign in with it, and nothing in it says whose it was."""

import uuid

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext as _

from outbox.actions import wishes
from web.refusal import Refused

from ..models import CLOSED, Member
from .devices import end_all_devices


@transaction.atomic
def forget(*, member: Member) -> None:
    """Delete what is the person's alone, and blank the row that tables and rounds still point to.

    Refused to the last site admin: nobody could let the next one in from these pages.
    """
    _keep_a_site_admin(member)
    wishes.forget(to=member.email)
    wishes.forget_keys(beginning=f"email/{member.pk}/")
    member.links.all().delete()
    end_all_devices(member)
    EmailAddress.objects.filter(user=member).delete()
    Authenticator.objects.filter(user=member).delete()
    _forget_in_the_admin(member)
    member.groups.clear()
    member.user_permissions.clear()
    blank = _blank()
    fields = [field.attname for field in Member._meta.concrete_fields if not field.primary_key]
    for name in fields:
        setattr(member, name, getattr(blank, name))
    member.save(update_fields=fields)


def nobody() -> Member:
    """An account like one that was closed: for a seat whose person is not known any more."""
    blank = _blank()
    blank.save(force_insert=True)
    return blank


def _blank() -> Member:
    blank = Member(email=f"{uuid.uuid4().hex}{CLOSED}", is_active=False)
    blank.set_unusable_password()
    return blank


def _keep_a_site_admin(member: Member) -> None:
    """Two who close their accounts at once must not each count on the other."""
    admins = Member.objects.select_for_update().filter(is_staff=True, is_active=True).order_by("pk")
    if [admin.pk for admin in admins] == [member.pk]:
        raise Refused(_("You are the only site admin. Make somebody else a site admin first."))


def _forget_in_the_admin(member: Member) -> None:
    """The admin's own log keeps names, of whom something was done to and in what was said about it."""
    about = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Member), object_id=str(member.pk)
    )
    about.update(object_repr="", change_message="")
