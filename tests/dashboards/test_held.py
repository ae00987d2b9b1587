import json
import re
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from coalitions.models import Seat
from dashboards.queries.held import as_document, held
from members.models import Link, Member
from milestones.actions.sealing import seal_round
from milestones.models import Round
from tests.dashboards.somebody import CANARIES, SECRETS

HELD, FILE = "/me/held/", "/me/held.json"
PEOPLE = (Member, Seat, Link)

# Every field that points at a person is reported under this name in the file ...
POINTS_AT = {
    "account.EmailAddress.user": "account.account.other_emails",
    "admin.LogEntry.user": "account.did_as_site_admin",
    "checkins.Reply.seat": "checkins.said",
    "checkins.Silence.seat": "checkins.silenced",
    "checkins.StepNews.seat": "checkins.steps",
    "coalitions.Cohort_evaluators.member": "tables.evaluates",
    "coalitions.Cohort.evaluators": "tables.evaluates",
    "coalitions.Event.seat": "tables.you_did",
    "coalitions.Import.seat": "tables.imports",
    "coalitions.Invitation.seat": "tables.invitations",
    "coalitions.Seat.member": "tables.seats",
    "feedback.Recording.by": "outside.recordings",
    "feedback.SaidAndDone.by": "outside.replies",
    "members.Device.member": "account.devices",
    "members.Link.member": "account.links",
    "mfa.Authenticator.user": "account.second_steps",
    "milestones.Agreement.by": "rounds.recorded",
    "milestones.Agreement.owner": "rounds.next_steps",
    "milestones.Dissent.seat": "rounds.signed_views",
    "milestones.Draft.seat": "rounds.own_answers",
    "milestones.Evidence.private_to": "rounds.evidence",
    "milestones.Part.seat": "rounds.asked",
    "milestones.Reading.member": "rounds.releases_read",
    "milestones.Release.by": "rounds.recorded",
    "milestones.Release.yes_by": "rounds.recorded",
}
# ... or is not, for a reason.
POINTS_BESIDE = {
    "checkins.Silence.by": "is on record as an event: you_did",
    "coalitions.Invitation.by": "is on record as an event: you_did",
    "coalitions.Invitation.link": "the link is reported itself",
    "members.Device.link": "the link is reported itself",
    "members.Member_groups.member": "rights of site admins, who are named as such",
    "members.Member_user_permissions.member": "rights of site admins, who are named as such",
}
# Every text that could hold a name or an address is looked for with a canary (CANARIES), or is not, for a reason.
KEYS = "a key, a name of ours or a number; nobody types it"
FRAMEWORK = "the wording of a framework, the same for everyone"
FIGURES = "figures, already safe"
SECRET = "lets somebody in, so only a trace of it is kept, or it is wiped"
SHARED = "shared words: nobody knows whose they are, and the page says so"
OTHERS = "what others wrote of the table or of people; the page says so"
OUTSIDE = "said on a form without a name: nobody knows whose it is, and the page says so"
FORM = "the words of a form, the same for everyone"
TEXTS_BESIDE = {
    "account.EmailConfirmation.key": SECRET,
    "admin.LogEntry.change_message": "names of fields",
    "admin.LogEntry.object_id": KEYS,
    "auth.Group.name": KEYS,
    "auth.Permission.codename": KEYS,
    "auth.Permission.name": KEYS,
    "checkins.Checkin.question": OTHERS,
    "coalitions.Coalition.outside_contact": OTHERS,
    "coalitions.Coalition.slug": KEYS,
    "coalitions.Coalition.time_zone": KEYS,
    "coalitions.Event.about": "a seat or a round by number, or names of fields: done_to_your_seat",
    "coalitions.Import.reading": "a list on its way in, gone within a day",
    "coalitions.Import.result": KEYS,
    "coalitions.Import.schema": KEYS,
    "coalitions.Import.sheet": "a list on its way in, gone within a day",
    "coalitions.State.code": KEYS,
    "coalitions.State.name": KEYS,
    "coalitions.WantedSeat.who": OTHERS,
    "coalitions.WantedSeat.why": OTHERS,
    "contenttypes.ContentType.app_label": KEYS,
    "contenttypes.ContentType.model": KEYS,
    "feedback.Form.code": KEYS,
    "feedback.Form.hotline": FORM,
    "feedback.Form.milestone": KEYS,
    "feedback.Form.phone": FORM,
    "feedback.Recording.language": KEYS,
    "feedback.Recording.media_type": KEYS,
    "feedback.Result.counts": FIGURES,
    "feedback.Result.question": KEYS,
    "feedback.SaidAndDone.milestone": KEYS,
    "feedback.SaidAndDone.said": "what people outside said, without a name",
    "feedback.Submission.answers": OUTSIDE,
    "feedback.Submission.language": OUTSIDE,
    "feedback.Submission.receipt": SECRET,
    "feedback.Submission.role": OUTSIDE,
    "feedback.Submission.week": OUTSIDE,
    "feedback.Voice.hidden_because": OTHERS,
    "feedback.Voice.language": OUTSIDE,
    "feedback.Voice.milestone": KEYS,
    "feedback.Voice.question": KEYS,
    "feedback.Voice.text": OUTSIDE,
    "feedback.Voice.theme": OTHERS,
    "feedback.Voice.translated_into": KEYS,
    "feedback.Voice.translation": "nobody keeps whose translation it is",
    "feedback.Voice.week": OUTSIDE,
    "feedback.Wording.content": FORM,
    "feedback.Wording.languages": KEYS,
    "feedback.Wording.reviewed": KEYS,
    "members.Device.session_key": SECRET,
    "members.Link.digest": SECRET,
    "members.Link.only": "a seat by number: one_seat_only",
    "members.Link.path": KEYS,
    "members.Member.calendar_token": SECRET,
    "members.Member.password": "there is none",
    "milestones.Agreement.above_because": OTHERS,
    "milestones.Agreement.criteria": KEYS,
    "milestones.Agreement.why": OTHERS,
    "milestones.Dissent.code": SECRET,
    "milestones.Evidence.item_code": KEYS,
    "milestones.Framework.slug": FRAMEWORK,
    "milestones.Item.code": FRAMEWORK,
    "milestones.Item.content": FRAMEWORK,
    "milestones.Opening.counts": FIGURES,
    "milestones.Opening.group": FIGURES,
    "milestones.Opening.tested": FIGURES,
    "milestones.Opening.ticks": FIGURES,
    "milestones.Release.document": "copies of what is reported where it stands: signed views, owners by title",
    "milestones.Release.public": "copies of what is reported where it stands: signed views, owners by title",
    "milestones.Round.participation": FIGURES,
    "milestones.Summary.cells": FIGURES,
    "milestones.Summary.framework": FRAMEWORK,
    "milestones.Summary.levels": FIGURES,
    "milestones.Summary.participation": FIGURES,
    "milestones.Summary.round_name": "the name of a round, reported where it stands",
    "milestones.Summary.version": FRAMEWORK,
    "milestones.Tally.group": FIGURES,
    "milestones.Version.label": FRAMEWORK,
    "milestones.Version.scale": FRAMEWORK,
    "milestones.Word.group": SHARED,
    "milestones.Word.language": SHARED,
    "milestones.Word.text": SHARED,
    "milestones.Word.translation": SHARED,
    "milestones.Word.withheld_because": OTHERS,
    "outbox.Message.channel": KEYS,
    "outbox.Message.check_name": KEYS,
    "outbox.Message.headers": "wiped once it is sent; links let somebody in",
    "outbox.Message.html": "wiped once it is sent; links let somebody in",
    "outbox.Message.key": KEYS,
    "outbox.Message.kind": KEYS,
    "outbox.Message.language": KEYS,
    "outbox.Message.message_id": KEYS,
    "outbox.Message.problem": "what the other side said, in the list of messages",
    "outbox.Message.subject": "wiped once it is sent; may hold a code",
    "outbox.Message.text": "wiped once it is sent; links let somebody in",
    "outbox.Message.to": "their address: messages are found by it",
    "outbox.ProblemAddress.to": "their address: found by it",
    "outbox.Ring.name": KEYS,
    "outbox.StopLink.kind": KEYS,
    "outbox.StopLink.to": "their address: found by it",
    "outbox.StopLink.token": SECRET,
    "sessions.Session.session_data": "who is signed in, until they sign out: devices",
    "sessions.Session.session_key": SECRET,
}


