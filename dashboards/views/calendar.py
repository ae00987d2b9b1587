"""A private link to the dates of one's tables, and the calendar behind it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from coalitions.access import own_account, public
from dashboards.feed import feed
from dashboards.queries.dates import appointments
from members.actions.calendar import end_calendar, renew_calendar
from members.models import Member
from web.pages import seen_other


@own_account
def my_calendar(request: HttpRequest) -> HttpResponse:
    """Make the link, make another one, or end it."""
    if request.method == "POST":
        member = Member.objects.get(pk=request.user.pk)
        if "end" in request.POST:
            end_calendar(member=member)
            messages.success(request, _("The calendar link has ended."))
        else:
            renew_calendar(member=member)
            messages.success(request, _("Here is your new calendar link."))
    return seen_other(request, reverse("me") + "#calendar")


@public
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """For calendar programs, which bring no session: whoever has the link can read the dates."""
    member = get_object_or_404(Member, calendar_token=token, is_active=True)
    now = timezone.now()
    with override(member.language):
        text = feed(appointments(member, now=now), language=member.language, now=now)
    return HttpResponse(
        text,
        content_type="text/calendar; charset=utf-8",
        headers={"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"},
    )
