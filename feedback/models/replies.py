"""“You said, we did.”"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from coalitions.models import Coalition, Seat

from .answers import Voice


class Done(models.TextChoices):
    DID = "did", _("We did")
    WORKING = "working", _("We are working on it")
    CANNOT = "cannot", _("We can’t, because")


class SaidAndDone(models.Model):
    """What people said, in their words or in short, and what the table did. A change is a change: no history."""

    coalition = models.ForeignKey(Coalition, models.CASCADE, related_name="said_and_done")
    done = models.CharField(max_length=8, choices=Done.choices)
    said = models.JSONField(default=dict)  # language -> what people said
    did = models.JSONField(default=dict)  # language -> what the table did, does, or why it cannot
    due = models.DateField(null=True, blank=True)
    milestone = models.CharField(max_length=20, blank=True)
    voices = models.ManyToManyField(Voice, blank=True, related_name="replies")
    public = models.BooleanField(default=False)
    on = models.DateField()
    by = models.ForeignKey(Seat, models.SET_NULL, null=True, related_name="+")
    language = models.CharField(max_length=8, choices=settings.LANGUAGES, default="en")  # written in first
    form = models.UUIDField(unique=True)

    class Meta:
        ordering = ["-on", "-id"]
