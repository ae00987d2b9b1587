"""Stopping messages: a page with one button, and one click in a mail program (RFC 8058)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from web.pages import page, seen_other

from .actions import wishes
from .models import StopLink
from .registry import KINDS

ONE_CLICK = "List-Unsubscribe"


@csrf_exempt  # a mail program brings no cookie; whoever holds the link may stop this one kind of mail
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_mail(request: HttpRequest, token: str) -> HttpResponse:
    link = get_object_or_404(StopLink, token=token)
    if request.method == "POST":
        if "again" in request.POST:
            wishes.allow(to=link.to, kind=link.kind)
        else:
            wishes.stop(to=link.to, kind=link.kind, now=timezone.now())
        if ONE_CLICK in request.POST:  # a mail program follows no redirect
            return HttpResponse(_("Stopped."), content_type="text/plain")
        return seen_other(request, link.get_absolute_url())
    context = {"stopped": link.stopped_at is not None, "what": KINDS.get(link.kind, _("Mail from us"))}
    return page(request, "outbox/stop_mail.html", context)


stop_mail.access = "public"  # type: ignore[attr-defined]
