"""“You said, we did”: written by leads and readers, read by the table, and by everybody where the table wants."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from coalitions.access import requires
from coalitions.models import Coalition, Seat
from coalitions.roles import Can
from members.access import public
from web.pages import page, seen_other
from web.refusal import Refused

from .. import actions
from ..forms.voices import ReplyForm
from ..models import SaidAndDone
from ..queries.inbox import Heard, Words, voices_of
from ..queries.said import let_out, table_said


@requires(Can.READ_TABLE, Can.READ_VOICES)
def said_and_done(request: HttpRequest, seat: Seat) -> HttpResponse:
    told = table_said(seat.coalition, get_language() or "en", today=seat.coalition.today(timezone.now()))
    replies = seat.can(Can.REPLY)
    context = {
        "told": told,
        "replies": replies,
        "reads": seat.can(Can.READ_VOICES),
        "late": [each for each in told if each.late] if replies else [],
        "is_public": any(each.row.public for each in told),
    }
    return page(request, "feedback/said_and_done.html", context)


@requires(Can.REPLY)
def reply(request: HttpRequest, seat: Seat) -> HttpResponse:
    """To the words that a reader chose, or to what the table heard elsewhere. Only readers see words here."""
    words, chosen = Words(seat.coalition), _chosen(request, seat)
    form = _form(request, words, initial=_begun(chosen, get_language() or "en"))
    if form.is_bound and form.is_valid():
        try:
            told = form.told([each.pk for each in chosen])
            actions.reply(by=seat, told=told, now=timezone.now(), form=form.cleaned_data["form_id"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved. People who kept their code can read it now."))
            return seen_other(request, _list(seat))
    return _page(request, "feedback/reply.html", seat, form, [words.heard(each) for each in chosen])


@requires(Can.REPLY)
def edit_said(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    said = get_object_or_404(SaidAndDone, coalition=seat.coalition, pk=pk)
    words = Words(seat.coalition)
    form = _form(request, words, initial=_written(said), first=said.language)
    if form.is_bound and form.is_valid():
        actions.change_reply(reply=said, told=form.told(), now=timezone.now())
        messages.success(request, _("Saved."))
        return seen_other(request, _list(seat))
    answered = voices_of(seat.coalition).filter(replies=said) if seat.can(Can.READ_VOICES) else ()
    return _page(request, "feedback/edit_said.html", seat, form, [words.heard(each) for each in answered])


@public
def public_said(request: HttpRequest, slug: str) -> HttpResponse:
    """No such table, and a table that lets nothing out, are the same."""
    coalition = Coalition.objects.filter(slug=slug).first()
    told = let_out(coalition, get_language() or "en") if coalition else []
    if not told:
        raise Http404
    return page(request, "feedback/public_said.html", {"name": coalition.name, "told": told})


def _form(request: HttpRequest, words: Words, *, initial: dict[str, Any], first: str = "") -> ReplyForm:
    spoken = dict.fromkeys(code for each in words.wordings for code in each.languages)
    return ReplyForm(
        request.POST if request.method == "POST" else None,
        items=words.items,
        also=spoken,
        first=first or get_language() or "en",
        initial=initial,
    )


def _chosen(request: HttpRequest, seat: Seat) -> list[Any]:
    """For readers alone; words that are hidden by now are left out."""
    if not seat.can(Can.READ_VOICES):
        return []
    sent = (request.POST if request.method == "POST" else request.GET).getlist("voice")[:200]
    known = [UUID(each) for each in sent if _is_key(each)]
    return list(voices_of(seat.coalition).filter(pk__in=known, hidden_because=""))


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _begun(chosen: list[Any], language: str) -> dict[str, Any]:
    """One voice is quoted as it is, to be cut short; of several the table writes what they say together."""
    tags = {each.milestone for each in chosen}
    begun = {"milestone": tags.pop() if len(tags) == 1 else ""}
    if len(chosen) == 1:
        one = chosen[0]
        begun[f"said_{one.language}"] = one.text
        if one.translation:
            begun[f"said_{one.translated_into}"] = one.translation
    return begun


def _written(said: SaidAndDone) -> dict[str, Any]:
    texts = {f"said_{code}": text for code, text in said.said.items()}
    texts |= {f"did_{code}": text for code, text in said.did.items()}
    return {**texts, "done": said.done, "due": said.due, "milestone": said.milestone, "public": said.public}


def _page(
    request: HttpRequest, template: str, seat: Seat, form: ReplyForm, chosen: list[Heard]
) -> HttpResponse:
    context = {"form": form, "chosen": chosen, "back": _list(seat)}
    return page(request, template, context, status=422 if form.errors else 200)


def _list(seat: Seat) -> str:
    return reverse("said_and_done", args=[seat.coalition.slug])
