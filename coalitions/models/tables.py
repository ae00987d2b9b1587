"""States, cohorts, and the tables at which people sit."""

import zoneinfo
from datetime import date, datetime

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

# Rooms of the evaluators stand at /e/<word>/, beside the tables, so no table may be called like one.
ROOM_NAMES = frozenset(
    (
        "archive", "cell", "changes", "checks", "cohorts", "exports", "gaps", "goals", "learning", "milestones",
        "partnerships", "placemat", "print", "releases", "report", "reports", "results", "states", "wordings",
    )
)  # fmt: skip


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
