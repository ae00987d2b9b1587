import uuid
from contextlib import suppress
from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.cryptokit import generate_user_code
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from outbox.actions.writing import Letter, enqueue
from web.refusal import Refused

from .actions.devices import forget_device, keep_device
from .actions.links import came_by_themselves
from .models import Device, Link, Member
from .queries import HAS_ACCOUNT


def keep_to(request: HttpRequest, link: Link) -> None:
    """From now on this session reaches what the link says and nothing else, for as long as the link stands."""
    request.session["only"], request.session["link"] = link.only, link.pk
    Device.objects.filter(session_key=request.session.session_key).update(link=link)


class SignInAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": _("This is not the code we sent. Look at the newest mail from us."),
        "too_many_login_attempts": _("That was too many tries. Wait five minutes, then ask for a new code."),
        "rate_limited": _("That was too many tries. Wait five minutes, then ask for a new code."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Seats are given by a table, never taken at the door."""
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """What cannot be read as an address, like `http://[`, is not a safe one."""
        try:
            return super().is_safe_url(url)
        except ValueError:
            return False

    def generate_login_code(self) -> str:
        """Digits, since a phone shows big keys for them; eight, so that guessing for a year gets nowhere."""
        return generate_user_code(length=8, numeric=True)

    def pre_login(self, request: HttpRequest, user: Member, *, email: str | None, **more: Any) -> Any:
        """A code that was on its way while the address changed went to the old one. It lets nobody in."""
        if email and email.lower() != user.email:
            return HttpResponseRedirect(reverse("account_request_login_code"))
        return super().pre_login(request, user, email=email, **more)

    def login(self, request: HttpRequest, user: Member) -> None:
        """Signing in gives the session a new key; the browser is listed under that one."""
        super().login(request, user)
        if not request.session.session_key:
            request.session.create()
        keep_device(
            user,
            session_key=str(request.session.session_key),
            user_agent=request.headers.get("user-agent", ""),
            today=timezone.localdate(),
        )

    def logout(self, request: HttpRequest) -> None:
        forget_device(str(request.session.session_key))
        super().logout(request)

    def format_email_subject(self, subject: str) -> str:
        return subject

    def post_login(self, request: HttpRequest, user: Member, **told: Any) -> HttpResponse:
        """Whoever comes by themselves ends what links began that were handed over in their name."""
        link = Link.objects.filter(pk=(told["signal_kwargs"] or {}).get("link", 0)).first()
        if link and link.only:
            keep_to(request, link)
        else:
            came_by_themselves(user, now=timezone.now())
        return super().post_login(request, user, **told)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Mail speaks the member's language, whatever the page does; and no page waits for it to leave."""
        member = Member.objects.filter(email__iexact=email).first()
        language = member.language if member else None
        with override(language):
            mail = self.render_mail(template_prefix, email, {"site_name": settings.SITE_NAME, **context})
        now = timezone.now()
        letter = Letter(
            key=f"sign-in/{uuid.uuid4()}",
            to=email,
            subject=str(mail.subject),
            text=str(mail.body),
            language=language or settings.LANGUAGE_CODE,
            check=HAS_ACCOUNT,
            not_after=now + timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT),
        )
        with suppress(Refused):  # an address that mail cannot reach gets the same answer as any other
            enqueue(letter, now=now, at_once=True)

    def send_code_to_nobody(self, email: str) -> None:
        """An address without an account costs the page as much time; the outbox drops the mail."""
        self.send_mail("account/email/login_code", email, {"code": self.generate_login_code()})
