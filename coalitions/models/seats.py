"""Who sits at a table, who was asked to, and who is missing."""

from datetime import datetime
from functools import cached_property

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..roles import Can, Role, capabilities
from .tables import Coalition, Organization


class Group(models.TextChoices):
    """Whose view a person brings. Parents and providers come first, here and on every page."""

    PARENT = "parent", _("Parent")
    PROVIDER = "provider", _("Child care provider")
    ADVOCATE = "advocate", _("Advocate or organizer")
    AGENCY = "agency", _("Public agency")
    FUNDER = "funder", _("Funder or business")
    RESEARCHER = "researcher", _("Researcher")
    OTHER = "other", _("Other")

    @property
    def base(self) -> str:
        """The base group of the disclosure ladder."""
        return {"parent": "parents", "provider": "providers"}.get(self.value, "others")


ONES_OWN = (Group.PARENT, Group.PROVIDER)
GROUPS_IN_PLURAL = {
    Group.PARENT: _("Parents"),
    Group.PROVIDER: _("Child care providers"),
    Group.ADVOCATE: _("Advocates and organizers"),
    Group.AGENCY: _("Public agencies"),
    Group.FUNDER: _("Funders and business"),
    Group.RESEARCHER: _("Researchers"),
    Group.OTHER: _("Others"),
}


class SeatQuerySet(models.QuerySet["Seat"]):
    def current(self) -> "SeatQuerySet":
        return self.filter(left__isnull=True)

    def voting(self) -> "SeatQuerySet":
        return self.filter(votes=True)

    def uninvited(self) -> "SeatQuerySet":
        """Listed, not here, and never asked."""
        return self.current().filter(arrived=None, invitations=None)

    def answering(self) -> "SeatQuerySet":
        """Those a round asks: members, never observers."""
        return self.current().filter(role=Seat.MEMBER)


class Seat(models.Model):
    """One person's place at one table. Leaving ends a seat; coming back starts another.

    Until the person takes it themselves, the table sees them as they were listed: whether the address has an
    account, and what that account says, is nobody else's business. Leaving writes down how the table knew them:
    what they call themselves later, and where, is nobody's business either.
    """

    MEMBER, OBSERVER, NEITHER = "member", "observer", "neither"
    ROLES = [(MEMBER, _("Member")), (OBSERVER, _("Observer")), (NEITHER, _("Neither"))]
    PAID = [
        ("job", _("Comes as part of a paid job")),
        ("stipend", _("Gets a stipend")),
        ("no", _("Is not paid")),
    ]

    coalition = models.ForeignKey(Coalition, models.CASCADE, related_name="seats")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="seats")
    organization = models.ForeignKey(
        Organization, models.SET_NULL, null=True, blank=True, related_name="seats"
    )
    group = models.CharField(_("group"), max_length=12, choices=Group.choices)
    title = models.CharField(_("title"), max_length=120, blank=True)
    votes = models.BooleanField(_("has a vote"), default=True)
    positional_power = models.BooleanField(_("holds power by position"), default=False)
    role = models.CharField(max_length=8, choices=ROLES, default=MEMBER)
    facilitator = models.BooleanField(default=False)
    lead = models.BooleanField(default=False)
    reader = models.BooleanField(default=False)
    paid = models.CharField(_("paid"), max_length=8, choices=PAID, blank=True)
    contact = models.CharField(_("how to reach them"), max_length=120, blank=True)
    listed_name = models.CharField(max_length=120, blank=True)
    listed_email = models.EmailField(max_length=254)
    listed_language = models.CharField(max_length=8, choices=settings.LANGUAGES, default="en")
    joined = models.DateField()
    arrived = models.DateField(null=True, blank=True)  # the day they took it; nobody can do it for them
    # The day they took it where this table was before it was loaded from an archive. Here they take it anew.
    arrived_elsewhere = models.DateField(null=True, blank=True)
    left = models.DateField(null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["coalition", "member"], condition=Q(left__isnull=True), name="one_seat_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.known_as}, {self.get_group_display()}"

    @property
    def is_taken(self) -> bool:
        """Whether the person sits here themselves, so that what their account says counts."""
        return self.arrived is not None and self.left is None

    @property
    def name(self) -> str:
        return self.member.name if self.is_taken else self.listed_name

    @property
    def email(self) -> str:
        return self.member.email if self.is_taken else self.listed_email

    @property
    def language(self) -> str:
        return self.member.language if self.is_taken else self.listed_language

    def get_language_display(self) -> str:
        return str(dict(settings.LANGUAGES).get(self.language, self.language))

    @property
    def scope(self) -> str:
        """What a link that somebody hands over may reach: this seat and nothing else of the person's."""
        return f"seat/{self.pk}"

    @property
    def is_closed(self) -> bool:
        """Whether its person closed their account, and nothing of them is left to invite."""
        return not self.listed_email

    @property
    def known_as(self) -> str:
        """For those who keep the list of people; nobody else sees an address."""
        return self.name or self.email or str(_("Somebody who closed their account"))

    @property
    def roles(self) -> frozenset[Role]:
        held = {Role.MEMBER: self.role == self.MEMBER, Role.OBSERVER: self.role == self.OBSERVER}
        held |= {Role.FACILITATOR: self.facilitator, Role.LEAD: self.lead, Role.READER: self.reader}
        return frozenset(role for role, holds in held.items() if holds)

    @cached_property
    def capabilities(self) -> frozenset[Can]:
        return capabilities(self.roles)

    def can(self, what: Can) -> bool:
        return what in self.capabilities


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def standing(self, now: datetime) -> "InvitationQuerySet":
        """Those whose link would still let somebody in."""
        return self.filter(link__used_at=None, link__ended_at=None, link__until__gt=now)


class Invitation(models.Model):
    """How one person was asked to their seat: by mail, or with a link that somebody handed over."""

    MAIL, HANDED = "mail", "handed"
    WAYS = [(MAIL, _("by mail")), (HANDED, _("with a link handed over"))]

    seat = models.ForeignKey(Seat, models.CASCADE, related_name="invitations")
    by = models.ForeignKey(Seat, models.SET_NULL, null=True, related_name="+")
    way = models.CharField(max_length=6, choices=WAYS)
    # Old links are cleared away; who asked whom stays.
    link = models.OneToOneField("members.Link", models.SET_NULL, null=True, related_name="invitation")
    form = models.UUIDField(unique=True)
    at = models.DateTimeField()

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.seat} {self.get_way_display()}"


class WantedSeat(models.Model):
    """A seat the table wants filled: who is missing, and why."""

    coalition = models.ForeignKey(Coalition, models.CASCADE, related_name="wanted_seats")
    group = models.CharField(max_length=12, choices=Group.choices)
    who = models.CharField(_("who is missing"), max_length=160)
    why = models.CharField(_("why"), max_length=240, blank=True)

    def __str__(self) -> str:
        return self.who
