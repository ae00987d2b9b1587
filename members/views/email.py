"""A new address for oneself: ask, then type the code that went there."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from web.pages import page, seen_other
from web.refusal import Refused

from ..access import own_account_lately
from ..actions import email as actions
from ..forms import NewEmailCodeForm, NewEmailForm
from .devices import sign_out_elsewhere


@own_account_lately
def change_email(request: HttpRequest) -> HttpResponse:
    form = NewEmailForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_for_email(
                member=request.user,
                email=form.cleaned_data["email"],
                session=request.session,
                now=timezone.now(),
            )
        except Refused as error:
            form.add_error("email", str(error))
        else:
            return seen_other(request, reverse("confirm_email"))
    return page(request, "members/change_email.html", {"form": form}, status=422 if form.is_bound else 200)


@own_account_lately
def confirm_email(request: HttpRequest) -> HttpResponse:
    """Right or wrong, used or unused: the page is the same, whatever the new address is."""
    asked = actions.asked_in(request.session)
    if asked is None:
        return redirect("change_email")
    form = NewEmailCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.confirm_email(
                member=request.user,
                code=form.cleaned_data["code"],
                session=request.session,
                now=timezone.now(),
            )
        except Refused as error:
            form.add_error("code", str(error))
        else:
            sign_out_elsewhere(request)
            messages.success(request, _("Your email is changed. You are signed out everywhere else."))
            return seen_other(request, reverse("me"))
    context = {"form": form, "email": asked.email}
    return page(request, "members/confirm_email.html", context, status=422 if form.is_bound else 200)
