"""What the other tables of the cohort would read, before they do; and whether they do."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from coalitions.access import requires
from coalitions.models import Seat
from coalitions.roles import Can
from web.pages import page, seen_other
from web.refusal import Refused

from ..actions import learning as actions
from ..queries.learning import learned, shared_release
from ..queries.released import newer, release_at


@requires(Can.RELEASE)
def share_learning(request: HttpRequest, seat: Seat, number: int, release: int) -> HttpResponse:
    found = release_at(seat.coalition, number=number, release=release)
    if found is None:
        raise Http404
    refused = ""
    if request.method == "POST":
        try:
            if "stop" in request.POST:
                actions.unshare_learning(by=seat, now=timezone.now())
                messages.success(request, _("You share nothing now. No other table reads it any more."))
            else:
                actions.share_learning(release=found, by=seat, now=timezone.now())
                messages.success(request, _("Shared. The other tables of your cohort can read it now."))
            return seen_other(request, request.path)
        except Refused as refusal:
            refused = str(refusal)
    context = {
        "release": found,
        "newer": newer(found),
        "cohort": seat.coalition.cohort,
        "shared": shared_release(seat.coalition),
        "milestones": learned(found.document),
        "refused": refused,
    }
    return page(request, "milestones/share_learning.html", context, status=422 if refused else 200)
