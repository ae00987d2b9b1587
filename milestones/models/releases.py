"""What is kept beside a release: its figures, as one row to read across coalitions, and who outside read it."""

from django.conf import settings
from django.db import models

from coalitions.models import Coalition

from .record import Release


class Summary(models.Model):
    """The figures of the newest release of a round, so that a page across coalitions opens no document.

    Written from the frozen document alone, when it is released. No words, no names and no local milestones.
    `season` is a half-year (`seasons.py`). `levels` is a list of [code, low, high]; `cells` is code -> what
    `queries/summaries.py` calls a Cell.
    """

    release = models.OneToOneField(Release, models.CASCADE, primary_key=True, related_name="summary")
    coalition = models.ForeignKey(Coalition, models.CASCADE, related_name="summaries")
    season = models.PositiveSmallIntegerField()
    round_number = models.PositiveSmallIntegerField()
    round_name = models.CharField(max_length=80)
    meets_on = models.DateField()
    framework = models.SlugField()
    version = models.CharField(max_length=40)
    at = models.DateTimeField()
    participation = models.JSONField()
    levels = models.JSONField()
    cells = models.JSONField()

    class Meta:
        ordering = ["round_number"]
        constraints = [
            models.UniqueConstraint(
                fields=["coalition", "framework", "round_number"], name="one_summary_per_round"
            )
        ]
        indexes = [models.Index(fields=["coalition", "season"], name="summaries_of_a_season")]


class Reading(models.Model):
    """An evaluator opened this release. Days, not times: the table wants to know that it was read, not how they work."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="readings")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="readings")
    first_on = models.DateField()
    last_on = models.DateField()

    class Meta:
        ordering = ["first_on", "id"]
        constraints = [models.UniqueConstraint(fields=["release", "member"], name="one_reading_per_reader")]
