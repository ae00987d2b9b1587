"""A table in every room, its archive, and the site after it is gone."""

import io
import json
import uuid
import zipfile
from datetime import date, timedelta

from django.utils import timezone

from checkins.models import Checkin, How, Reply, Silence, StepNews
from coalitions.actions import end_seat, record, save_settings, want_seat
from coalitions.models import Coalition, Cohort, Organization, Seat, Verb
from coalitions.queries.archive import Taken
from dashboards.queries.archive import write_archive
from feedback.actions import hide_voice, keep_recording, reply
from feedback.actions.replying import Told
from feedback.models import Form, Recording, Voice, Wording
from members.models import Member
from milestones.actions.dissent import add_dissent, withdraw_dissent
from milestones.actions.publishing import publish_round
from milestones.actions.reading import mark_read
from milestones.actions.release import fingerprint, withdraw_words, withhold_words
from milestones.models import Agreement, Dissent, Evidence, Framework, Item, Release, Round, Version
from milestones.queries.public import public_document
from tests.factories.answered import an_opened_round
from tests.factories.outside import MORNING, WORDING, gathered, many, visits
from tests.factories.rounds import NOW, a_table, agreed, released, seven_milestones
from tests.factories.tables import a_member, seat_of
from tests.factories.wordings import an_own_wording

TODAY = date(2026, 11, 28)
HALF_A_YEAR = timedelta(days=182)


def archive_of(coalition: Coalition, *, voices: bool = True) -> bytes:
    file = io.BytesIO()
    write_archive(file, taken=Taken(coalition, reads_voices=voices), today=TODAY)
    return file.getvalue()