def concrete_fields():
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if getattr(field, "concrete", False):
                yield f"{model._meta.label}.{field.name}", field


def points_at_a_person(field) -> bool:
    return field.is_relation and field.related_model in PEOPLE


def may_hold_a_name(field) -> bool:
    texts = (models.CharField, models.TextField, models.JSONField)
    return isinstance(field, texts) and not field.choices


def at(document: dict, path: str):
    found = document["what_we_hold"]
    for name in path.split("."):
        found = found[name]
    return found


def document_of(seat) -> dict:
    found = held(Member.objects.get(pk=seat.member_id), now=timezone.now())
    return as_document(found, today=date(2026, 11, 21))


def test_every_field_that_points_at_a_person_is_reported_or_has_a_reason():
    """A new model is on one of these lists, or this fails: what is not reported cannot be asked for."""
    there = {name for name, field in concrete_fields() if points_at_a_person(field)}
    assert there == set(POINTS_AT) | set(POINTS_BESIDE)
    assert not set(POINTS_AT) & set(POINTS_BESIDE)


def test_every_text_that_may_hold_a_name_is_looked_for_or_has_a_reason():
    there = {name for name, field in concrete_fields() if may_hold_a_name(field)}
    assert there == set(CANARIES) | set(TEXTS_BESIDE)
    assert not set(CANARIES) & set(TEXTS_BESIDE)


