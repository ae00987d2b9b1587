"""Signing in with a code from the mail."""

from typing import Any

from allauth.account import views as account
from allauth.account.adapter import get_adapter
from django.http import HttpResponse

from ..access import public


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