def parts_of(raw: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rows_of(raw: bytes, kind: str) -> list[dict]:
    return json.loads(parts_of(raw)[f"{kind}.json"])


def packed(parts: dict[str, bytes]) -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    file.seek(0)
    return file


def a_fresh_site() -> None:
    """Nothing is left but the states."""
    Round.objects.all().delete()
    Coalition.objects.all().delete()
    Cohort.objects.all().delete()
    Member.objects.all().delete()
    Item.objects.update(follows=None)
    for version in Version.objects.order_by("-pk"):
        version.delete()
    Framework.objects.all().delete()


def a_full_table(coalition: Coalition, lead: Seat) -> Coalition:
    """Two released rounds in two wordings with a local milestone, and something in every other file."""
    a_table(coalition)
    parent = coalition.seats.filter(group="parent").first()
    first = released(agreed(an_opened_round(coalition, lead, words=True), lead), lead, yes_by=parent)
    _the_table(coalition, lead, parent)
    own = an_own_wording(seven_milestones(), coalition, "L1")
    later = NOW + HALF_A_YEAR
    second = an_opened_round(coalition, lead, now=later, version=own, words=True)
    second = agreed(second, lead, level=4)
    _said(second, lead, parent)
    released(second, lead, yes_by=parent)
    _taken_back(first, lead)
    _checkins(coalition, lead, second)
    _outside(coalition, lead)
    _read(coalition, lead, second)
    return coalition


def _the_table(coalition: Coalition, lead: Seat, parent: Seat) -> None:
    parent.organization = Organization.objects.create(coalition=coalition, name="Sunny Days")
    parent.contact, parent.paid = "text 555-0100", "stipend"
    parent.save()
    want_seat(coalition=coalition, group="parent", who="A father", why="None is here")
    coalition.outside_contact = "Oona Outside"
    save_settings(coalition=coalition, by=lead, changed=["outside_contact"], now=NOW, form=uuid.uuid4())
    gone = coalition.seats.filter(group="agency").last()
    end_seat(seat=gone, by=lead, now=NOW + timedelta(days=30))
    listed = Member.objects.create_user("listed@people.example", name="Known Elsewhere")
    seat_of(listed, coalition, "parent", arrived=None, listed_name="As Listed")
    back = seat_of(gone.member, coalition, "agency", listed_name=gone.member.name)
    record(coalition=coalition, seat=lead, verb=Verb.SEAT_GIVEN, about=str(back.pk), at=NOW)
    record(coalition=coalition, seat=lead, verb=Verb.SEAT_CHANGED, about=f"{back.pk}:lead=no>yes", at=NOW)
    record(coalition=coalition, seat=lead, verb=Verb.ROSTER_IMPORTED, about=f"2:{gone.pk}-{back.pk}", at=NOW)


def _said(round: Round, lead: Seat, parent: Seat) -> None:
    item = round.version.items.first()
    seen = Evidence.objects.create(
        coalition=round.coalition, item_code=item.code, round=round, kind="win", title="A law", note="Passed", outside=True,
        url="http://127.0.0.1:8000/c/care-forward/said/",
    )  # fmt: skip
    Evidence.objects.create(coalition=round.coalition, item_code=item.code, title="Kept at the table")
    agreement = Agreement.objects.get(round=round, item=item)
    agreement.evidence.add(seen)
    Agreement.objects.filter(pk=agreement.pk).update(
        next_step="Call the governor", owner=parent, owner_title="A parent", due=date(2026, 12, 20)
    )
    for named, let_out in ((True, True), (False, True), (False, False)):
        view = {"round": round, "item": item, "seat": parent, "language": "en", "now": round.agreed_at}
        kept = add_dissent(
            **view, text=f"Lower, {named}, {let_out}", named=named, let_out=let_out, code="abcd-efgh-jkmn", form=uuid.uuid4()
        )  # fmt: skip
    withdraw_dissent(dissent=kept, seat=parent, code="abcd-efgh-jkmn", now=round.agreed_at)


def _taken_back(round: Round, lead: Seat) -> None:
    words = list(round.words.filter(quotable=True)[:2])
    withdraw_words(word=words[0], now=NOW + HALF_A_YEAR)
    withhold_words(word=words[1], by=lead, because="It names a child", now=NOW + HALF_A_YEAR)


def _checkins(coalition: Coalition, lead: Seat, round: Round) -> None:
    month = date(2027, 7, 1)
    checkin = Checkin.objects.create(
        coalition=coalition, month=month, question={"en": "What helped?"}, asked_at=round.agreed_at
    )
    owned = Agreement.objects.get(round=round, next_step="Call the governor")
    Reply.objects.create(checkin=checkin, seat=lead, words="All well", on=month, form=uuid.uuid4())
    StepNews.objects.create(
        agreement=owned, seat=owned.owner, how=How.MOVED, due=date(2027, 8, 1), on=month, form=uuid.uuid4()
    )
    Silence.objects.create(seat=owned.owner, by=lead, since=month)


def _outside(coalition: Coalition, lead: Seat) -> None:
    form = Form.objects.create(
        coalition=coalition, code="bcdfghjk", name="At the clinic", milestone="M3", form=uuid.uuid4()
    )
    wording = Wording.objects.create(
        form=form, number=1, languages=["en", "es"], content=WORDING, published_on=NOW.date()
    )
    keep_recording(wording=wording, question="most", language="es", raw=b"ID3" + bytes(range(256)), by=lead)
    visits(form, *many(14, "canary voice"))
    batch = gathered(form)
    visits(form, {"changed": "yes", "most": "canary not gathered"})
    voices = list(Voice.objects.filter(batch=batch).order_by("pk"))
    hide_voice(voice=voices[0], by=lead, because="It names somebody", now=MORNING)
    told = Told(done="did", said={"en": "It is far"}, did={"en": "A bus"}, language="en", public=True,
                voices=[each.pk for each in voices[1:3]])  # fmt: skip
    reply(by=lead, told=told, now=MORNING, form=uuid.uuid4())
    assert Recording.objects.exists() and voices


def _read(coalition: Coalition, lead: Seat, round: Round) -> None:
    reader = a_member("Eva Evaluates")
    cohort = Cohort.objects.create(name="Cohort of archives")
    cohort.evaluators.add(reader)
    Coalition.objects.filter(pk=coalition.pk).update(cohort=cohort)
    release = round.releases.get()
    mark_read(release=release, by=reader, now=timezone.now())
    publish_round(round=round, by=lead, now=round.agreed_at, shown=fingerprint(public_document(release)))
    Release.objects.filter(pk=release.pk).update(shared_at=round.agreed_at)
    assert Dissent.objects.exists()
