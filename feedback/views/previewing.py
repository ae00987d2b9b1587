"""A form as somebody outside will meet it, for the leads who make it. Nothing is written and nothing can be sent:
the page carries the number of a question, and no visit."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from coalitions.access import requires
from coalitions.models import Seat
from coalitions.roles import Can

from .. import dress
from ..access import made_at
from ..queries import Previewed, preview
from ..visit import Visit
from . import pages

NO_RECEIPT = "0" * 16
STEPS = {"next": 1, "skip": 1, "back": -1}


@requires(Can.ASK_OUTSIDE)
def start_preview(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    return _dressed(pages.start(request, preview(made_at(seat, pk).wording)))


@csrf_exempt  # the page of a visitor holds no token, and this one writes nothing
@requires(Can.ASK_OUTSIDE)
def preview_form(request: HttpRequest, seat: Seat, pk: int, language: str) -> HttpResponse:
    form = preview(made_at(seat, pk).wording)
    if language not in form.wording.languages:
        raise Http404
    at = _number(request.POST.get("visit") or request.GET.get("at", ""))
    at = max(0, at + STEPS.get(request.POST.get("do", ""), 0))
    if at >= len(form.questions):
        return _dressed(pages.thanks(request, form, language, NO_RECEIPT))
    return _dressed(_question(request, form, language, at))


def _number(said: str) -> int:
    return int(said) if said.isascii() and said.isdigit() and len(said) < 4 else 0


def _question(request: HttpRequest, form: Previewed, language: str, at: int) -> HttpResponse:
    visit = Visit(uuid.uuid4(), form.wording.pk or 0, 0, at)
    return pages.question(request, form, language, visit, str(at))


def _dressed(response: HttpResponse) -> HttpResponse:
    response.headers["Content-Security-Policy"] = dress.POLICY
    return response
