"""Messages on their way, and what addresses have said about them."""

import secrets
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

WAITING = Q(next_try_at__isnull=False)


class Why(models.TextChoices):
    """Our own reasons for not sending. Any other text in `problem` is what the other side said."""

    STOPPED = "stopped", _("They stopped this kind of message.")
    PAUSED = "paused", _("They asked for a pause.")
    ADDRESS = "address", _("Their address does not work.")
    UNWANTED = "unwanted", _("It was no longer needed.")
    LATE = "late", _("It could not be sent in time.")


class MessageQuerySet(models.QuerySet["Message"]):
    def waiting(self) -> "MessageQuerySet":
        return self.filter(WAITING)

    def paused(self) -> "MessageQuerySet":
        """Waiting for the end of a pause, and no worker has them."""
        return self.filter(WAITING, problem=Why.PAUSED, lease=None)

    def due(self, now: datetime) -> "MessageQuerySet":
        """Neither settled, nor held by a worker, nor waiting for its moment; the most pressing first."""
        return self.filter(next_try_at__lte=now).order_by("not_after", "pk")


class Message(models.Model):
    """One meaning for one recipient, at most once. Frozen when written, so every try is the same mail."""

    key = models.CharField(max_length=200, unique=True)
    channel = models.CharField(max_length=20, default="mail")
    kind = models.CharField(max_length=40, blank=True)  # empty: asked for by the recipient, cannot be stopped
    to = models.CharField(max_length=254, db_index=True)
    language = models.CharField(max_length=8, default="en")
    message_id = models.CharField(max_length=200)
    check_name = models.CharField(max_length=80, blank=True)
    # Wiped once settled: they hold codes and links.
    subject = models.TextField(blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict, blank=True)

    not_before = models.DateTimeField()
    not_after = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    # When anyone may try next. A worker that claims the message moves this to the end of its lease, so a
    # worker that dies needs nobody to notice. Empty once settled.
    next_try_at = models.DateTimeField(null=True, blank=True)
    lease = models.UUIDField(null=True, blank=True)  # whoever writes an outcome must still hold it
    sent_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes = [models.Index("not_after", "id", condition=WAITING, name="outbox_waiting")]
        constraints = [
            models.CheckConstraint(
                name="outbox_one_outcome",
                condition=Q(next_try_at__isnull=False, sent_at=None, dropped_at=None, failed_at=None)
                | Q(next_try_at=None, sent_at__isnull=False, dropped_at=None, failed_at=None)
                | Q(next_try_at=None, sent_at=None, dropped_at__isnull=False, failed_at=None)
                | Q(next_try_at=None, sent_at=None, dropped_at=None, failed_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.message_id

    @property
    def state(self) -> str:
        if self.sent_at:
            return "sent"
        if self.dropped_at:
            return "dropped"
        return "failed" if self.failed_at else "waiting"

    @property
    def why(self) -> object:
        """Why it was not sent, in the reader's language where the words are ours."""
        return Why(self.problem).label if self.problem in Why.values else self.problem


def new_token() -> str:
    return secrets.token_urlsafe(18)


class StopLink(models.Model):
    """The link by which an address stops one kind of message, or pauses it, and whether it has.

    Random and kept here, not signed: the address is in no link, and forgetting the address ends the link.
    """

    to = models.CharField(max_length=254)
    kind = models.CharField(max_length=40)
    token = models.CharField(max_length=40, unique=True, default=new_token)
    stopped_at = models.DateTimeField(null=True, blank=True)
    paused_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["to", "kind"], name="outbox_one_stop_link")]

    def get_absolute_url(self) -> str:
        return reverse("stop_mail", args=[self.token])

    def pause(self, now: datetime) -> datetime | None:
        """Its end. One that is over is none."""
        return self.paused_until if self.paused_until and self.paused_until > now else None


class ProblemAddress(models.Model):
    """An address that was refused for good. Only what its owner asks for is still tried."""

    to = models.CharField(max_length=254, unique=True)
    problem = models.CharField(max_length=300)
    since = models.DateTimeField()


class Ring(models.Model):
    """When a bell last rang and a worker answered it: how anyone knows that the clockwork runs."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
