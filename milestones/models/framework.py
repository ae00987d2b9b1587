"""A framework is items x levels, as data: the seven milestones are the first one."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from coalitions.models import Coalition

SEVEN = "ccnext-collective-power"  # the seven milestones, the only framework that is read across coalitions


def spoken(text: dict[str, Any], key: str) -> str:
    """`text[key]` in the reader's language; the English is always there."""
    language = (get_language() or "en").split("-")[0]
    return text.get(f"{key}_{language}") or text.get(key, "")


@dataclass(frozen=True)
class Level:
    value: int
    name: str
    meaning: str

    def __str__(self) -> str:
        return f"{self.value} {self.name}"


@dataclass(frozen=True)
class Anchor:
    level: Level
    text: str


@dataclass(frozen=True)
class Criterion:
    code: str
    kind: str
    text: str


class Framework(models.Model):
    slug = models.SlugField(unique=True)

    def __str__(self) -> str:
        return self.slug


class Change(models.TextChoices):
    """What became of an item since the wording before."""

    SAME = "", _("the same words")
    EDITORIAL = "editorial", _("editorial: the series goes on")
    CLARIFIED = "clarified", _("clarified: the series goes on, with a note")
    REDEFINED = "redefined", _("redefined: the series starts anew")


class VersionQuerySet(models.QuerySet["Version"]):
    def published(self) -> "VersionQuerySet":
        """The wordings that every coalition may use."""
        return self.filter(draft=False, coalition=None)

    def of(self, coalition: Coalition) -> "VersionQuerySet":
        """The wordings that a round of this coalition may use: everybody's, and its own with local items."""
        return self.filter(models.Q(coalition=None) | models.Q(coalition=coalition), draft=False)


class Version(models.Model):
    """One wording of a framework. It freezes when a round opens on it.

    A wording of one coalition holds everybody's items as they are in the wording it `follows`, and local items below.
    """

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="versions")
    label = models.CharField(max_length=40)
    scale = models.JSONField()
    frozen_at = models.DateTimeField(null=True, blank=True)
    draft = models.BooleanField(default=False)
    follows = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    coalition = models.ForeignKey(Coalition, models.CASCADE, null=True, blank=True, related_name="wordings")

    objects = VersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["framework", "label"],
                condition=models.Q(coalition=None),
                name="one_version_per_label",
            ),
            models.UniqueConstraint(
                fields=["framework", "label", "coalition"], name="one_own_version_per_label"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.framework} {self.label}"

    @property
    def levels(self) -> list[Level]:
        return [Level(row["level"], spoken(row, "name"), spoken(row, "meaning")) for row in self.scale]

    def level(self, value: int) -> Level:
        return next(level for level in self.levels if level.value == value)


class Item(models.Model):
    """One thing a framework asks about: a milestone, in the first framework."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=20)
    content = models.JSONField()
    # Which item of an earlier wording this one goes on from, and how much it changed.
    follows = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="followed_by")
    change = models.CharField(max_length=10, choices=Change.choices, default=Change.SAME, blank=True)
    local = models.BooleanField(default=False)  # one coalition's own, and never in figures across states

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="one_item_per_position"),
            models.UniqueConstraint(fields=["version", "code"], name="one_item_per_code"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return spoken(self.content, "name")

    @property
    def short_name(self) -> str:
        return spoken(self.content, "short_name")

    @property
    def question(self) -> str:
        return spoken(self.content, "question")

    @property
    def is_outcome(self) -> bool:
        """A milestone about the world outside: its two highest levels need evidence."""
        return self.content.get("kind") == "outcome"

    @property
    def anchors(self) -> list[Anchor]:
        texts = {anchor["level"]: spoken(anchor, "text") for anchor in self.content["anchors"]}
        return [Anchor(level, texts.get(level.value, level.meaning)) for level in self.version.levels]

    @property
    def criteria(self) -> list[Criterion]:
        return [Criterion(c["code"], c["type"], spoken(c, "text")) for c in self.content.get("criteria", [])]
