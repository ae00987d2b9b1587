"""A person's own page: small forms, each for one thing. Nothing in an address says who; the session does."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from checkins.actions import silence, unsilence
from checkins.queries import KIND as REMINDERS
from checkins.queries.evaluators import KIND as RELEASES
from checkins.queries.leads import KIND as NOTE_TO_LEADS
from checkins.queries.monthly import CHECKINS
from coalitions.access import own_account
from coalitions.forms.contact import ContactForm
from coalitions.models import Seat
from coalitions.roles import Can
from members.forms import NameForm, QuietForm
from members.models import Member
from outbox.actions import wishes
from outbox.links import absolute
from outbox.queries import problem_addresses, wishes_of
from outbox.registry import KINDS
from web.pages import page, seen_other


@own_account
def me(request: HttpRequest) -> HttpResponse:
    return _me(request)


def _me(request: HttpRequest, status: int = 200, **bound: Any) -> HttpResponse:
    """The page, with the one form that could not be saved, if there is one, as `form` too."""
    # A copy of its own, so that a name that was refused does not appear in the masthead.
    member = Member.objects.get(pk=request.user.pk)
    contact = bound.pop("contact", None)
    seats = [
        (seat, contact if contact and contact.instance.pk == seat.pk else _contact_form(seat))
        for seat in _seats(member).select_related("coalition", "silence")
    ]
    token = member.calendar_token
    context = {
        "member": member,
        "name_form": NameForm(instance=member),
        "quiet_form": QuietForm(instance=member),
        "seats": seats,
        "kinds": [
            wish
            for wish in wishes_of(member.email, now=timezone.now())
            if wish.stopped or wish.paused_until or _concerns(wish.kind, member, seats)
        ],
        "came_back": bool(problem_addresses([member.email])),
        "calendar": absolute(reverse("calendar_feed", args=[token])) if token else "",
        "form": contact or next(iter(bound.values()), None),
    }
    return page(request, "dashboards/me.html", context | bound, status=status)


def _seats(member: Any) -> Any:
    return Seat.objects.current().filter(member=member.pk).order_by("joined", "pk")


def _concerns(kind: str, member: Member, seats: Any) -> bool:
    """Whether they would ever get this kind of mail: a parent gets no note that is for leads."""
    if kind == NOTE_TO_LEADS:
        return any(seat.lead for seat, _contact in seats)
    needed = {REMINDERS: Can.ANSWER, CHECKINS: Can.CHECK_IN}.get(kind)
    if needed:
        return any(seat.can(needed) for seat, _contact in seats)
    return kind != RELEASES or member.cohorts.exists()


def _contact_form(seat: Seat, sent: Any = None) -> ContactForm:
    return ContactForm(sent, instance=seat, auto_id=f"id_{seat.coalition.slug}_%s")


def _saved(request: HttpRequest, name: str, form: Any, sentence: str) -> HttpResponse:
    if request.method != "POST":
        return redirect("me")
    if not form.is_valid():
        return _me(request, status=422, **{name: form})
    form.instance.save(update_fields=form.fields)
    messages.success(request, sentence)
    return seen_other(request, reverse("me"))


@own_account
def my_name(request: HttpRequest) -> HttpResponse:
    form = NameForm(request.POST or None, instance=Member.objects.get(pk=request.user.pk))
    return _saved(request, "name_form", form, _("Your name is saved."))


@own_account
def my_quiet_hours(request: HttpRequest) -> HttpResponse:
    form = QuietForm(request.POST or None, instance=Member.objects.get(pk=request.user.pk))
    return _saved(request, "quiet_form", form, _("Your quiet hours are saved."))


@own_account
def my_contact(request: HttpRequest, slug: str) -> HttpResponse:
    seat = _seats(request.user).filter(coalition__slug=slug).select_related("coalition").first()
    if seat is None:
        raise Http404
    form = _contact_form(seat, request.POST or None)
    return _saved(request, "contact", form, _("How the table reaches you is saved."))


@own_account
def my_mail(request: HttpRequest) -> HttpResponse:
    """Stop or pause one kind of mail, have it again, or say that an address works again."""
    if request.method == "POST":
        email, kind = request.user.email, request.POST.get("kind", "")
        if "works" in request.POST:
            wishes.try_again(to=email)
        elif kind not in KINDS or not wishes.heed(said=request.POST, to=email, kind=kind, now=timezone.now()):
            raise Http404
        messages.success(request, _("Your mail is set."))
    return seen_other(request, reverse("me"))


@own_account
def my_reminders(request: HttpRequest, slug: str) -> HttpResponse:
    """Off or on again, at one table. Whoever turned them off, it is theirs to say."""
    seat = _seats(request.user).filter(coalition__slug=slug, arrived__isnull=False)
    seat = seat.select_related("coalition", "member").first()
    if seat is None:
        raise Http404
    if request.method == "POST":
        if "on" in request.POST:
            unsilence(seat=seat, by=seat, now=timezone.now())
        else:
            silence(seat=seat, by=seat, now=timezone.now())
        messages.success(request, _("Your reminders are set."))
    return seen_other(request, reverse("me"))
