"""What a table says each month about its promises, and who asked for silence. Who was reminded is only in the outbox."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from coalitions.models import Coalition, Seat
from milestones.models import Agreement


class Checkin(models.Model):
    """One month at one table. It can be prepared before it is asked; what was asked stays as it was."""

    coalition = models.ForeignKey(Coalition, models.CASCADE, related_name="checkins")
    month = models.DateField()  # its first day
    question = models.JSONField(default=dict, blank=True)  # language code -> the lead's open question
    asked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["month"]
        constraints = [models.UniqueConstraint(fields=["coalition", "month"], name="one_checkin_per_month")]

    @property
    def is_asked(self) -> bool:
        return self.asked_at is not None


class Reply(models.Model):
    """One person's month, which the table reads with their name. Without words it says “nothing new”."""

    checkin = models.ForeignKey(Checkin, models.CASCADE, related_name="replies")
    seat = models.ForeignKey(Seat, models.CASCADE, related_name="replies")
    words = models.TextField(blank=True, max_length=1000)
    language = models.CharField(max_length=8, choices=settings.LANGUAGES, default="en")
    on = models.DateField()
    form = models.UUIDField(unique=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["checkin", "seat"], name="one_reply_per_month")]


class How(models.TextChoices):
    KEPT = "kept", _("Done")
    ON_THE_WAY = "going", _("On the way")
    MOVED = "moved", _("Needs more time")
    HELP = "help", _("Need help")


class StepNews(models.Model):
    """How a next step stands, as its owner last said; the newest counts. The agreement itself never changes."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="news")
    seat = models.ForeignKey(Seat, models.SET_NULL, null=True, related_name="+")
    how = models.CharField(max_length=8, choices=How.choices)
    due = models.DateField(null=True, blank=True)  # the new day, of one that was moved
    words = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=8, choices=settings.LANGUAGES, default="en")
    on = models.DateField()
    form = models.UUIDField(unique=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="moved_to_a_day",
                condition=models.Q(how="moved", due__isnull=False) | ~models.Q(how="moved"),
            )
        ]


class Silence(models.Model):
    """A seat that gets no reminders and no check-ins by mail, since the lead or the person turned them off."""

    seat = models.OneToOneField(Seat, models.CASCADE, related_name="silence")
    by = models.ForeignKey(Seat, models.SET_NULL, null=True, related_name="+")
    since = models.DateField()
