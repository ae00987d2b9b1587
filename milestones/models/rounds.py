from datetime import datetime
from functools import cached_property

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coalitions.models import Coalition

from .framework import Version


class Stage(models.TextChoices):
    DRAFT = "draft", _("not open yet")
    OPEN = "open", _("open for answers")
    CLOSED = "closed", _("closed")
    OPENED = "opened", _("opened together")
    AGREED = "agreed", _("agreed")
    RELEASED = "released", _("released")
    LOCKED = "locked", _("locked")


class Round(models.Model):
    """One time the whole table answers. Each moment is written once; the stage follows from them."""

    coalition = models.ForeignKey(Coalition, models.CASCADE, related_name="rounds")
    version = models.ForeignKey(Version, models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=80)
    meets_on = models.DateField(_("the day we open the answers together"))
    closes_at = models.DateTimeField(_("closes"))
    started_at = models.DateTimeField(null=True, blank=True)
    sealed_at = models.DateTimeField(null=True, blank=True)
    purged_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    locked_at = models.DateTimeField(null=True, blank=True)
    # How many were asked, took part and answered everything, whole table and parents and providers;
    # written at sealing, when who they were is no longer to be looked up.
    participation = models.JSONField(null=True, blank=True)
    # Loaded from an archive whose seal this site cannot open: nobody knows who took part, and the gate is told so.
    roll_unknown = models.BooleanField(default=False)
    form = models.UUIDField(null=True, unique=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["coalition", "number"], name="one_round_per_number")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("round", args=[self.coalition.slug, self.number])

    @cached_property
    def questions(self) -> int:
        """How many milestones it asks; one query, unless the round was read with it."""
        return self.version.items.count()

    def stage(self, now: datetime) -> Stage:
        written = [
            (self.locked_at, Stage.LOCKED),
            (self.released_at, Stage.RELEASED),
            (self.agreed_at, Stage.AGREED),
            (self.opened_at, Stage.OPENED),
            (self.sealed_at, Stage.CLOSED),
        ]
        for moment, stage in written:
            if moment:
                return stage
        if not self.started_at:
            return Stage.DRAFT
        return Stage.OPEN if now < self.closes_at else Stage.CLOSED
