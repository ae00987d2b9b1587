"""What goes out to evaluators, read by the table before anybody else, and after."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from coalitions.access import requires, sits
from coalitions.models import Seat
from coalitions.roles import Can
from web.pages import page, seen_other
from web.refusal import Conflict, Refused

from ..access import round_of
from ..actions.release import RELEASABLE, fingerprint, release_round
from ..forms.record import ReleaseForm
from ..models import Round, Stage
from ..models.record import Audience
from ..queries.document import document
from ..queries.record import not_ended, stays_inside
from ..queries.released import before, before_round, newer, readers, release_at
from ..released import read


@requires(Can.RELEASE)
def release(request: HttpRequest, seat: Seat, number: int) -> HttpResponse:
    round = round_of(seat, number)
    form = ReleaseForm(request.POST if request.method == "POST" else None, coalition=seat.coalition)
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            typed = form.cleaned_data
            try:
                done = release_round(
                    round=round, by=seat, yes_by=typed["yes_by"], now=timezone.now(),
                    form=typed["form_id"], shown=typed["shown"],
                )  # fmt: skip
                messages.success(request, _("Released. This is what evaluators read."))
                return seen_other(
                    request, reverse("released", args=[seat.coalition.slug, number, done.number])
                )
            except Refused as refusal:
                form.add_error(None, str(refusal))
                status = 409 if isinstance(refusal, Conflict) else 422
    return page(request, "milestones/release.html", {"form": form, **_shown(round)}, status=status)


def _shown(round: Round) -> dict[str, Any]:
    """The very document that would be frozen now, and what it leaves out."""
    stage = round.stage(timezone.now())
    context: dict[str, Any] = {
        "round": round,
        "locked": stage == Stage.LOCKED,
        "ready": stage in RELEASABLE,
        "not_ended": not_ended(round) if stage == Stage.OPENED else [],
        "releases": list(round.releases.defer("document")),
    }
    if context["ready"]:
        goes_out = document(round, audience=Audience.EVALUATORS)
        earlier = before_round(round.coalition_id, round.number, round.version.framework.slug)
        context |= {
            "released": read(goes_out, earlier=earlier),
            "shown": fingerprint(goes_out),
            "inside": stays_inside(round),
        }
    return context


@sits
def released(request: HttpRequest, seat: Seat, number: int, release: int) -> HttpResponse:
    """The same page that evaluators see."""
    found = release_at(seat.coalition, number=number, release=release)
    if found is None:
        raise Http404
    context = {
        "release": found,
        "round": found.round,
        "newer": newer(found),
        "released": read(found.document, earlier=before(found)),
        "readers": readers(found),
        "publishes": seat.can(Can.PUBLISH),
        "shares": seat.can(Can.RELEASE) and seat.coalition.cohort_id is not None,
    }
    return page(request, "milestones/released.html", context)
