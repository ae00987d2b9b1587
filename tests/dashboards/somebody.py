"""One person with a row in every room, each with words of its own, so that a test can look for them."""

import uuid
from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from checkins.models import Checkin, How, Reply, Silence, StepNews
from coalitions.actions import record
from coalitions.models import Cohort, Group, Import, Invitation, Organization, Seat, Verb
from feedback.models import Form, Recording, SaidAndDone, Wording
from members.models import Device, Link, Member
from milestones.actions.reading import mark_read
from milestones.actions.rounds import open_round, plan_round
from milestones.models import Agreement, Dissent, Draft, Evidence, Tick
from outbox.actions import wishes
from outbox.actions.writing import Letter, enqueue
from outbox.models import ProblemAddress
from tests.factories.answered import an_opened_round
from tests.factories.rounds import a_table, agreed, released, seven_milestones
from tests.factories.tables import seat_of

# What must be found, by the field that holds it. Each is said nowhere else.
CANARIES = {
    "members.Member.name": "Canary Carmen",
    "members.Member.email": "canary@care-forward.example",
    "account.EmailAddress.email": "second.canary@people.example",
    "members.Device.name": "Firefox on Android",
    "mfa.Authenticator.data": "canary phone",
    "admin.LogEntry.object_repr": "canary cohort",
    "coalitions.Cohort.name": "Canary cohort of states",
    "coalitions.Coalition.name": "Kansas Cares",
    "coalitions.Organization.name": "Canary Family Care",
    "coalitions.Seat.title": "canary title",
    "coalitions.Seat.contact": "canary contact",
    "coalitions.Seat.listed_name": "Canary As Listed",
    "coalitions.Seat.listed_email": "canary.as.listed@kansas-cares.example",
    "coalitions.Import.file_name": "canary.csv",
    "milestones.Round.name": "Canary round",
    "milestones.Draft.words": "canary words of a draft",
    "milestones.Draft.translation": "palabras de canario",
    "milestones.Evidence.title": "canary evidence",
    "milestones.Evidence.note": "canary note",
    "milestones.Evidence.url": "https://canary.example/seen",
    "milestones.Dissent.text": "canary sees it differently",
    "milestones.Agreement.next_step": "canary next step",
    "milestones.Agreement.owner_title": "canary owner title",
    "feedback.Form.name": "canary form",
    "feedback.Recording.question": "canary_question",
    "feedback.SaidAndDone.did": "canary did it",
    "checkins.Reply.words": "canary words of a check-in",
    "checkins.StepNews.words": "canary line about a step",
    "outbox.ProblemAddress.problem": "550 canary is unknown",
}
# What must not be: it lets somebody in, or is not theirs alone.
SECRETS = (
    "canary-token", "canary-digest", "canary-session-key", "canary body of a mail", "canary-code", "canary subject",
    "Someone else",
)  # fmt: skip


def somebody(coalition, lead: Seat, other_coalition, outsider: Seat) -> Seat:
    """Their seat at the first table; they have another one at the second, not taken yet, and one that ended."""
    now = timezone.now()
    member = Member.objects.create_user(
        CANARIES["members.Member.email"], name=CANARIES["members.Member.name"], calendar_token="canary-token"
    )
    organization = Organization.objects.create(
        coalition=coalition, name=CANARIES["coalitions.Organization.name"]
    )
    seat = seat_of(
        member, coalition, Group.PARENT, title="canary title", contact="canary contact", paid="stipend",
        organization=organization,
    )  # fmt: skip
    seat_of(member, other_coalition, Group.OTHER, arrived=None, listed_name=CANARIES["coalitions.Seat.listed_name"],
            listed_email=CANARIES["coalitions.Seat.listed_email"])  # fmt: skip
    _as_a_person(member, now)
    _at_the_table(seat, lead, now)
    _in_rounds(seat, lead, now)
    _outside(seat, now)
    _in_checkins(seat, now)
    _in_the_mail(member, now)
    return seat


def _as_a_person(member: Member, now) -> None:
    EmailAddress.objects.create(user=member, email=CANARIES["account.EmailAddress.email"])
    step = TOTP.activate(member, generate_totp_secret()).instance
    step.data["name"] = CANARIES["mfa.Authenticator.data"]
    step.save()
    Device.objects.create(
        member=member,
        session_key="canary-session-key",
        name=CANARIES["members.Device.name"],
        since=now.date(),
    )
    kind = ContentType.objects.get_for_model(Member)
    LogEntry.objects.create(
        user=member, content_type=kind, object_id="999", object_repr=CANARIES["admin.LogEntry.object_repr"],
        action_flag=CHANGE,
    )  # fmt: skip
    LogEntry.objects.create(
        user=Member.objects.create_user("admin@people.example"), content_type=kind, object_id=str(member.pk),
        object_repr="Canary Carmen", action_flag=CHANGE,
    )  # fmt: skip
    cohort = Cohort.objects.create(name=CANARIES["coalitions.Cohort.name"])
    cohort.evaluators.add(member)


