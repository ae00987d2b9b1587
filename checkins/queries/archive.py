"""What an archive of a table holds of its monthly check-ins."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from coalitions.queries.archive import COALITION, LANGUAGE, Taken
from web.archives import Field, Found, Kind, Row
from web.archives.kinds import at

from ..models import Checkin, Reply, Silence, StepNews


def _checkins(taken: Taken) -> Iterable[Checkin]:
    return taken.coalition.checkins.order_by("month")  # type: ignore[attr-defined]


def _replies(taken: Taken) -> Iterable[Reply]:
    return Reply.objects.filter(checkin__coalition=taken.coalition).order_by("pk")


def _news(taken: Taken) -> Iterable[StepNews]:
    of = StepNews.objects.filter(agreement__round__coalition=taken.coalition)
    return of.filter(agreement__round__opened_at__isnull=False).order_by("pk")


def _silences(taken: Taken) -> Iterable[Silence]:
    return Silence.objects.filter(seat__coalition=taken.coalition, seat__left=None).order_by("pk")


def _of_its_month(row: Row, found: Found) -> dict[str, Any]:
    checkin = at(found, "checkins", row["checkin"])
    return {"checkin": checkin, "on": checkin.month}


def _by_themselves(row: Row, found: Found) -> dict[str, Any]:
    """On which day, and by which lead, no page says: it would tell who had not answered by then."""
    seat = at(found, "seats", row["seat"])
    return {"by": seat if row["own"] else None, "since": seat.joined}


KINDS = (
    Kind(
        "checkins", Checkin, _("The monthly check-ins."), _checkins,
        (
            COALITION,
            Field("month", _("The first day of its month.")),
            Field("question", _("The lead's question, in each language."), shape={str: str}),
            Field("asked_at", _("When it was asked.")),
        ),
    ),
    Kind(
        "replies", Reply, _("What each person said in a check-in. Without words it is “nothing new”."), _replies,
        (
            Field("checkin", _("The check-in."), to="checkins", into=_of_its_month),
            Field("seat", _("Who said it."), to="seats"),
            Field("words", _("The words.")),
            LANGUAGE,
        ),
        fresh=lambda: {"form": uuid.uuid4()},
    ),
    Kind(
        "step_news", StepNews, _("How a next step stands, as its owner said. The newest counts."), _news,
        (
            Field("agreement", _("The agreement with the step."), to="agreements"),
            Field("seat", _("Who said it."), to="seats"),
            Field("how", _("How it stands.")),
            Field("due", _("The new day, if it was moved.")),
            Field("words", _("The words.")),
            LANGUAGE,
            Field("on", _("The day.")),
        ),
        fresh=lambda: {"form": uuid.uuid4()},
    ),
    Kind(
        "silences", Silence, _("Who gets no reminders and no check-ins by mail."), _silences,
        (
            Field("seat", _("Who."), to="seats"),
            Field("own", _("Whether they turned them off themselves."), of=("by",), into=_by_themselves,
                  out=lambda row, numbers: row.by_id == row.seat_id),
        ),
    ),
)  # fmt: skip
