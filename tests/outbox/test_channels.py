"""A second way to send is one module and one line in CHANNELS."""

from contextlib import contextmanager
from datetime import timedelta

import pytest

from outbox import channels
from outbox.actions.sending import send_all
from outbox.actions.wishes import pause, stop
from outbox.actions.writing import Letter, enqueue
from outbox.channels.trouble import BadAddress, NoLine
from outbox.models import Message, ProblemAddress, StopLink, Why
from outbox.queries import deliveries, held
from web.refusal import Refused

pytestmark = pytest.mark.django_db
PHONE = "+15025550100"


class Texts:
    """All that a module for text messages has to be."""

    def __init__(self):
        self.taken, self.open, self.works = [], 0, True

    def address(self, to: str) -> str:
        digits = "+" + "".join(filter(str.isdecimal, to))
        if len(digits) < 8:
            raise Refused("This is not a phone number.")
        return digits

    def complete(self, message: Message, *, stop: str) -> None:
        """The text is all there is."""

    @contextmanager
    def line(self):
        if not self.works:
            raise NoLine("nobody there")
        self.open += 1
        yield self.deliver

    def deliver(self, message: Message) -> None:
        if message.to.endswith("0000000"):
            raise BadAddress("no such number")
        self.taken.append(message)


@pytest.fixture
def texts(monkeypatch):
    toy = Texts()
    monkeypatch.setitem(channels.CHANNELS, "text", toy)
    return toy


def write(now, to=PHONE, key="a", **fields):
    letter = Letter(key=key, to=to, text="Come. No more: [[stop]]", channel="text", kind="reminder", **fields)
    return enqueue(letter, now=now)


def test_its_letters_are_their_text_and_nothing_of_mail(texts, smtp, now, settings):
    settings.SITE_URL = "https://table.example"
    message = write(now, "(+1) 502 555-0100")
    link = StopLink.objects.get()
    assert (message.to, link.to) == (PHONE, PHONE)
    assert (message.subject, message.html, message.headers) == ("", "", {})
    assert send_all(clock=lambda: now) == 1
    (taken,) = texts.taken
    assert taken.text == f"Come. No more: https://table.example{link.get_absolute_url()}"
    assert "<" not in taken.text
    assert smtp.lines == 0
    message.refresh_from_db()
    assert (message.state, message.text) == ("sent", "")


def test_both_ways_leave_in_one_sweep_each_over_its_own_line(texts, smtp, now):
    for n in range(3):
        write(now, f"+1502555010{n}", key=f"text/{n}")
        enqueue(Letter(key=f"mail/{n}", to=f"ok-{n}@example.org", text="Come.", subject="A word"), now=now)
    send_all(clock=lambda: now)
    assert (len(texts.taken), len(smtp.taken)) == (3, 3)
    assert (texts.open, smtp.lines) == (1, 1)


def test_trouble_on_one_way_holds_up_no_other(texts, smtp, now):
    texts.works = False
    message = write(now)
    mail = enqueue(Letter(key="m", to="ok@example.org", text="Come.", subject="A word"), now=now)
    send_all(clock=lambda: now)
    for each in (message, mail):
        each.refresh_from_db()
    assert (message.state, message.problem, message.attempts) == ("waiting", "nobody there", 0)
    assert mail.state == "sent"


def test_a_number_that_does_not_work_a_stop_and_a_pause(texts, now):
    gone = write(now, "+15020000000", key="gone")
    send_all(clock=lambda: now)
    assert ProblemAddress.objects.get().to == gone.to
    stop(to=PHONE, kind="reminder", now=now)
    pause(to="+15025550111", kind="reminder", until=now + timedelta(days=3), now=now)
    stopped, paused = write(now), write(now, "+15025550111", key="paused")
    send_all(clock=lambda: now)
    for each in (gone, stopped, paused):
        each.refresh_from_db()
    assert [each.state for each in (gone, stopped, paused)] == ["failed", "dropped", "waiting"]
    assert (stopped.problem, paused.problem) == (Why.STOPPED, Why.PAUSED)
    assert deliveries(beginning="gone").get().why == "no such number"
    assert held(PHONE).messages[0].about == "Reminders about a round"


def test_the_page_behind_its_link_speaks_of_messages(texts, now, client):
    write(now)
    html = client.get(StopLink.objects.get().get_absolute_url()).content.decode()
    main = html[html.index("<h1>") : html.index("</main>")]
    assert "Stop these messages?" in main
    assert "mail" not in main.lower()


def test_what_cannot_be_sent_there_is_refused_at_the_door(texts, now):
    with pytest.raises(Refused, match="phone number"):
        write(now, "rosa@example.org")
