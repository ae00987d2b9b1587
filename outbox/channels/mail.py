"""Mail by SMTP, or by whatever else EMAIL_URL names."""

import re
import smtplib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from outbox.dress import html_of
from outbox.links import STOP_HERE
from outbox.models import Message
from web.refusal import Refused

from .trouble import BadAddress, LineLost, Never, NoLine, NotNow

LONGEST = 254  # RFC 5321 allows a path of 256 with its angle brackets


class Mail:
    def address(self, to: str) -> str:
        """Lower case, since nobody has two mailboxes that differ by it; ASCII, since not every server has more."""
        address = to.strip(" ").lower()
        if len(address) > LONGEST:
            raise Refused(_("This email address is too long."))
        if not address.isascii():
            raise Refused(_("This email address has letters that mail cannot carry everywhere."))
        try:
            validate_email(address)
        except ValidationError:
            raise Refused(_("This is not an email address.")) from None
        return address

    def complete(self, message: Message, *, stop: str) -> None:
        """One click that stops it (RFC 8058), and the text once more as HTML unless its writer made some."""
        if stop:
            message.headers = {
                "List-Unsubscribe": f"<{stop}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            }
        message.html = message.html.replace(STOP_HERE, stop) or html_of(
            message.text, message.language, subject=message.subject, stop=stop
        )

    @contextmanager
    def line(self) -> Iterator[Callable[[Message], None]]:
        connection = get_connection()
        try:
            connection.open()
        except OSError as error:
            raise NoLine(_said(error)) from error
        try:
            yield partial(_deliver, connection)
        finally:
            with suppress(OSError):  # what was accepted is accepted, whether or not they say goodbye
                connection.close()


def _deliver(connection: Any, message: Message) -> None:
    try:
        connection.send_messages([_as_mail(message, connection)])
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        raise _answer(code, said, message, BadAddress) from error
    except smtplib.SMTPSenderRefused as error:
        # They do not take mail from us at all. The address is not to blame, nor is the message.
        raise LineLost(_plain(error.smtp_code, error.smtp_error, message)) from error
    except smtplib.SMTPResponseException as error:
        raise _answer(error.smtp_code, error.smtp_error, message, Never) from error
    except OSError as error:
        # Dropped or stalled, perhaps after they took the mail. It is tried again with the same Message-ID:
        # a double that the receiver can recognise is better than a message nobody gets.
        raise LineLost(_said(error)) from error


def _as_mail(message: Message, connection: Any) -> EmailMultiAlternatives:
    headers = {"Message-ID": message.message_id, "Auto-Submitted": "auto-generated", **message.headers}
    mail = EmailMultiAlternatives(
        message.subject, message.text, to=[message.to], headers=headers, connection=connection
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    return mail


def _answer(code: int, said: bytes | str, message: Message, for_good: type[Never]) -> Exception:
    problem = _plain(code, said, message)
    if code == 421:  # closing: the line is of no more use
        return LineLost(problem)
    return for_good(problem) if code >= 500 else NotNow(problem)


def _plain(code: int, said: bytes | str, message: Message) -> str:
    """Their words on one line, without the address, which is kept in one place only."""
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    text = re.sub(re.escape(message.to), "…", text, flags=re.IGNORECASE)
    return " ".join(f"{code} {text}".replace("\x00", "").split())


def _said(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".replace("\x00", "").split())
