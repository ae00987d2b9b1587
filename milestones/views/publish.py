"""What everyone would read, shown to a lead before it goes out; one press publishes, and one takes it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalitions.access import requires
from coalitions.models import Seat
from coalitions.roles import Can
from web.pages import page, seen_other
from web.refusal import Conflict, Refused

from ..access import round_of
from ..actions.publishing import publish_round, unpublish_round
from ..actions.release import fingerprint
from ..queries.public import public_document
from ..released import read


@requires(Can.PUBLISH)
def publish(request: HttpRequest, seat: Seat, number: int) -> HttpResponse:
    round, refused, status = round_of(seat, number), "", 200
    if request.method == "POST":
        try:
            publish_round(round=round, by=seat, now=timezone.now(), shown=request.POST.get("shown", ""))
            messages.success(request, _("Published. Everyone can read it now."))
            return seen_other(request, reverse("publish", args=[seat.coalition.slug, number]))
        except Refused as refusal:
            refused, status = str(refusal), 409 if isinstance(refusal, Conflict) else 422
    release = round.releases.last()
    goes_out = public_document(release) if release else None
    context = {
        "round": round,
        "release": release,
        "public": round.releases.exclude(public=None).last(),
        "same": release is not None and release.public == goes_out,
        "released": read(goes_out) if goes_out else None,
        "shown": fingerprint(goes_out) if goes_out else "",
        "refused": refused,
    }
    return page(request, "milestones/publish.html", context, status=status)


@requires(Can.PUBLISH)
@require_POST
def unpublish(request: HttpRequest, seat: Seat, number: int) -> HttpResponse:
    unpublish_round(round=round_of(seat, number), by=seat, now=timezone.now())
    messages.success(request, _("Taken back. Nobody outside can read it here any more."))
    return seen_other(request, reverse("publish", args=[seat.coalition.slug, number]))
