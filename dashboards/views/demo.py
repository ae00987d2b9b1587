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
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from coalitions.access import public
from coalitions.models import Coalition
from dashboards.demo.finish import finish_round
from dashboards.demo.outside import CODE
from dashboards.demo.table import BY_KEY, EVALUATOR, SLUG
from members.models import Member
from milestones.actions.sealing import seal_if_due
from milestones.models import Round
from milestones.queries.rounds import latest_round, progress
from outbox.queries import kept_here
from web.pages import page, seen_other
from web.refusal import Refused

# Who one can be: the person, the kind of mark if they answer, what they are, what they do and see here.
PERSONAS = {
    "lead": ("dana", "ot", gettext_lazy("Coalition lead"), gettext_lazy(
        "Sees how many have answered and whom to remind. Runs the round, records, releases. Starts with two answers left.")),
    "facilitator": ("sam", "", gettext_lazy("Facilitator"), gettext_lazy(
        "Opens the answers with everyone and records what the table agrees. Does not answer.")),
    "parent": ("marisol", "pp", gettext_lazy("Parent"), gettext_lazy(
        "Starts with three answers left. Her pages are in Spanish; the language button is at the top right.")),
    "provider": ("tonya", "pp", gettext_lazy("Child care provider"), gettext_lazy(
        "Has answered. Can read and change her own answers until the round closes, and then no more.")),
    "reader": ("tasha", "pp", gettext_lazy("Reader, and a parent"), gettext_lazy(
        "One of two who read what people outside write, many at once and without names. Says what the table does with it.")),
    "director": ("helen", "ot", gettext_lazy("Agency director"), gettext_lazy(
        "Holds power by her position. Starts with no answers. Sees what any member sees, and no more.")),
    "observer": ("nora", "", gettext_lazy("Observer"), gettext_lazy(
        "Reads what the table opened and agreed. Does not answer and does not count.")),
    "evaluator": (None, "", gettext_lazy("Evaluator"), gettext_lazy(
        "Sits at no table. Reads only what was released, with the yes of a parent or provider.")),
    "visitor": (None, "", gettext_lazy("Visitor"), gettext_lazy(
        "Not signed in. Sees the front page and how it works, and nothing of this table.")),
}  # fmt: skip


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
    context = {"table": coalition, "round": round, "people": _people(), "form_address": address}
    if round:
        now = timezone.now()
        round = seal_if_due(round=round, now=now)
        context |= {"round": round, "stage": round.stage(now), "progress": progress(round)}
    return page(request, "dashboards/demo.html", context)


def _people() -> list[dict]:
    found = []
    for who, (key, kind, label, sees) in PERSONAS.items():
        person = BY_KEY[key] if key else None
        name = person.name if person else (EVALUATOR[1] if who == "evaluator" else "")
        about = ", ".join(filter(None, (person.title, person.organization))) if person else ""
        found.append({"who": who, "kind": kind, "label": label, "sees": sees, "name": name, "about": about})
    return found


@only_in_a_demo
@require_POST
def demo_sign_in(request: HttpRequest, who: str) -> HttpResponse:
    """Sit down as somebody: at home, or at the opening when the form says so."""
    if who not in PERSONAS:
        raise Http404
    if who == "visitor":
        logout(request)
        return seen_other(request, reverse("front"))
    key = PERSONAS[who][0]
    member = get_object_or_404(Member, email=BY_KEY[key].email if key else EVALUATOR[0])
    login(request, member, backend=settings.AUTHENTICATION_BACKENDS[0])
    return seen_other(request, _landing(who, request.POST.get("to", "")))


def _landing(who: str, to: str) -> str:
    if who == "evaluator":
        return reverse("states")
    newest = Round.objects.filter(coalition__slug=SLUG).order_by("-number").first()
    if to == "opening" and newest:
        return reverse("opening", args=[SLUG, newest.number])
    return reverse("home", args=[SLUG])


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
