"""What a person adds to signing in: passkeys, an app that shows codes, and codes on paper."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from web.pages import page, seen_other
from web.refusal import Refused

from .. import proof, queries
from ..access import own_account, own_account_lately
from ..actions import second_step as actions
from ..forms import ProofForm

SECRET = "members.app_secret"  # noqa: S105  its name in the session, until the app has shown a code


@own_account
def second_step(request: HttpRequest) -> HttpResponse:
    held = queries.second_steps(request.user)
    needed = request.user.is_staff and not (held["passkeys"] or held["apps"])
    return page(request, "members/second_step.html", {**held, "needed": needed})


@own_account_lately
def add_app(request: HttpRequest) -> HttpResponse:
    """First a secret for the app to read, then a code that shows it was read."""
    if request.method == "POST" and "code" not in request.POST:
        request.session[SECRET] = get_adapter().encrypt(generate_totp_secret())
        return seen_other(request, reverse("add_app"))
    if SECRET not in request.session:
        return page(request, "members/add_app.html", {"form": ProofForm()})
    secret = get_adapter().decrypt(request.session[SECRET])
    form = ProofForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            code = form.cleaned_data["code"]
            app = actions.add_app(request.user, secret=secret, code=code, now=timezone.now())
        except Refused as error:
            form.add_error("code", str(error))
        else:
            del request.session[SECRET]
            return added(request, app, _("The app is added."))
    address = get_adapter().build_totp_url(request.user, secret)
    parts = [secret[start : start + 4] for start in range(0, len(secret), 4)]
    context = {"form": form, "secret": parts, "address": address}
    return page(request, "members/add_app.html", context, status=422 if form.is_bound else 200)


def added(request: HttpRequest, authenticator: Authenticator, words: str) -> HttpResponse:
    """It just showed that it is them. The first one leads on to the codes for the day it is lost."""
    proof.remember(request, authenticator)
    messages.success(request, words)
    held = queries.second_steps(request.user)
    return seen_other(request, reverse("second_step" if held["codes"] else "recovery_codes"))


@own_account_lately
def remove_second_step(request: HttpRequest, pk: int) -> HttpResponse:
    authenticator = get_object_or_404(Authenticator, pk=pk, user=request.user, type__in=("webauthn", "totp"))
    if request.method == "POST":
        actions.remove_second_step(authenticator, now=timezone.now())
        messages.success(request, _("It is removed."))
        return seen_other(request, reverse("second_step"))
    passkey = authenticator.wrap() if authenticator.type == "webauthn" else None
    last = queries.is_last_step(authenticator)
    context = {"authenticator": authenticator, "passkey": passkey, "last": last}
    return page(request, "members/remove_second_step.html", context)


@own_account_lately
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Shown in the answer itself and kept nowhere to be read again, so a second press makes and shows new ones."""
    if not queries.has_second_step(request.user.pk):
        return redirect("second_step")
    codes = []
    if request.method == "POST":
        codes = actions.make_recovery_codes(request.user, now=timezone.now())
    had = bool(queries.second_steps(request.user)["codes"])
    return page(request, "members/recovery_codes.html", {"codes": codes, "had": had})