def _at_the_table(seat: Seat, lead: Seat, now) -> None:
    link = Link.objects.create(
        member=seat.member, digest="canary-digest", path="/c/care-forward/", only=seat.scope, made_at=now,
        until=now + timedelta(days=7),
    )  # fmt: skip
    Invitation.objects.create(seat=seat, by=lead, way=Invitation.HANDED, link=link, form=uuid.uuid4(), at=now)
    record(coalition=seat.coalition, seat=lead, verb=Verb.SEAT_CHANGED, about=f"{seat.pk}:title", at=now)
    record(coalition=seat.coalition, seat=seat, verb=Verb.SEAT_TAKEN, about=str(seat.pk), at=now)
    record(coalition=seat.coalition, seat=lead, verb=Verb.SEAT_ENDED, about=f"{seat.pk}99", at=now)
    Import.objects.create(
        coalition=seat.coalition, seat=seat, schema="roster", file_name=CANARIES["coalitions.Import.file_name"],
        sheet={"rows": ["Someone else"]}, form=uuid.uuid4(), created=now,
    )  # fmt: skip


def _outside(seat: Seat, now) -> None:
    form = Form.objects.create(
        coalition=seat.coalition, code="canary", name=CANARIES["feedback.Form.name"], form=uuid.uuid4()
    )
    wording = Wording.objects.create(form=form, number=1, languages=["vi"])
    Recording.objects.create(
        wording=wording, question=CANARIES["feedback.Recording.question"], language="vi", sound=b"0", by=seat
    )
    SaidAndDone.objects.create(
        coalition=seat.coalition, done="did", said={"en": "Someone else said"}, by=seat, on=now.date(),
        did={"en": CANARIES["feedback.SaidAndDone.did"]}, form=uuid.uuid4(),
    )  # fmt: skip


def _in_rounds(seat: Seat, lead: Seat, now) -> None:
    """One that was released with what they signed and let out, and one that is open."""
    a_table(seat.coalition)
    first = an_opened_round(seat.coalition, lead, now=now - timedelta(days=60))
    agreed(first, lead)
    item = first.version.items.first()
    Agreement.objects.filter(round=first, item=item).update(
        by=seat, owner=seat, next_step="canary next step", owner_title="canary owner title"
    )
    agreement = Agreement.objects.get(round=first, item=item)
    Dissent.objects.create(
        round=first,
        item=item,
        agreement=agreement,
        text="canary sees it differently",
        seat=seat,
        let_out=True,
    )
    Dissent.objects.create(
        round=first, item=item, agreement=agreement, text="unnamed view", code="canary-code"
    )
    released(first, lead, yes_by=seat)
    mark_read(release=first.releases.get(), by=seat.member, now=now)
    second = plan_round(
        coalition=seat.coalition, version=seven_milestones(), name=CANARIES["milestones.Round.name"],
        meets_on=(now + timedelta(days=15)).date(), closes_at=now + timedelta(days=14), now=now,
    )  # fmt: skip
    open_round(round=second, by=lead, now=now)
    evidence = Evidence.objects.create(
        coalition=seat.coalition, item_code=item.code, round=second, title="canary evidence", note="canary note",
        url="https://canary.example/seen", private_to=seat,
    )  # fmt: skip
    draft = Draft.objects.create(
        round=second, seat=seat, item=item, pick=4, words="canary words of a draft", shared=True,
        translation="palabras de canario",
    )  # fmt: skip
    Tick.objects.create(draft=draft, evidence=evidence)
    theirs = seat.coalition.seats.exclude(pk=seat.pk).last()
    Draft.objects.create(round=second, seat=theirs, item=item, pick=1, words="Someone else wrote this")


def _in_checkins(seat: Seat, now) -> None:
    today = now.date()
    checkin = Checkin.objects.create(coalition=seat.coalition, month=today.replace(day=1), asked_at=now)
    Reply.objects.create(
        checkin=checkin, seat=seat, words=CANARIES["checkins.Reply.words"], on=today, form=uuid.uuid4()
    )
    StepNews.objects.create(
        agreement=Agreement.objects.get(owner=seat), seat=seat, how=How.HELP,
        words=CANARIES["checkins.StepNews.words"], on=today, form=uuid.uuid4(),
    )  # fmt: skip
    Silence.objects.create(seat=seat, by=seat, since=today)


def _in_the_mail(member: Member, now) -> None:
    enqueue(
        Letter(key="canary", to=member.email, subject="canary subject", text="canary body of a mail"), now=now
    )
    wishes.stop(to=member.email, kind="reminder", now=now)
    ProblemAddress.objects.create(
        to=member.email, problem=CANARIES["outbox.ProblemAddress.problem"], since=now
    )
