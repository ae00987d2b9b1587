"""Shared words that come off the page again: taken back by their author, or withheld to protect someone."""

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from coalitions.access import requires
from coalitions.models import Seat
from coalitions.roles import Can
from web.pages import page, seen_other

from .. import headlines
from ..access import round_of
from ..actions import release
from ..forms.record import MineForm, WithholdForm
from ..models import Word


@requires(Can.DISSENT)
def withdraw_words(request: HttpRequest, seat: Seat, number: int, id: int) -> HttpResponse:
    word = _word(seat, number, id)
    form = MineForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        release.withdraw_words(word=word, now=timezone.now())
        messages.success(request, _("The words are taken back, here and in every release."))
        return seen_other(request, _board(word))
    return _page(request, "milestones/withdraw_words.html", word, form)


@requires(Can.RECORD)
def withhold_words(request: HttpRequest, seat: Seat, number: int, id: int) -> HttpResponse:
    word = _word(seat, number, id)
    form = WithholdForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        release.withhold_words(word=word, by=seat, because=form.cleaned_data["because"], now=timezone.now())
        messages.success(request, _("The words are off every page. The reason is on record."))
        return seen_other(request, _board(word))
    return _page(request, "milestones/withhold_words.html", word, form)


def _word(seat: Seat, number: int, id: int) -> Word:
    """Sealed words are nobody's to see before the opening."""
    round = round_of(seat, number)
    if not round.opened_at:
        raise Http404
    word = get_object_or_404(round.words.select_related("item"), pk=id)
    word.round = round
    return word


def _page(request: HttpRequest, template: str, word: Word, form: Form) -> HttpResponse:
    context = {
        "word": word,
        "form": form,
        "round": word.round,
        "item": word.item,
        "group": headlines.group_name(word.group),
        "back": _board(word),
    }
    return page(request, template, context, status=422 if form.errors else 200)


def _board(word: Word) -> str:
    return reverse("board", args=[word.round.coalition.slug, word.round.number, word.item.position])
