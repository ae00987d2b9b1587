"""Signing in: with a code from the mail and then the second step of whoever has one, or with a passkey alone."""

from typing import Any

from allauth.account import views as account
from allauth.account.adapter import get_adapter
from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from allauth.core.internal import ratelimit
from allauth.mfa.stages import AuthenticateStage
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from web.pages import page
from web.refusal import Refused

from .. import passkeys, proof, queries
from ..access import public
from ..forms import PasskeyForm, ProofForm

in_second_step = login_stage_required(stage=AuthenticateStage.key, redirect_urlname="account_login")


class _Invalid422:
    """Like every form of ours: what could not be read is answered with 422 and the form."""

    def form_invalid(self, form: Any) -> HttpResponse:
        response = super().form_invalid(form)  # type: ignore[misc]
        if response.status_code == 200:
            response.status_code = 422
        return response


class _AskForCode(_Invalid422, account.RequestLoginCodeView):
    def form_valid(self, form: Any) -> HttpResponse:
        if form._user is None:
            get_adapter(self.request).send_code_to_nobody(form.cleaned_data["email"])
        return super().form_valid(form)


class _TypeCode(_Invalid422, account.ConfirmLoginCodeView):
    def _resend_form_valid(self, form: Any) -> HttpResponse:
        if self._process.user is None:
            get_adapter(self.request).send_code_to_nobody(self._process.state["email"])
        return super()._resend_form_valid(form)


ask_for_code = public(_AskForCode.as_view())
type_code = public(_TypeCode.as_view())


@public
@in_second_step
def second_step_at_sign_in(request: HttpRequest) -> HttpResponse:
    """After the code from the mail. Whoever removed their second step meanwhile goes on without one."""
    stage = request._login_stage
    member, form = stage.login.user, None
    held = queries.second_steps(member)
    if not held["passkeys"] and not held["apps"]:
        return stage.exit()
    if request.method == "POST":
        form = PasskeyForm(request.POST) if "credential" in request.POST else ProofForm(request.POST)
        if form.is_valid():
            try:
                proof.by_second_step(request, member, **form.cleaned_data)
                return stage.exit()
            except Refused as error:
                form.add_error("code" if "code" in form.fields else None, str(error))
    context = {"form": form or ProofForm(), "held": held}
    return page(request, "mfa/authenticate.html", context, status=422 if form else 200)


@public
@in_second_step
@require_POST
def second_step_question(request: HttpRequest) -> HttpResponse:
    return JsonResponse(passkeys.question(request._login_stage.login.user))


@public
@never_cache
@require_POST
def sign_in_question(request: HttpRequest) -> HttpResponse:
    """The same for everyone who asks: it names no passkey and no person."""
    if _too_often(request):
        return JsonResponse({}, status=429)
    return JsonResponse(passkeys.question(None))


@public
def sign_in_with_passkey(request: HttpRequest) -> HttpResponse:
    """What fails is said in one way, whoever it was and whatever was wrong."""
    if request.method != "POST" or request.user.is_authenticated:
        return redirect("account_login")
    form = PasskeyForm(request.POST)
    try:
        if _too_often(request):
            raise Refused(proof.TOO_MANY)
        if not form.is_valid():
            raise Refused(passkeys.NOT_TAKEN)
        passkey = passkeys.used(form.cleaned_data["credential"])
    except Refused as error:
        messages.error(request, str(error))
        going = urlencode({"next": request.POST.get("next", "")})
        return HttpResponseRedirect(f"{reverse('account_login')}?{going}", status=303)
    proof.remember(request, passkey, passwordless=True)
    return perform_login(request, Login(user=passkey.user))


def _too_often(request: HttpRequest) -> bool:
    return not ratelimit.consume(request, app="allauth.mfa", action="webauthn_login")
