"""What is on record, and lists on their way in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .seats import Seat
from .tables import Coalition


class Verb(models.TextChoices):
    """What is on record. Nothing here is about answering, and nothing ever will be."""

    TABLE_STARTED = "table started", _("started the table")
    ROSTER_IMPORTED = "roster imported", _("brought in the list of people")
    SEAT_GIVEN = "seat given", _("gave a seat")
    INVITED = "invited", _("sent an invitation")
    LINK_MADE = (
        "link made",
        _("made a link to hand over"),
    )
    INVITATION_ENDED = "invitation ended", _("took an invitation back")
    SEAT_TAKEN = "seat taken", _("took their seat")
    SEAT_READDRESSED = "seat readdressed", _("changed the address of somebody who had not come yet")
    SEAT_CHANGED = "seat changed", _("changed a seat")
    SEAT_ENDED = "seat ended", _("ended a seat")
    SEAT_LEFT = "seat left", _("left the table")
    ROUND_OPENED = "round opened", _("opened the round")
    ROUND_EXTENDED = "round extended", _("gave the round more time")
    ROUND_CLOSED_EARLY = "round closed early", _("closed the round, since all had answered")
    ANSWERS_OPENED = "answers opened", _("opened the answers with the table")
    WORDS_WITHHELD = "words withheld", _("took words off the page")
    REMINDED = "reminded", _("sent the next reminder early")
    SILENCED = "silenced", _("turned reminders off for a seat")
    UNSILENCED = "unsilenced", _("turned reminders on again for a seat")
    QUESTION_SET = "question set", _("chose the question of the monthly check-in")
    FORM_PUBLISHED = "form published", _("published a form for people outside")
    FORM_STOPPED = "form stopped", _("stopped a form for people outside")
    VOICE_HIDDEN = "voice hidden", _("hid words that could say who wrote them")
    REPLIED = "replied", _("said what the table does with what people said")
    RELEASED = "released", _("released the round to evaluators")
    MILESTONE_ADDED = "milestone added", _("added a milestone of our own")
    MILESTONE_CHANGED = "milestone changed", _("changed the words of a milestone of our own")
    MILESTONE_LEFT_OUT = "milestone left out", _("left a milestone of our own out of later rounds")
    LEARNING_SHARED = "learning shared", _("shared goals and reasons with the other tables of the cohort")
    LEARNING_UNSHARED = "learning unshared", _("stopped sharing goals and reasons")
    PUBLISHED = "published", _("published a round for everyone")
    UNPUBLISHED = "unpublished", _("took a round back from the public page")
    EXPORTED = "exported", _("took the table's data away")
    ARCHIVED = "archived", _("took the archive, with names and addresses")
    LISTING_ERASED = "listing erased", _("erased somebody who never came from the list")
    SETTINGS_CHANGED = "settings changed", _("changed the settings")


class Event(models.Model):
    coalition = models.ForeignKey(Coalition, models.CASCADE, related_name="events")
    seat = models.ForeignKey(Seat, models.SET_NULL, null=True, related_name="+")
    verb = models.CharField(max_length=24, choices=Verb.choices)
    about = models.CharField(max_length=240, blank=True)
    at = models.DateTimeField()
    form = models.UUIDField(null=True, unique=True)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.get_verb_display()} {self.about}"


class Import(models.Model):
    """A list on its way in, between the pages that ask about it. What it says is gone once it is written."""

    coalition = models.ForeignKey(Coalition, models.CASCADE, related_name="imports")
    seat = models.ForeignKey(Seat, models.CASCADE, related_name="imports")
    schema = models.CharField(max_length=40)
    file_name = models.CharField(max_length=120, blank=True)
    sheet = models.JSONField(default=dict)
    reading = models.JSONField(default=dict)
    result = models.JSONField(null=True)
    form = models.UUIDField(unique=True)
    created = models.DateTimeField()

    class Meta:
        ordering = ["-id"]

    @property
    def is_done(self) -> bool:
        return self.result is not None
