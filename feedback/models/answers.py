"""What people outside said. Nothing here says who, from where, at which hour, or in which order."""

import uuid

from django.db import models

from .forms import Form, Wording


class Batch(models.Model):
    """Answers that readers see from one day on, never fewer than five at a time."""

    form = models.ForeignKey(Form, models.CASCADE, related_name="batches")
    number = models.PositiveSmallIntegerField()
    on = models.DateField()
    counted = models.BooleanField(default=True)  # not, if a form closed with too few to count
    overwritten = models.BooleanField(default=False)  # where its answers, or words now hidden, lay before

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["form", "number"], name="one_batch_per_number")]


class Submission(models.Model):
    """One visit. `week` is all that is kept of its time ("2026-W47"), `receipt` a keyed hash of its code."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    wording = models.ForeignKey(Wording, models.CASCADE, related_name="submissions")
    batch = models.ForeignKey(Batch, models.SET_NULL, null=True, related_name="submissions")
    language = models.CharField(max_length=8)
    week = models.CharField(max_length=8)
    role = models.CharField(max_length=12, blank=True)
    answers = models.JSONField(default=dict)  # question code -> code of a choice, or own words
    receipt = models.CharField(max_length=64, unique=True)


class Voice(models.Model):
    """Own words to one question, once they are in a batch. Ids are random, so that they tell no order; `week` is
    one that stands for several visits (`gate.told_weeks`)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    batch = models.ForeignKey(Batch, models.CASCADE, related_name="voices")
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="voices")
    question = models.CharField(max_length=40)
    text = models.TextField()
    language = models.CharField(max_length=8)
    week = models.CharField(max_length=8)
    milestone = models.CharField(max_length=20, blank=True)
    theme = models.CharField(max_length=60, blank=True)
    translation = models.TextField(blank=True)
    translated_into = models.CharField(max_length=8, blank=True)
    hidden_because = models.CharField(max_length=240, blank=True)

    class Meta:
        ordering = ["id"]


class Result(models.Model):
    """The counts of one question as they may be shown. The newest number stands; each differs from the one before
    by five answers or more."""

    wording = models.ForeignKey(Wording, models.CASCADE, related_name="results")
    question = models.CharField(max_length=40)
    number = models.PositiveSmallIntegerField()
    batch = models.ForeignKey(Batch, models.CASCADE, related_name="results")
    people = models.PositiveIntegerField()
    counts = models.JSONField()  # code of a choice -> how many

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["wording", "question", "number"], name="one_result_per_number")
        ]

    @property
    def anchor(self) -> str:
        """Where it stands on its page: the question of one wording, whatever the newest counts are."""
        return f"result-{self.wording.form.code}-{self.wording.number}-{self.question}"
