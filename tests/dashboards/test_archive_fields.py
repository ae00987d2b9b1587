"""Every field of every model is in the archive of a table, sealed in it, or left out for a reason."""

from django.apps import apps

from dashboards.queries.archive import KINDS

ONCE = "what a form was sent with, so that it counts once; made anew"
ACCOUNT = "accounts are nobody's at a table; people come as the table listed them"
SECRET = "lets somebody in"
PRIVATE = "private until closing, and gone after it"
WAITING = "what was sent and not gathered yet, or ties answers to one visit"
MAIL = "mail belongs to its recipient"
OURS = "the site's own"
ANEW = "follows from the rest, and is written anew"
COHORT = "given by a site admin"

LEFT_OUT_MODELS = {
    "account.EmailAddress": ACCOUNT,
    "account.EmailConfirmation": SECRET,
    "admin.LogEntry": OURS,
    "auth.Group": OURS,
    "auth.Group_permissions": OURS,
    "auth.Permission": OURS,
    "coalitions.Cohort": COHORT,
    "coalitions.Cohort_evaluators": COHORT,
    "coalitions.Import": "a list on its way in, gone within a day",
    "coalitions.Invitation": "people are invited anew; who invited whom is in the record",
    "coalitions.State": "every site has them",
    "contenttypes.ContentType": OURS,
    "feedback.Submission": WAITING,
    "members.Device": SECRET,
    "members.Link": SECRET,
    "members.Member": ACCOUNT,
    "members.Member_groups": ACCOUNT,
    "members.Member_user_permissions": ACCOUNT,
    "mfa.Authenticator": SECRET,
    "milestones.Draft": PRIVATE,
    "milestones.Framework": "its name is on each wording",
    "milestones.Summary": ANEW,
    "milestones.Tally": PRIVATE,
    "milestones.Tick": PRIVATE,
    "outbox.Message": MAIL,
    "outbox.ProblemAddress": MAIL,
    "outbox.Ring": OURS,
    "outbox.StopLink": MAIL,
    "sessions.Session": SECRET,
    # Fields that point at several rows, said by the one that points.
    "feedback.SaidAndDone_voices": "said_and_done.voices",
    "milestones.Agreement_evidence": "agreements.evidence",
}
LEFT_OUT = {
    "coalitions.Coalition.cohort": COHORT,
    "coalitions.Event.form": ONCE,
    "checkins.Reply.form": ONCE,
    "checkins.Reply.on": "pages say the month",
    "checkins.Silence.since": "no page says when: it would tell who had not answered by then",
    "checkins.StepNews.form": ONCE,
    "feedback.Batch.overwritten": "about where rows lay on the old disk",
    "feedback.Form.form": ONCE,
    "feedback.Form.looked_on": "the site's own clockwork",
    "feedback.Recording.by": "no page says who reads",
    "feedback.SaidAndDone.by": "the record says it",
    "feedback.SaidAndDone.form": ONCE,
    "milestones.Agreement.form": ONCE,
    "milestones.Dissent.code": SECRET,
    "milestones.Dissent.form": ONCE,
    "milestones.Evidence.form": ONCE,
    "milestones.Evidence.hidden": "only what the table sees is in it",
    "milestones.Evidence.private_to": "only what the table sees is in it",
    "milestones.Part.confirmed": PRIVATE,
    "milestones.Part.saved": PRIVATE,
    "milestones.Release.form": ONCE,
    "milestones.Round.form": ONCE,
    "milestones.Version.draft": "a draft is nobody's yet",
    "milestones.Version.frozen_at": ANEW,
}
# In it, and closed to everybody.
SEALED = {
    "coalitions.Seat.member", "milestones.Opening.tested", "milestones.Part.group", "milestones.Part.round",
    "milestones.Part.seat", "milestones.Part.stand_in", "milestones.Part.took_part", "milestones.Round.roll_unknown",
}  # fmt: skip
FILES = {kind.name: kind for kind in KINDS}
MODELS = {kind.model._meta.label: kind for kind in KINDS}


def every_field() -> set[str]:
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        if model._meta.label not in LEFT_OUT_MODELS
        for field in [*model._meta.concrete_fields, *model._meta.many_to_many]
        if not field.primary_key
    }


def carried(*, sealed: bool) -> set[str]:
    return {
        f"{kind.model._meta.label}.{name}"
        for kind in KINDS
        for field in kind.fields
        if field.sealed == sealed
        for name in field.carries
        if hasattr(kind.model, name)  # "reader" of a reading is the name of an account
    }


def test_every_model_is_in_it_or_has_a_reason():
    there = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    assert there == set(MODELS) | set(LEFT_OUT_MODELS)
    assert not set(MODELS) & set(LEFT_OUT_MODELS)


def test_every_field_is_in_it_or_has_a_reason():
    """A new field is on one of these lists, or this fails: it is neither forgotten nor let out by mistake."""
    left_out = set(LEFT_OUT)
    assert every_field() == carried(sealed=False) | SEALED | left_out
    assert carried(sealed=True) == SEALED
    assert not carried(sealed=False) & (SEALED | left_out)


def test_every_field_that_points_says_where_to():
    for kind in KINDS:
        for field in kind.fields:
            assert not field.to or field.to in FILES, f"{kind.name}.{field.name}"


def test_every_file_and_field_says_what_it_is():
    for kind in KINDS:
        assert str(kind.meaning).endswith("."), kind.name
        for field in kind.fields:
            assert str(field.meaning).endswith("."), f"{kind.name}.{field.name}"
