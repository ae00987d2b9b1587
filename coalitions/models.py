import zoneinfo
from datetime import date, datetime
from functools import cached_property

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .roles import Can, Role, capabilities


class State(models.Model):
    code = models.CharField(max_length=2, primary_key=True)
    name = models.CharField(max_length=60, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Cohort(models.Model):
    """States that learn together, and whom one evaluation follows."""

    name = models.CharField(max_length=120, unique=True)
    evaluators = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="cohorts", blank=True)

    def __str__(self) -> str:
        return self.name


class CoalitionQuerySet(models.QuerySet["Coalition"]):
    def evaluated_by(self, member) -> "CoalitionQuerySet":
        return self.filter(cohort__evaluators=member)


class Coalition(models.Model):
    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(max_length=60, unique=True)
    state = models.ForeignKey(State, models.PROTECT, related_name="coalitions")
    cohort = models.ForeignKey(Cohort, models.SET_NULL, null=True, blank=True, related_name="coalitions")
    time_zone = models.CharField(_("time zone"), max_length=40, default="America/New_York")
    main_language = models.CharField(
        _("main language in the room"), max_length=8, choices=settings.LANGUAGES, default="en"
    )
    outside_contact = models.CharField(_("someone outside to call"), max_length=120, blank=True)
    backup_days = models.PositiveSmallIntegerField(
        _("days that backup copies are kept"), default=14, validators=[MaxValueValidator(365)]
    )

    objects = CoalitionQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("home", args=[self.slug])

    def today(self, now: datetime) -> date:
        """The day it is at this table."""
        return now.astimezone(zoneinfo.ZoneInfo(self.time_zone)).date()


class Organization(models.Model):
    coalition = models.ForeignKey(Coalition, models.CASCADE, related_name="organizations")
    name = models.CharField(_("organization"), max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["coalition", "name"], name="one_organization_per_name")
        ]

    def __str__(self) -> str:
        return self.name


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

    def answering(self) -> "SeatQuerySet":
        """Those a round asks: members, never observers."""
        return self.current().filter(role=Seat.MEMBER)


class Seat(models.Model):
    """One person's place at one table. Leaving ends a seat; coming back starts another."""

    MEMBER, OBSERVER, NEITHER = "member", "observer", "neither"
    ROLES = [(MEMBER, _("Member")), (OBSERVER, _("Observer")), (NEITHER, _("Neither"))]

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
    joined = models.DateField()
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
        return f"{self.member}, {self.get_group_display()}"

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


class WantedSeat(models.Model):
    """A seat the table wants filled: who is missing, and why."""

    coalition = models.ForeignKey(Coalition, models.CASCADE, related_name="wanted_seats")
    group = models.CharField(max_length=12, choices=Group.choices)
    who = models.CharField(_("who is missing"), max_length=160)
    why = models.CharField(_("why"), max_length=240, blank=True)

    def __str__(self) -> str:
        return self.who


class Verb(models.TextChoices):
    """What is on record. Nothing here is about answering, and nothing ever will be."""

    ROSTER_IMPORTED = "roster imported", _("brought in the list of people")
    SEAT_CHANGED = "seat changed", _("changed a seat")
    SEAT_ENDED = "seat ended", _("ended a seat")
    ROUND_OPENED = "round opened", _("opened the round")
    ROUND_EXTENDED = "round extended", _("gave the round more time")
    ROUND_CLOSED_EARLY = "round closed early", _("closed the round, since all had answered")
    ANSWERS_OPENED = "answers opened", _("opened the answers with the table")
    WORDS_WITHHELD = "words withheld", _("took words off the page")
    RELEASED = "released", _("released the round to evaluators")
    SETTINGS_CHANGED = "settings changed", _("changed the settings")


class Event(models.Model):
    coalition = models.ForeignKey(Coalition, models.CASCADE, related_name="events")
    seat = models.ForeignKey(Seat, models.SET_NULL, null=True, related_name="+")
    verb = models.CharField(max_length=24, choices=Verb.choices)
    about = models.CharField(max_length=240, blank=True)
    at = models.DateTimeField()
    form = models.UUIDField(null=True, unique=True)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.get_verb_display()} {self.about}"


class Import(models.Model):
    """A list on its way in, between the pages that ask about it. What it says is gone once it is written."""

    coalition = models.ForeignKey(Coalition, models.CASCADE, related_name="imports")
    seat = models.ForeignKey(Seat, models.CASCADE, related_name="imports")
    schema = models.CharField(max_length=40)
    file_name = models.CharField(max_length=120, blank=True)
    sheet = models.JSONField(default=dict)
    reading = models.JSONField(default=dict)
    result = models.JSONField(null=True)
    form = models.UUIDField(unique=True)
    created = models.DateTimeField()

    class Meta:
        ordering = ["-id"]

    @property
    def is_done(self) -> bool:
        return self.result is not None
