"""The reminders of the open round, and sending the next one now."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coalitions.access import requires
from coalitions.models import Seat
from coalitions.roles import Can
from web.pages import page, seen_other
from web.refusal import Refused

from ..actions import send_now
from ..cadence import Name
from ..forms import SendNowForm
from ..letters import previews
from ..queries import open_rounds, plan_of


@requires(Can.SEE_WHO_ANSWERED)
def reminders(request: HttpRequest, seat: Seat) -> HttpResponse:
    now = timezone.now()
    round = open_rounds(now).filter(coalition=seat.coalition).first()
    form = SendNowForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            if round is None:
                raise Refused(_("No round is open, so there is nobody to remind."))
            sent = send_now(round=round, name=Name(form.cleaned_data["slot"]), now=now)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            said = ngettext("%(n)s reminder is on its way.", "%(n)s reminders are on their way.", sent)
            messages.success(request, said % {"n": sent})
            return seen_other(request, reverse("reminders", args=[seat.coalition.slug]))
    plan = plan_of(round, now=now) if round else None
    context = {"form": form, "round": round, "plan": plan, "new_form": SendNowForm()}
    context["previews"] = previews(round, plan.next.name) if plan and plan.next else []
    return page(request, "checkins/reminders.html", context, status=422 if form.errors else 200)
