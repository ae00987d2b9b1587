"""What rounds keep of one person, for that person to read. Whether they took part is on no page, this one included."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy

from coalitions.models import Group
from members.models import Member

from ..models import Agreement, Dissent, Draft, Evidence, Item, Part, Reading, Release
from ..models.answers import CANNOT_SAY
from ..models.record import Kind


@dataclass(frozen=True)
class AskedHeld:
    """A round that asked this person, and in which group they counted."""

    table: str
    round: str
    group: object


@dataclass(frozen=True)
class DraftHeld:
    """An answer of their own in a round that is open; nothing is left of it once that closes."""

    table: str
    round: str
    milestone: object
    level: object
    words: str
    translation: str
    shares_the_words: bool
    may_be_quoted_outside: bool
    ticked: tuple[str, ...]


@dataclass(frozen=True)
class EvidenceHeld:
    """What they have seen, while nobody else sees it."""

    table: str
    kind: object
    title: str
    note: str
    link: str


@dataclass(frozen=True)
class DissentHeld:
    """What they signed. Without a name nothing says that it is theirs."""

    table: str
    round: str
    milestone: object
    text: str
    let_out: bool


@dataclass(frozen=True)
class StepHeld:
    table: str
    round: str
    milestone: object
    next_step: str
    title_shown_outside: str
    due: date | None


@dataclass(frozen=True)
class RecordHeld:
    """A decision they wrote down, released, or said yes to releasing."""

    table: str
    round: str
    did: object
    at: datetime
    milestone: object = ""


@dataclass(frozen=True)
class ReadHeld:
    """A release that they opened as an evaluator; its table sees it too."""

    table: str
    round: str
    release: int
    first_on: date
    last_on: date


@dataclass(frozen=True)
class Held:
    asked: tuple[AskedHeld, ...]
    own_answers: tuple[DraftHeld, ...]
    evidence: tuple[EvidenceHeld, ...]
    signed_views: tuple[DissentHeld, ...]
    next_steps: tuple[StepHeld, ...]
    recorded: tuple[RecordHeld, ...]
    releases_read: tuple[ReadHeld, ...]


def held(member: Member, *, now: datetime) -> Held:
    """All rows of rounds that name this person, in a number of queries that does not grow with them."""
    return Held(
        asked=_asked(member),
        own_answers=_own_answers(member, now),
        evidence=_evidence(member),
        signed_views=_signed_views(member),
        next_steps=_next_steps(member),
        recorded=(*_agreements(member), *_releases(member)),
        releases_read=_readings(member),
    )


def _named(item: Item) -> object:
    """In the language of whoever reads it, whenever they do."""
    return lazy(lambda: item.name, str)()


def _asked(member: Member) -> tuple[AskedHeld, ...]:
    parts = Part.objects.filter(seat__member=member).select_related("round__coalition").order_by("round__pk")
    return tuple(AskedHeld(p.round.coalition.name, p.round.name, Group(p.group).label) for p in parts)


def _own_answers(member: Member, now: datetime) -> tuple[DraftHeld, ...]:
    """Until the clock closes the round, sealed or not."""
    drafts = (
        Draft.objects.filter(seat__member=member, seat__left=None)
        .filter(round__started_at__isnull=False, round__sealed_at=None, round__closes_at__gt=now)
        .select_related("round__coalition", "item__version")
        .prefetch_related("ticks__evidence")
        .order_by("round__pk", "item__position")
    )
    return tuple(
        DraftHeld(
            table=draft.round.coalition.name,
            round=draft.round.name,
            milestone=_named(draft.item),
            level=_level(draft),
            words=draft.words,
            translation=draft.translation,
            shares_the_words=bool(draft.shared),
            may_be_quoted_outside=draft.quotable,
            ticked=tuple(tick.evidence.title for tick in draft.ticks.all()),
        )
        for draft in drafts
    )


def _level(draft: Draft) -> object:
    if draft.pick is None:
        return gettext_lazy("Not answered yet")
    if draft.pick == CANNOT_SAY:
        return gettext_lazy("I can’t say yet")
    version, pick = draft.item.version, draft.pick
    return lazy(lambda: str(version.level(pick)), str)()


def _evidence(member: Member) -> tuple[EvidenceHeld, ...]:
    rows = Evidence.objects.filter(private_to__member=member).select_related("coalition").order_by("pk")
    return tuple(EvidenceHeld(e.coalition.name, Kind(e.kind).label, e.title, e.note, e.url) for e in rows)


def _signed_views(member: Member) -> tuple[DissentHeld, ...]:
    rows = Dissent.objects.filter(seat__member=member).select_related("round__coalition", "item__version")
    return tuple(
        DissentHeld(d.round.coalition.name, d.round.name, _named(d.item), d.text, d.let_out) for d in rows
    )


def _next_steps(member: Member) -> tuple[StepHeld, ...]:
    rows = Agreement.objects.filter(owner__member=member).select_related("round__coalition", "item__version")
    return tuple(
        StepHeld(a.round.coalition.name, a.round.name, _named(a.item), a.next_step, a.owner_title, a.due)
        for a in rows.order_by("at")
    )


def _agreements(member: Member) -> list[RecordHeld]:
    rows = Agreement.objects.filter(by__member=member).select_related("round__coalition", "item__version")
    did = gettext_lazy("recorded what the table agreed")
    return [
        RecordHeld(a.round.coalition.name, a.round.name, did, a.at, _named(a.item))
        for a in rows.order_by("at")
    ]


def _releases(member: Member) -> list[RecordHeld]:
    rows = Release.objects.filter(Q(by__member=member) | Q(yes_by__member=member))
    found = []
    for release in rows.select_related("round__coalition", "by", "yes_by").order_by("at"):
        deeds = (
            (release.by, gettext_lazy("released the round to evaluators")),
            (release.yes_by, gettext_lazy("said yes to releasing the round")),
        )
        found += [
            RecordHeld(release.round.coalition.name, release.round.name, did, release.at)
            for seat, did in deeds
            if seat and seat.member_id == member.pk
        ]
    return found


def _readings(member: Member) -> tuple[ReadHeld, ...]:
    rows = Reading.objects.filter(member=member).values_list(
        "release__round__coalition__name",
        "release__round__name",
        "release__number",
        "first_on",
        "last_on",
    )
    return tuple(ReadHeld(*row) for row in rows)
