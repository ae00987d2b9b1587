"""Stopping and pausing messages: a page with buttons, and one click in a mail program (RFC 8058), which stops."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from web.pages import page, seen_other

from .actions import wishes
from .models import StopLink
from .queries import language_of
from .registry import KINDS

ONE_CLICK = "List-Unsubscribe"


@csrf_exempt  # a mail program brings no cookie; whoever holds the link may stop this one kind of mail
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_mail(request: HttpRequest, token: str) -> HttpResponse:
    link = get_object_or_404(StopLink, token=token)
    _speak_as_the_letter_did(request, link)
    now = timezone.now()
    if ONE_CLICK in request.POST:
        wishes.stop(to=link.to, kind=link.kind, now=now)
        return HttpResponse(_("Stopped."), content_type="text/plain")  # a mail program follows no redirect
    if request.method == "POST":
        if not wishes.heed(said=request.POST, to=link.to, kind=link.kind, now=now):
            raise Http404
        return seen_other(request, link.get_absolute_url())
    context = {
        "link": link,
        "paused_until": link.pause(now),
        "what": KINDS.get(link.kind, _("Messages from us")),
    }
    return page(request, "outbox/stop_mail.html", context)


def _speak_as_the_letter_did(request: HttpRequest, link: StopLink) -> None:
    """To whoever comes straight from their mail, and has picked no language here."""
    if settings.LANGUAGE_COOKIE_NAME in request.COOKIES or request.user.is_authenticated:
        return
    if language := language_of(link):
        translation.activate(language)
        request.LANGUAGE_CODE = language  # type: ignore[attr-defined]


stop_mail.access = "public"  # type: ignore[attr-defined]