@pytest.mark.parametrize("path", sorted(set(POINTS_AT.values())))
def test_each_row_is_under_its_name(seat, path):
    assert at(document_of(seat), path)


def test_the_page_and_the_file_hold_every_text(client_of, seat):
    browser = client_of(seat)
    page, file = (browser.get(address).content.decode() for address in (HELD, FILE))
    for field, words in CANARIES.items():
        assert words in page, f"{field} is not on the page"
        assert words in file, f"{field} is not in the file"


def test_neither_holds_what_lets_somebody_in_or_is_not_theirs(client_of, seat):
    browser = client_of(seat)
    for address in (HELD, FILE):
        text = browser.get(address).content.decode()
        assert [secret for secret in SECRETS if secret in text] == []
        assert "unnamed view" not in text


def test_the_file_is_theirs_to_take_away(client_of, seat):
    answer = client_of(seat).get(FILE)
    assert answer["Content-Type"] == "application/json"
    assert answer["Content-Disposition"] == 'attachment; filename="what-we-hold.json"'
    assert answer["Cache-Control"] == "private, no-store"
    document = json.loads(answer.content)
    assert set(document) == {
        "what_this_is", "made_on", "what_we_hold", "what_we_keep_and_do_not_show", "what_we_cannot_find",
    }  # fmt: skip
    first = at(document, "tables.seats")[0]
    assert first["group"] == {"en": "Parent", "es": "Madre o padre"}
    assert first["since"] == "2026-01-15"
    assert at(document, "rounds.own_answers")[0]["level"] == {"en": "4 Strong", "es": "4 Fuerte"}
    assert set(document["what_we_cannot_find"][0]) == {"en", "es"}


