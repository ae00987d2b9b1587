"""A framework is items x levels, as data: the seven milestones are the first one."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import get_language


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


class Version(models.Model):
    """One wording of a framework. It freezes when a round opens on it."""

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="versions")
    label = models.CharField(max_length=40)
    scale = models.JSONField()
    frozen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["framework", "label"], name="one_version_per_label")]

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
