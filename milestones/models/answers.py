"""What is private. Drafts live until closing, tallies until the opening; no page but the score
page reads the first, no page reads the second, and nothing here carries a time or an order."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coalitions.models import Group, Seat

from ..scoring import CANNOT_SAY as CANNOT_SAY
from .framework import Item
from .rounds import Round


class Part(models.Model):
    """The roll: everybody at the table when the round opened, in which group, and how many milestones they have
    saved so far. None so far, while the round is open, is somebody it does not ask: an observer, say. They are on
    it so that a role given later counts from the next round, as a group does.

    After closing only who was asked is on it, and only `took_part` is left of it, for the gate and for turnover.
    Erasing a person swaps the seat for a random number.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="parts")
    seat = models.ForeignKey(Seat, models.SET_NULL, null=True, related_name="parts")
    stand_in = models.BigIntegerField(null=True)
    group = models.CharField(max_length=12, choices=Group.choices)
    confirmed = models.BooleanField(default=False)
    saved = models.PositiveSmallIntegerField(null=True, default=0)
    took_part = models.BooleanField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "seat"], name="one_part_per_seat")]

    @property
    def base(self) -> str:
        return Group(self.group).base

    @property
    def is_asked(self) -> bool:
        return self.saved is not None

    @property
    def who(self) -> str:
        """The same person's mark in every round, without saying who. It is the person's and not the seat's:
        otherwise ending seats and giving them back would look like new people to rule 6 of the gate."""
        return f"member {self.seat.member_id}" if self.seat else f"stand-in {self.stand_in}"


class Show(models.TextChoices):
    ORIGINAL = "original", _("As I wrote it")
    BOTH = "both", _("As I wrote it, with my own translation below")
    MAIN = "main", _("Only in the room's main language")


class Draft(models.Model):
    """One person's answer to one milestone, until closing."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="drafts")
    seat = models.ForeignKey(Seat, models.CASCADE, related_name="drafts")
    item = models.ForeignKey(Item, models.CASCADE, related_name="+")
    pick = models.PositiveSmallIntegerField(null=True)  # a level, or CANNOT_SAY
    words = models.TextField(blank=True, max_length=2000)
    language = models.CharField(max_length=8, choices=settings.LANGUAGES, default="en")
    translation = models.TextField(blank=True, max_length=2000)
    show = models.CharField(max_length=8, choices=Show.choices, default=Show.ORIGINAL)
    shared = models.BooleanField(null=True)  # None until the author has seen the preview
    quotable = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "seat", "item"], name="one_draft_per_milestone"),
            models.CheckConstraint(condition=Q(pick__isnull=True) | Q(pick__lte=9), name="pick_is_a_level"),
        ]


class Tick(models.Model):
    """Evidence that shaped an answer."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="ticks")
    evidence = models.ForeignKey("milestones.Evidence", models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "evidence"], name="one_tick_per_evidence")]


class Tally(models.Model):
    """A count on the first rung where no count can be one person, from closing to the opening."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="tallies")
    item = models.ForeignKey(Item, models.CASCADE, related_name="+")
    group = models.CharField(max_length=40)
    pick = models.PositiveSmallIntegerField(null=True)
    evidence = models.ForeignKey("milestones.Evidence", models.CASCADE, null=True, related_name="+")
    count = models.PositiveIntegerField()
