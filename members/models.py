import hashlib
from datetime import datetime, time

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils.translation import gettext_lazy as _

from .quiet import next_waking

CLOSED = "@closed.invalid"  # no mail ever gets there, and nobody can sign in with it


class MemberManager(BaseUserManager["Member"]):
    def create_user(self, email: str, **fields) -> "Member":
        member = self.model(email=email.strip().lower(), **fields)
        member.set_unusable_password()  # people sign in with a code; there is no password to lose
        member.save()
        return member

    def create_superuser(self, email: str, **fields) -> "Member":
        fields.pop("password", None)
        return self.create_user(email, is_staff=True, is_superuser=True, **fields)


class Member(AbstractBaseUser, PermissionsMixin):
    """A person who can sign in. Where they sit, and what they may do there, is a Seat."""

    email = models.EmailField(_("email"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, default="en")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(_("site admin"), default=False)
    # No mail between these two, by the clock of the table that writes.
    quiet_from = models.TimeField(_("no mail from"), default=time(21))
    quiet_until = models.TimeField(_("until"), default=time(8))
    calendar_token = models.CharField(max_length=43, unique=True, null=True, editable=False)  # noqa: DJ001  nobody else has none

    objects = MemberManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    def __str__(self) -> str:
        return self.name or self.email

    def wakes(self, now: datetime, zone: str) -> datetime:
        """When mail may reach them: now, or the end of their quiet hours by the clock of that zone."""
        return next_waking(now, zone, self.quiet_from, self.quiet_until)


class LinkQuerySet(models.QuerySet["Link"]):
    def alive(self, now: datetime) -> "LinkQuerySet":
        """Those that would still let somebody in."""
        return self.filter(used_at=None, ended_at=None, until__gt=now)


class Link(models.Model):
    """One way in, once, for one person. Only a digest of it is kept.

    `only` names the one thing that a session begun with it may reach; empty is the whole account. A link that
    somebody else handed over always has it.
    """

    member = models.ForeignKey(Member, models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    path = models.CharField(max_length=200)
    only = models.CharField(max_length=40, blank=True)
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)  # from then on it lets nobody in, and whom it let in is out

    objects = LinkQuerySet.as_manager()

    def __str__(self) -> str:
        return self.path

    @staticmethod
    def digest_of(token: str) -> str:
        return hashlib.sha256(token.encode()).hexdigest()


class Device(models.Model):
    """A browser in which somebody is signed in: a day and a coarse name, never an address or a moment."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="devices")
    session_key = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    since = models.DateField()
    link = models.ForeignKey(Link, models.SET_NULL, null=True, related_name="devices")

    class Meta:
        ordering = ["-since", "-id"]

    def __str__(self) -> str:
        return self.name
