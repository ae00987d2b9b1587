"""What an archive of a table holds of its monthly check-ins."""

import uuid
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from coalitions.queries.archive import Taken
from web.archives import Field, Kind

from ..models import Checkin, Reply, Silence, StepNews


def _checkins(taken: Taken) -> Iterable[Checkin]:
    return taken.coalition.checkins.order_by("month")  # type: ignore[attr-defined]


def _replies(taken: Taken) -> Iterable[Reply]:
    return Reply.objects.filter(checkin__coalition=taken.coalition).order_by("pk")


def _news(taken: Taken) -> Iterable[StepNews]:
    of = StepNews.objects.filter(agreement__round__coalition=taken.coalition)
    return of.filter(agreement__round__opened_at__isnull=False).order_by("pk")


def _silences(taken: Taken) -> Iterable[Silence]:
    return Silence.objects.filter(seat__coalition=taken.coalition).order_by("pk")


ONCE = uuid.uuid4  # a form that was sent there is not sent here


KINDS = (
    Kind(
        "checkins", Checkin, _("The monthly check-ins."), _checkins,
        (
            Field("coalition", _("The coalition."), to="coalition"),
            Field("month", _("The first day of its month.")),
            Field("question", _("The lead's question, in each language.")),
            Field("asked_at", _("When it was asked.")),
        ),
    ),
    Kind(
        "replies", Reply, _("What each person said in a check-in. Without words it is “nothing new”."), _replies,
        (
            Field("checkin", _("The check-in."), to="checkins"),
            Field("seat", _("Who said it."), to="seats"),
            Field("words", _("The words.")),
            Field("language", _("The language it is in.")),
            Field("on", _("The day.")),
        ),
        fresh=lambda: {"form": ONCE()},
    ),
    Kind(
        "step_news", StepNews, _("How a next step stands, as its owner said. The newest counts."), _news,
        (
            Field("agreement", _("The agreement with the step."), to="agreements"),
            Field("seat", _("Who said it."), to="seats"),
            Field("how", _("How it stands.")),
            Field("due", _("The new day, if it was moved.")),
            Field("words", _("The words.")),
            Field("language", _("The language it is in.")),
            Field("on", _("The day.")),
        ),
        fresh=lambda: {"form": ONCE()},
    ),
    Kind(
        "silences", Silence, _("Who gets no reminders and no check-ins by mail."), _silences,
        (
            Field("seat", _("Who."), to="seats"),
            Field("by", _("Who turned them off."), to="seats"),
            Field("since", _("Since which day.")),
        ),
    ),
)  # fmt: skip
