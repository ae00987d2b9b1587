"""What the table opened, said, agreed and let out: the figures here are already safe."""

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from coalitions.models import Coalition, Seat

from .framework import Item
from .rounds import Round


class Audience(models.TextChoices):
    TABLE = "table", _("the table")
    EVALUATORS = "evaluators", _("evaluators")
    PUBLIC = "public", _("the public")


class Opening(models.Model):
    """What one audience may see of one group on one milestone. Written once, never changed.

    Averages are in tenths of a level. A group with only `half` hardly changed since an earlier round (rule 6
    of the gate): its average is that, give or take half a level. A milestone whose answers are withheld has
    one row with no group.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="openings")
    item = models.ForeignKey(Item, models.CASCADE, related_name="+")
    audience = models.CharField(max_length=12, choices=Audience.choices)
    group = models.CharField(max_length=40, blank=True)
    people = models.PositiveIntegerField(null=True)
    cannot_say = models.PositiveIntegerField(null=True)
    counts = models.JSONField(null=True)
    average = models.PositiveSmallIntegerField(null=True)
    half = models.PositiveSmallIntegerField(null=True)
    ticks = models.JSONField(default=dict)  # evidence id -> how many ticked it, on the row of the first group
    tested = models.JSONField(default=list)  # groups put to the test, for the gate in later rounds

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "item", "audience", "group"], name="one_opening_per_group"
            )
        ]


class Word(models.Model):
    """Words somebody shared. Nobody knows whose they are; ids are in random order."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="words")
    item = models.ForeignKey(Item, models.CASCADE, related_name="+")
    group = models.CharField(max_length=40)
    text = models.TextField(blank=True)
    language = models.CharField(max_length=8)
    translation = models.TextField(blank=True)
    quotable = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True)
    withheld_because = models.CharField(max_length=240, blank=True)

    class Meta:
        ordering = ["id"]


class How(models.TextChoices):
    EVERYONE = "everyone", _("Everyone agrees")
    MOST = "most", _("Most can live with it; some see it differently")
    VOTED = "voted", _("We voted")
    NO_AGREEMENT = "none", _("We did not agree. We record the range.")


class Stand(models.TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")
    MORE_TIME = "time", _("They want more time")


class Mark(models.TextChoices):
    MET = "met", _("Met")
    PARTLY = "partly", _("Partly")
    NOT_YET = "not yet", _("Not yet")
    DOES_NOT_APPLY = "n/a", _("Does not apply")


class Agreement(models.Model):
    """What the table recorded for one milestone. A change is a new number; the earlier one stays."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="agreements")
    item = models.ForeignKey(Item, models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    low = models.PositiveSmallIntegerField()
    high = models.PositiveSmallIntegerField()
    how = models.CharField(max_length=8, choices=How.choices)
    why = models.TextField(max_length=1000)
    stand = models.CharField(max_length=4, choices=Stand.choices)
    above_because = models.TextField(max_length=500, blank=True)
    next_step = models.CharField(max_length=240, blank=True)
    owner = models.ForeignKey(Seat, models.SET_NULL, null=True, blank=True, related_name="+")
    owner_title = models.CharField(max_length=120, blank=True)
    due = models.DateField(null=True, blank=True)
    is_goal = models.BooleanField(null=True)
    goal_level = models.PositiveSmallIntegerField(null=True, blank=True)
    criteria = models.JSONField(default=dict)
    evidence = models.ManyToManyField("milestones.Evidence", blank=True, related_name="agreements")
    by = models.ForeignKey(Seat, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    form = models.UUIDField(null=True, unique=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "item", "number"], name="one_agreement_per_number"),
            models.CheckConstraint(condition=models.Q(low__lte=models.F("high")), name="range_runs_upward"),
        ]

    @property
    def agreed(self) -> bool:
        return self.how != How.NO_AGREEMENT

    @property
    def proof(self) -> int:
        """How many linked pieces of evidence can carry a level that speaks of outcomes: a recorded win,
        a number, or families' own report when it comes from more than one source."""
        kinds = [evidence.kind for evidence in self.evidence.all()]
        proof = kinds.count(Kind.WIN) + kinds.count(Kind.NUMBER)
        return proof + (1 if kinds.count(Kind.FAMILIES) > 1 else 0)


class Dissent(models.Model):
    """Somebody sees it differently. Only its author can change, let out or withdraw it."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="dissents")
    item = models.ForeignKey(Item, models.CASCADE, related_name="+")
    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="dissents")
    text = models.TextField(max_length=2000, blank=True)
    language = models.CharField(max_length=8, choices=settings.LANGUAGES, default="en")
    seat = models.ForeignKey(Seat, models.SET_NULL, null=True, related_name="+")
    code = models.CharField(max_length=128, blank=True)
    let_out = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True)
    form = models.UUIDField(null=True, unique=True)

    class Meta:
        ordering = ["id"]


class Kind(models.TextChoices):
    RECORD = "record", _("Record")
    MONEY = "money", _("Money")
    NOTES = "notes", _("Notes")
    NUMBER = "number", _("Number")
    WIN = "win", _("Win")
    FAMILIES = "families", _("Families' own report")
    LINK = "link", _("Link")


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def with_code_now(self) -> "EvidenceQuerySet":
        """`code_now` is another than `item_code` where a milestone of this coalition alone has become everybody's."""
        became = Item.objects.filter(
            local=False,
            version__draft=False,
            follows__local=True,
            follows__code=OuterRef("item_code"),
            follows__version__coalition=OuterRef("coalition"),
        )
        return self.annotate(code_now=Coalesce(Subquery(became.values("code")[:1]), "item_code"))

    def about(self, code: str) -> "EvidenceQuerySet":
        """Of one milestone, whether it was added under this code or under the one it had before."""
        return self.with_code_now().filter(models.Q(item_code=code) | models.Q(code_now=code))

    def seen_by(self, seat: Seat) -> "EvidenceQuerySet":
        """What the table has, and what this seat added and nobody else sees before the opening."""
        return self.filter(models.Q(private_to__isnull=True, hidden=False) | models.Q(private_to=seat))


class Evidence(models.Model):
    """Something the table has seen. Added while scoring it is private until the opening."""

    coalition = models.ForeignKey(Coalition, models.CASCADE, related_name="evidence")
    item_code = models.CharField(max_length=20)
    round = models.ForeignKey(Round, models.SET_NULL, null=True, related_name="evidence")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.RECORD)
    title = models.CharField(_("what we have seen"), max_length=160)
    note = models.CharField(_("what it says"), max_length=300, blank=True)
    url = models.URLField(_("link"), max_length=500, blank=True)
    private_to = models.ForeignKey(Seat, models.SET_NULL, null=True, related_name="+")
    hidden = models.BooleanField(default=False)  # from closing to the opening, when it has no author any more
    outside = models.BooleanField(_("may be shown outside"), default=False)
    form = models.UUIDField(null=True, unique=True)
    code_now: str  # of `with_code_now`

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title


class Release(models.Model):
    """What evaluators read: frozen when the table released it, with a recorded yes."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="releases")
    number = models.PositiveSmallIntegerField()
    document = models.JSONField()
    yes_by = models.ForeignKey(Seat, models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(Seat, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    form = models.UUIDField(null=True, unique=True)
    # What the coalition chose to publish: frozen for the public when it was published, gone when it is taken back.
    public = models.JSONField(null=True)
    published_at = models.DateTimeField(null=True)
    # Goals and reasons, without levels, for the other tables of the cohort to learn from.
    shared_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="one_release_per_number")]
