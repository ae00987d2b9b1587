"""Mail as another program reads it: sent through a socket, parsed by the rules of RFC 5322 and MIME."""

import re
from email import message_from_bytes, policy

import pytest
from django.conf import settings as our_settings
from django.utils.translation import override

from checkins.cadence import Name
from checkins.letters import reminder
from coalitions.models import Coalition
from members.models import Member
from milestones.models import Round
from outbox.actions.sending import send_all, send_due
from outbox.models import StopLink
from tests.factories.rounds import seven_milestones

pytestmark = pytest.mark.django_db
SITE = "https://table.kentucky.example"
LINK = f"{SITE}/l/{'x' * 43}/"
MOST = 8 * 1024


@pytest.fixture(autouse=True)
def _here(settings):
    settings.SITE_URL = SITE
    settings.DEFAULT_FROM_EMAIL = "Common Table <table@kentucky.example>"


def parsed(taken):
    """With line ends as they were written; CRLF is how they travel."""
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", taken["raw"])
    mail = message_from_bytes(taken["raw"].replace(b"\r\n", b"\n"), policy=policy.default)
    for part in mail.walk():
        assert part.defects == []
    assert [header.defects for header in mail.values() if header.defects] == []
    return mail


def test_text_first_then_html_both_in_utf_8(write, smtp, now):
    message = write(
        kind="reminder",
        language="es",
        subject="Se abrió: Niñez",
        text="Díganos, “así”: 日本\n\nAlto: [[stop]]",
    )
    send_due(now=now)
    mail = parsed(smtp.taken[0])
    assert mail.get_content_type() == "multipart/alternative"
    plain, html = mail.iter_parts()
    assert [plain.get_content_type(), html.get_content_type()] == ["text/plain", "text/html"]
    assert {plain.get_content_charset(), html.get_content_charset()} == {"utf-8"}
    link = f"{SITE}{StopLink.objects.get().get_absolute_url()}"
    assert plain.get_content().rstrip("\n") == f"Díganos, “así”: 日本\n\nAlto: {link}"
    assert '<html lang="es">' in html.get_content()
    assert "Díganos, “así”: 日本" in html.get_content()
    assert mail["Subject"] == "Se abrió: Niñez"
    assert mail["From"] == "Common Table <table@kentucky.example>"
    assert mail["To"] == message.to
    assert mail["List-Unsubscribe"].strip() == f"<{link}>"  # on a line of its own, since it is long
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"] == message.message_id


def test_what_they_asked_for_has_a_large_code_and_nothing_to_stop(write, smtp, now):
    write(subject="1234-5678 is your code", text="your code is\n\n    1234-5678\n\nType it.")
    send_due(now=now)
    mail = parsed(smtp.taken[0])
    assert "List-Unsubscribe" not in mail
    html = mail.get_body(("html",)).get_content()
    assert re.search(r'font-size:32px[^"]*">1234-5678<', html)


@pytest.mark.parametrize("how", ["drop-2", "450-2", "421-2"])
def test_every_try_is_the_same_mail(write, smtp, now, how):
    message = write(f"{how}@example.org", kind="reminder", text="Come: [[stop]]")
    for _try in range(3):
        send_all(clock=lambda: message.next_try_at)
        message.refresh_from_db()
    assert message.state == "sent"
    assert {taken["id"] for taken in smtp.taken} == {message.message_id}
    bodies = {parsed(taken).get_body(("html",)).get_content() for taken in smtp.taken}
    assert len(bodies) == 1


NASTY = "Paz\r\nBcc: all@example.org\r\n\r\n<b>x</b>"


def test_no_text_begins_a_header_or_a_body(write, smtp, now):
    write(kind="reminder", subject=f"A word {NASTY}", text=f"Hello {NASTY}\n.\nQUIT\n..\n[[stop]]")
    send_due(now=now)
    (taken,) = smtp.taken
    mail = parsed(taken)
    assert "Bcc" not in mail
    assert sorted(mail.keys()) == sorted({*mail.keys()}), "each header once"
    assert mail["Subject"] == "A word Paz Bcc: all@example.org <b>x</b>"
    plain, html = (part.get_content() for part in mail.iter_parts())
    assert "\n.\nQUIT\n..\n" in plain
    assert "&lt;b&gt;x" in html
    assert "<b>" not in html


@pytest.mark.parametrize("language", [code for code, _name in our_settings.LANGUAGES])
@pytest.mark.parametrize("name", Name)
def test_the_longest_reminder_is_at_most_eight_kilobytes(write, smtp, now, language, name):
    """With names as long as they may be, of letters that need the most room."""
    longest = {model: model._meta.get_field("name").max_length for model in (Coalition, Member)}
    table = Coalition(name="Ñ&" * (longest[Coalition] // 2), slug="x" * 60)
    round = Round(coalition=table, closes_at=now, version=seven_milestones())
    with override(language):
        subject, text = reminder(round, name, to="ñ<" * (longest[Member] // 2), link=LINK)
    write(
        "r" * 60 + "@" + "x" * 60 + ".example.org",
        kind="reminder",
        subject=subject,
        text=text,
        language=language,
    )
    send_due(now=now)
    (taken,) = smtp.taken
    parsed(taken)
    assert len(taken["raw"]) <= MOST
