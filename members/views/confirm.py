"""Showing again that it is them, before something that a borrowed screen must not do."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from web.pages import page, seen_other
from web.refusal import Refused

from .. import passkeys, proof, queries
from ..access import inside, own_account
from ..forms import PasskeyForm, ProofForm


@own_account
def confirm(request: HttpRequest) -> HttpResponse:
    """With the second step if they have one; otherwise with a code from the mail."""
    if request.method == "POST" and request.POST.get("action") == "mail":
        return _mail(request)
    form = None
    if request.method == "POST":
        form = PasskeyForm(request.POST) if "credential" in request.POST else ProofForm(request.POST)
        if form.is_valid() and _shown(request, form):
            return seen_other(request, _going(request))
    return _confirm(request, form)


def _confirm(request: HttpRequest, form: ProofForm | PasskeyForm | None) -> HttpResponse:
    held = queries.second_steps(request.user)
    context = {
        "form": form or ProofForm(),
        "held": held,
        "has_second_step": bool(held["passkeys"] or held["apps"]),
        "mailed": proof.code_is_mailed(request),
        "going": _going(request),
    }
    return page(request, "members/confirm.html", context, status=422 if form else 200)


def _mail(request: HttpRequest) -> HttpResponse:
    try:
        proof.mail_code(request, request.user)
    except Refused as error:
        form = ProofForm({})
        form.errors.clear()
        form.add_error(None, str(error))
        return _confirm(request, form)
    return HttpResponseRedirect(f"{reverse('confirm')}?{urlencode({'next': _going(request)})}", status=303)


def _shown(request: HttpRequest, form: ProofForm | PasskeyForm) -> bool:
    """Whether it is them; if not, the form says why."""
    try:
        if queries.has_second_step(request.user.pk):
            proof.by_second_step(request, request.user, **form.cleaned_data)
        else:
            proof.by_mailed_code(request, request.user, form.cleaned_data.get("code", ""))
    except Refused as error:
        form.add_error("code" if "code" in form.fields else None, str(error))
        return False
    return True


@own_account
@require_POST
def confirm_question(request: HttpRequest) -> HttpResponse:
    return JsonResponse(passkeys.question(request.user))


def _going(request: HttpRequest) -> str:
    going = request.POST.get("next") or request.GET.get("next", "")
    return inside(request, going, otherwise=reverse("second_step"))
