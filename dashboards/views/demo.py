"""Only where DEMO is set: anyone may sit down as anyone at the invented table."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalitions.access import public
from coalitions.models import Coalition
from dashboards.demo.finish import finish_round
from dashboards.demo.outside import CODE
from dashboards.demo.personas import PERSONAS, Persona
from dashboards.demo.table import SLUG
from members.models import Member
from milestones.actions.sealing import seal_if_due
from milestones.models import Round
from milestones.queries.rounds import latest_round, progress
from outbox.queries import kept_here
from web.pages import page, seen_other
from web.refusal import Refused

MAILS_SHOWN = 50


def only_in_a_demo(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The addresses do not exist elsewhere; should anyone add them, they still lead nowhere."""

    @public
    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: str) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, **kwargs)

    return guarded


@only_in_a_demo
def demo(request: HttpRequest) -> HttpResponse:
    coalition = Coalition.objects.filter(slug=SLUG).first()
    round = latest_round(coalition) if coalition else None
    form = coalition.forms.filter(code=CODE).first() if coalition else None
    address = request.build_absolute_uri(form.get_absolute_url()) if form else ""
    context = {"table": coalition, "round": round, "people": PERSONAS, "form_address": address}
    if round:
        now = timezone.now()
        round = seal_if_due(round=round, now=now)
        context |= {"round": round, "stage": round.stage(now), "progress": progress(round)}
    return page(request, "dashboards/demo.html", context)


@only_in_a_demo
@require_POST
def demo_sign_in(request: HttpRequest, who: str) -> HttpResponse:
    """Sit down as somebody: at home, or at the opening when the form says so."""
    if who not in PERSONAS:
        raise Http404
    if who == "visitor":
        logout(request)
        return seen_other(request, reverse("front"))
    persona = PERSONAS[who]
    member = get_object_or_404(Member, email=persona.email)
    login(request, member, backend=settings.AUTHENTICATION_BACKENDS[0])
    return seen_other(request, _landing(persona, request.POST.get("to", "")))


def _landing(persona: Persona, to: str) -> str:
    if not persona.table:
        return reverse("states")
    newest = Round.objects.filter(coalition__slug=SLUG).order_by("-number").first()
    if to == "opening" and newest:
        return reverse("opening", args=[SLUG, newest.number])
    return reverse("home", args=[persona.table])


@only_in_a_demo
@require_POST
def demo_finish(request: HttpRequest) -> HttpResponse:
    try:
        finish_round(coalition=get_object_or_404(Coalition, slug=SLUG), now=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(
            request, _("Everyone has answered and the round has closed. The answers are sealed.")
        )
    return seen_other(request, reverse("demo"))


@only_in_a_demo
def demo_mail(request: HttpRequest) -> HttpResponse:
    return page(request, "dashboards/demo_mail.html", {"mails": kept_here(most=MAILS_SHOWN)})
