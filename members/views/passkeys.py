"""A person's passkeys: adding one, and its name."""

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from web.pages import page, seen_other
from web.refusal import Refused

from .. import passkeys, queries
from ..access import own_account, own_account_lately
from ..actions import second_step as actions
from ..browsers import UNKNOWN, named
from ..forms import NewPasskeyForm, PasskeyNameForm
from .second_step import added


@own_account_lately
def add_passkey(request: HttpRequest) -> HttpResponse:
    here = named(request.headers.get("user-agent", ""))
    here = _("My passkey") if here == UNKNOWN else queries.spoken(here)
    form = NewPasskeyForm(request.POST or None, initial={"name": here})
    if request.method == "POST" and form.is_valid():
        try:
            passkey = actions.add_passkey(
                request.user,
                name=form.cleaned_data["name"],
                credential=passkeys.made(form.cleaned_data["credential"]),
                now=timezone.now(),
            )
        except Refused as error:
            form.add_error(None, str(error))
        else:
            return added(request, passkey, _("The passkey is added."))
    return page(request, "members/add_passkey.html", {"form": form}, status=422 if form.is_bound else 200)


@own_account_lately
@require_POST
def passkey_question(request: HttpRequest) -> HttpResponse:
    return JsonResponse(passkeys.question_for_new(request.user))


@own_account
def name_passkey(request: HttpRequest, pk: int) -> HttpResponse:
    passkey = get_object_or_404(Authenticator, pk=pk, user=request.user, type="webauthn")
    form = PasskeyNameForm(request.POST or None, initial={"name": passkey.wrap().name})
    if request.method == "POST" and form.is_valid():
        actions.name_passkey(passkey, name=form.cleaned_data["name"])
        messages.success(request, _("The name is saved."))
        return seen_other(request, reverse("second_step"))
    context = {"form": form, "passkey": passkey}
    return page(request, "members/name_passkey.html", context, status=422 if form.is_bound else 200)
