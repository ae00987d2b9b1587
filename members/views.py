"""Signing in with a code from the mail, and choosing a language."""

from typing import Any

from allauth.account import views as account
from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from .access import public
from .models import Member


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
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = resolve_url("front")
    response = HttpResponseRedirect(target, status=303)
    code = request.POST.get("language", "")
    if code in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            max_age=60 * 60 * 24 * 365,
            samesite="Lax",
            secure=settings.HTTPS,
        )
        if request.user.is_authenticated:
            Member.objects.filter(pk=request.user.pk).update(language=code)
    return response
