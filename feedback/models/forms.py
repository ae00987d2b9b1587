"""What people outside are asked. The words of a form never change once it is published: a change is a new wording."""

from datetime import date

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coalitions.models import Coalition, Seat


class Kind(models.TextChoices):
    CHOICE = "choice", _("Pick one")
    SCALE = "scale", _("Pick one, from low to high")
    OPEN = "open", _("Own words")


class Form(models.Model):
    """One form of one table, and when it takes answers. `code` is its address: /go/<code>/."""

    coalition = models.ForeignKey(Coalition, models.CASCADE, related_name="forms")
    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(_("what the table calls it"), max_length=80)
    milestone = models.CharField(max_length=20, blank=True)  # the code of an item; empty: about anything
    opens_on = models.DateField(_("opens"), null=True, blank=True)
    closes_on = models.DateField(_("last day"), null=True, blank=True)
    stopped_on = models.DateField(null=True, blank=True)  # the lead's switch
    asks_role = models.BooleanField(_("ask if they are a parent or a provider"), default=True)
    phone = models.CharField(_("phone for help"), max_length=40, blank=True)
    hotline = models.CharField(_("the state's line for a child in danger"), max_length=80, blank=True)
    reply_by = models.DateField(_("by when we answer"), null=True, blank=True)
    looked_on = models.DateField(null=True, blank=True)  # the day its answers were last gathered
    form = models.UUIDField(unique=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("go", args=[self.code])

    def is_open(self, today: date) -> bool:
        """Whether it takes answers on this day, if it is published."""
        begun = self.opens_on is None or self.opens_on <= today
        return begun and not self.is_over(today)

    def is_over(self, today: date) -> bool:
        return bool(self.stopped_on) or (self.closes_on is not None and self.closes_on < today)


class Wording(models.Model):
    """The words of a form: {"questions": [{"code", "kind", "text": {language: ...}, "choices": [{"code", "text"}]}]}.

    `reviewed` names the languages that a speaker has read through. English and Spanish need nobody to.
    """

    form = models.ForeignKey(Form, models.CASCADE, related_name="wordings")
    number = models.PositiveSmallIntegerField()
    languages = models.JSONField(default=list)  # in the order in which they are offered
    content = models.JSONField(default=dict)
    reviewed = models.JSONField(default=list, blank=True)
    published_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["form", "number"], name="one_wording_per_number")]

    def __str__(self) -> str:
        return f"{self.form} {self.number}"


class Recording(models.Model):
    """A question read aloud by a person, in one language."""

    wording = models.ForeignKey(Wording, models.CASCADE, related_name="recordings")
    question = models.CharField(max_length=40)
    language = models.CharField(max_length=8)
    sound = models.BinaryField()
    media_type = models.CharField(max_length=40)
    by = models.ForeignKey(Seat, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["wording", "question", "language"], name="one_recording_each")
        ]