def test_the_file_is_the_same_in_either_language(client_of, seat):
    browser = client_of(seat)
    english = browser.get(FILE, headers={"accept-language": "en"}).content
    browser.post("/language/", {"language": "es"})
    spanish = json.loads(browser.get(FILE).content)
    was = json.loads(english)
    # Their own language is a fact, not a label, and it has changed.
    was["what_we_hold"]["account"]["account"]["language"] = "Español"
    assert spanish == was


def test_what_was_done_by_them_and_to_their_seat(seat):
    document = document_of(seat)
    assert [each["did"]["en"] for each in at(document, "tables.you_did")] == ["took their seat"]
    done = at(document, "tables.done_to_your_seat")
    assert [(each["did"]["en"], each["by"]) for each in done] == [("changed a seat", "Lena Lead")]


def test_their_own_answers_until_the_round_closes_and_not_a_moment_longer(seat, time_machine):
    round = Round.objects.get(sealed_at=None)
    assert at(document_of(seat), "rounds.own_answers")
    time_machine.move_to(round.closes_at + timedelta(seconds=1))
    assert at(document_of(seat), "rounds.own_answers") == [], (
        "closed by the clock, though nobody came by to seal it"
    )
    seal_round(round=round, now=timezone.now())
    document = document_of(seat)
    assert at(document, "rounds.own_answers") == at(document, "rounds.evidence") == []
    assert "canary evidence" not in json.dumps(document)


def test_nothing_says_whether_they_took_part(seat):
    """Twin worlds: equal but for that."""
    before = document_of(seat)
    seat.parts.filter(round__sealed_at__isnull=False).update(took_part=False)
    assert document_of(seat) == before


def test_what_cannot_be_found_is_said(client_of, seat):
    page = re.sub(r"\s+", " ", client_of(seat).get(HELD, headers={"accept-language": "en"}).content.decode())
    for said in (
        "once a round has closed",
        "Words you shared.",
        "on a form for people outside",
        "added without your name",
        "Whether you took part",
    ):
        assert said in page


def test_nobody_else_reads_it(client_of, seat, lead, outsider, site_admin):
    for who in (lead, outsider, site_admin):
        browser = client_of(who)
        for address in (HELD, FILE):
            text = browser.get(address).content.decode()
            own = {"Kansas Cares"} if who is outsider else set()
            assert [words for words in CANARIES.values() if words in text and words not in own] in (
                [], ["Canary round"],
            )  # fmt: skip


def test_a_name_cannot_write_html(client_of, seat):
    Member.objects.filter(pk=seat.member_id).update(name="<b>x</b>")
    assert "<b>x</b>" not in client_of(seat).get(HELD).content.decode()


def test_reading_writes_nothing(client_of, seat):
    browser = client_of(seat)
    assert browser.post(HELD).status_code == browser.post(FILE).status_code == 405
    with CaptureQueriesContext(connection) as asked:
        browser.get(HELD)
        browser.get(FILE)
    assert not [query["sql"] for query in asked if not query["sql"].startswith("SELECT")]


def test_the_number_of_queries_does_not_grow_with_what_there_is(seat, lead, parent):
    with CaptureQueriesContext(connection) as little:
        held(parent.member, now=timezone.now())
    with CaptureQueriesContext(connection) as much:
        held(Member.objects.get(pk=seat.member_id), now=timezone.now())
    assert len(much) <= len(little) + 3  # the account itself, and what is fetched beside rows that are there
    assert len(much) <= 32


def test_who_has_nothing_reads_that(client_of, site_admin):
    page = client_of(site_admin).get(reverse("held")).content.decode()
    assert "Sam Admin" in page
    assert page.count("Nothing.") + page.count("Nada.") >= 4


@pytest.mark.parametrize(
    ("pick", "said"), [(None, "Not answered yet"), (0, "I can’t say yet"), (2, "2 Starting")]
)
def test_an_answer_of_their_own_is_said_in_words(seat, pick, said):
    seat.drafts.update(pick=pick)
    assert at(document_of(seat), "rounds.own_answers")[0]["level"]["en"] == said
