import json

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from coalitions.access import own_account
from dashboards.queries.held import NOT_FOUND, NOT_SHOWN, as_document
from dashboards.queries.held import held as held_about
from members.models import Member
from web.pages import page


@own_account
@require_safe
def held(request: HttpRequest) -> HttpResponse:
    """“What do you know of me?” in plain words."""
    found = held_about(Member.objects.get(pk=request.user.pk), now=timezone.now())
    return page(
        request, "dashboards/held.html", {"held": found, "not_shown": NOT_SHOWN, "not_found": NOT_FOUND}
    )


@own_account
@require_safe
def held_json(request: HttpRequest) -> HttpResponse:
    """The same, to take away. The name of the file tells nobody whose it is."""
    found = held_about(Member.objects.get(pk=request.user.pk), now=timezone.now())
    text = json.dumps(as_document(found, today=timezone.localdate()), ensure_ascii=False, indent=2)
    return HttpResponse(
        text,
        content_type="application/json",
        headers={
            "Content-Disposition": 'attachment; filename="what-we-hold.json"',
            "Cache-Control": "private, no-store",
        },
    )
