"""The demo, and that nothing of it is anywhere else."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.urls import include, path, reverse
from django.utils import timezone

from checkins.queries.plan import plan_of
from coalitions.models import Coalition
from config.urls import urlpatterns as site
from dashboards.demo.agreed import AGREED, CORRECTED, EVIDENCE, VIEWS
from dashboards.demo.answers import BASES, MARKS, planned
from dashboards.demo.build import NotADemo, build, calendar
from dashboards.demo.finish import finish_round
from dashboards.demo.personas import PERSONAS
from dashboards.demo.table import BY_KEY, LATE, PEOPLE
from dashboards.management.commands import demo as command
from feedback.models import Result, Submission
from members.models import Member
from milestones.models import Agreement, Dissent, Draft, Release, Stage
from milestones.queries.board import boards
from milestones.queries.rounds import progress
from outbox.actions.sending import send_all
from tests.factories.tables import seat_of

urlpatterns = [*site, path("demo/", include("dashboards.demo_urls"))]


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """The whole demo, once for this file; each test's own changes are rolled back."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        settings.DEMO, before = True, settings.DEMO
        try:
            yield build(now=timezone.now())
        finally:
            settings.DEMO = before
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)


@pytest.fixture
def demo(built, db, settings):
    settings.DEMO = True
    settings.ROOT_URLCONF = __name__
    return Coalition.objects.get(pk=built.pk)


@pytest.fixture
def client():
    return Client()


# What the table is


def test_twenty_four_seats_answer_and_eleven_of_seventeen_votes_are_families(demo):
    seats = demo.seats.answering()
    assert seats.count() == 24
    families = [seat for seat in seats.voting() if seat.group in ("parent", "provider")]
    assert (len(families), seats.voting().count()) == (11, 17)
    assert demo.wanted_seats.count() == 2
    assert demo.state_id not in {"CO", "LA", "NM", "NY", "OR", "VA"}


def test_three_rounds_are_released_and_a_fourth_is_open(demo):
    now = timezone.now()
    rounds = list(demo.rounds.all())
    assert [round.releases.exists() for round in rounds] == [True, True, True, False]
    assert rounds[-1].stage(now) == Stage.OPEN
    assert 11 <= (rounds[-1].closes_at - now).days <= 18
    assert Release.objects.filter(round__coalition=demo, number=2).count() == len(CORRECTED)


def test_eighteen_of_twenty_four_have_answered_and_the_personas_have_something_left(demo):
    so_far = progress(demo.rounds.last())
    assert (so_far.answered, so_far.asked) == (18, 24)
    waiting = {seat.member.email.partition("@")[0] for seat in so_far.waiting_for}
    assert waiting == set(LATE)
    saved = {
        part.seat.member.email: part.saved for part in demo.rounds.last().parts.select_related("seat__member")
    }
    assert {key: saved[BY_KEY[key].email] for key in LATE} == LATE


def test_everybody_got_the_first_reminder(demo):
    first = plan_of(demo.rounds.last(), now=timezone.now()).rows[0]
    assert [number for _state, number in first.counts] == [24]
    assert str(first.where) == "sent"


def test_the_three_rounds_show_every_way_the_gate_decides(demo):
    opened = demo.rounds.filter(opened_at__isnull=False)
    shown = [board for round in opened for board in boards(round)]
    assert {len(board.figures) for board in shown} == {0, 1, 2, 3}
    assert any(figure.cannot_say for board in shown for figure in board.figures)
    assert any(board.worth_talking_about for board in boards(opened.last()))


def test_what_was_agreed_holds_a_range_a_claim_and_both_kinds_of_dissent(demo):
    agreed = Agreement.objects.filter(round__coalition=demo)
    assert agreed.filter(how="none", high__gt=2).count() == 1
    claim = agreed.get(round__number=3, item__code="M7")
    assert (claim.low, claim.proof) == (4, 0)
    kinds = {(view.seat is None, view.let_out) for view in Dissent.objects.filter(round__coalition=demo)}
    assert kinds == {(False, True), (False, False), (True, True), (True, False)}


def test_it_is_built_once(demo):
    call_command("load_demo", verbosity=0)
    assert Coalition.objects.filter(slug=demo.slug).count() == 1
    assert build(now=timezone.now()) == demo


def test_what_people_outside_said_waits_for_its_readers(demo, client):
    """Two batches, the newer without an answer, and a few visits that nobody sees yet."""
    form = demo.forms.get()
    assert [batch.submissions.count() for batch in form.batches.all()] == [14, 6]
    newest = form.batches.last()
    assert newest.voices.filter(replies=None).count() == newest.voices.count() == 5
    assert demo.said_and_done.count() == 3 and demo.said_and_done.filter(public=True).exists()
    assert {result.number for result in Result.objects.filter(wording__form=form)} == {1, 2}
    assert Submission.objects.filter(wording__form=form, batch=None).exists()
    groups = set(demo.seats.current().filter(reader=True).values_list("group", flat=True))
    assert "parent" in groups and len(groups) == 2
    html = client.get(reverse("demo")).content.decode()
    assert f"http://testserver{form.get_absolute_url()}" in html and 'class="qr"' in html
    assert client.get(form.get_absolute_url()).status_code == 200


# Its words and numbers, without a database


@pytest.mark.parametrize("number", MARKS)
def test_every_mark_has_a_person_and_every_word_a_speaker(number):
    people = [person for person in PEOPLE if person.answers_in(number)]
    for marks in MARKS[number].values():
        assert [len(digits) for digits in marks] == [sum(p.base == base for p in people) for base in BASES]
    assert planned(number) == planned(number)


def test_owners_authors_and_witnesses_sit_at_the_table():
    for number, agreed in AGREED.items():
        assert all(BY_KEY[each.owner].sits_in(number) for each in agreed.values())
        assert all(BY_KEY[view.by].answers_in(number) for view in VIEWS[number])
        assert all(EVIDENCE[key].round <= number for each in agreed.values() for key in each.evidence)
    assert all(BY_KEY[seen.by].sits_in(seen.round) for seen in EVIDENCE.values())


@pytest.mark.parametrize("month", range(1, 13))
def test_the_fourth_round_is_open_on_any_day(month):
    now = datetime(2027, month, 28, 23, 30, tzinfo=UTC)
    when = calendar(4, now)
    assert when.opens < when.answers < now < when.closes < when.meets
    assert (when.closes.hour, calendar(3, now).closes.hour) == (20, 20)


# Sitting down


LANDINGS = {who: ("home", ["care-forward"]) for who in PERSONAS} | {
    "evaluator": ("states", []),
    "small": ("home", ["little-rivers"]),
    "visitor": ("front", []),
}


@pytest.mark.parametrize(("who", "landing"), LANDINGS.items())
def test_one_click_signs_you_in(demo, client, who, landing):
    url = reverse(landing[0], args=landing[1])
    response = client.post(reverse("demo_sign_in", args=[who]))
    assert (response.status_code, response.url) == (303, url)
    assert client.get(url).status_code == 200
    assert ("_auth_user_id" in client.session) == (who != "visitor")


def test_a_link_signs_nobody_in(demo, client):
    assert client.get(reverse("demo_sign_in", args=["lead"])).status_code == 405
    assert client.get(reverse("demo_finish")).status_code == 405
    assert client.post(reverse("demo_sign_in", args=["dana"])).status_code == 404


def test_the_page_offers_everyone(demo, client):
    html = client.get(reverse("demo")).content.decode()
    for who in PERSONAS:
        assert reverse("demo_sign_in", args=[who]) in html
    assert "18 of 24" in html
    assert reverse("demo_finish") in html


def test_the_page_says_when_no_table_is_set(db, settings, client):
    settings.DEMO, settings.ROOT_URLCONF = True, __name__
    Coalition.objects.filter(slug="care-forward").delete()
    html = client.get(reverse("demo")).content.decode()
    assert "load_demo" in html


# The short cut


def test_the_button_closes_the_round_and_leads_to_the_opening(demo, client):
    round = demo.rounds.last()
    html = client.post(reverse("demo_finish"), follow=True).content.decode()
    round.refresh_from_db()
    assert round.sealed_at
    assert round.participation["everyone"] == {"asked": 24, "took_part": 24, "answered": 24}
    assert not Draft.objects.filter(round=round).exists()
    assert "The answers are sealed" in html
    assert reverse("demo_finish") not in html
    response = client.post(reverse("demo_sign_in", args=["facilitator"]), {"to": "opening"})
    assert response.url == reverse("opening", args=[demo.slug, round.number])
    assert client.get(response.url).status_code == 200


def test_pressed_twice_it_says_so(demo, client):
    client.post(reverse("demo_finish"))
    html = client.post(reverse("demo_finish"), follow=True).content.decode()
    assert "No round is open" in html


def test_answers_of_somebody_who_finished_stand_and_a_stranger_cannot_say(demo, monkeypatch):
    asked = []
    monkeypatch.setattr("dashboards.demo.finish.answer", lambda **given: asked.append(given))
    stranger = seat_of(
        Member.objects.create_user("new@people.example"), demo, "parent", joined=timezone.localdate()
    )
    with pytest.raises(Exception, match="have not answered"):
        finish_round(coalition=demo, now=timezone.now())
    assert len(asked) == 7
    picks = next(given["answers"] for given in asked if given["seat"] == stranger)
    assert {answer.pick for answer in picks.values()} == {0}


def test_it_shows_the_mail_it_would_have_sent(demo, client, mailoutbox):
    assert "Gloria Fields" in client.get(reverse("demo_mail")).content.decode()
    client.post("/sign-in/", {"email": BY_KEY["dana"].email})
    assert "waiting" in client.get(reverse("demo_mail")).content.decode()
    send_all(clock=timezone.now)
    html = client.get(reverse("demo_mail")).content.decode()
    code = re.search(r"\d{4}-\d{4}", html)[0]
    assert client.post("/sign-in/code/", {"code": code}).url == reverse("tables")
    assert not mailoutbox
    client.post("/sign-out/")
    client.post("/sign-in/", {"email": "nobody@example.org"})
    send_all(clock=timezone.now)
    assert "It was no longer needed." in client.get(reverse("demo_mail")).content.decode()
    assert reverse("demo_mail") in client.get(reverse("demo")).content.decode()


# Never outside a demo


def test_outside_a_demo_the_addresses_do_not_exist(db, client, settings):
    settings.DEMO = False
    for address in ("/demo/", "/demo/as/lead/", "/demo/finish/", "/demo/mail/"):
        assert client.get(address).status_code == 404
        assert client.post(address).status_code == 404


def test_outside_a_demo_the_views_lead_nowhere_even_if_somebody_adds_them(demo, client, settings):
    settings.DEMO = False
    for address in ("/demo/", "/demo/as/lead/", "/demo/finish/", "/demo/mail/"):
        assert client.post(address).status_code == 404
    assert "_auth_user_id" not in client.session
    assert demo.rounds.last().stage(timezone.now()) == Stage.OPEN


def test_outside_a_demo_the_actions_refuse(demo, settings):
    settings.DEMO = False
    with pytest.raises(NotADemo):
        build(now=timezone.now())
    with pytest.raises(NotADemo):
        finish_round(coalition=demo, now=timezone.now())
    with pytest.raises(CommandError):
        call_command("load_demo")


@pytest.mark.parametrize(("value", "there"), [("1", True), ("0", False)])
def test_the_addresses_follow_the_setting(value, there, tmp_path):
    code = "import django; django.setup(); from django.urls import reverse; reverse('demo')"
    environment = os.environ | {
        "DEMO": value,
        "VAR_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    found = subprocess.run(
        [sys.executable, "-c", code], cwd=settings.BASE_DIR, env=environment, capture_output=True
    )
    assert (found.returncode == 0) == there


# The command


def test_it_says_which_port_is_not_one():
    for wanted in ("0", "65536", "http", "-1", "8 0", "٨٠٠٠"):
        with pytest.raises(CommandError, match="number from 1 to 65535"):
            command.a_free_port(wanted)


def test_it_says_that_a_port_is_taken():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(CommandError, match="not free"):
            command.a_free_port(str(taken.getsockname()[1]))


@pytest.fixture
def _signals():
    before = {sign: signal.getsignal(sign) for sign in command.SIGNS}
    yield
    for sign, handler in before.items():
        signal.signal(sign, handler)


@pytest.fixture
def port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.mark.usefixtures("_signals")
def test_the_command_serves_the_table_and_leaves_nothing_behind(monkeypatch, settings, tmp_path, port, capfd):
    settings.VAR_DIR = tmp_path
    monkeypatch.setenv("PORT", str(port))
    seen = {}

    def look_around(running):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", "/demo/")
        seen["html"] = connection.getresponse().read().decode()
        seen["running"] = list(running)
        os.kill(os.getpid(), signal.SIGTERM)
        signal.pause()

    monkeypatch.setattr(command, "watch", look_around)
    call_command("demo", stdout=sys.stdout)
    said = capfd.readouterr().out
    assert "18 of 24" in seen["html"]
    assert re.search(r"css/base\.[0-9a-f]{12}\.css", seen["html"])
    assert f"http://127.0.0.1:{port}/demo/" in said
    assert "marisol@care-forward.example" in said
    assert all(process.poll() is not None for process in seen["running"])
    assert all(not alive(process.pid) for process in seen["running"])
    assert not list((tmp_path / "demo").iterdir())


def alive(group: int) -> bool:
    """Whether anybody of the group is left, once the system has had a moment to bury them."""
    for _moment in range(50):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return False
        time.sleep(0.1)
    return True


def test_it_says_when_the_site_ends_by_itself(port):
    ended = subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"])
    ended.args = [sys.executable, "-m", "gunicorn"]
    ended.wait()
    for check in (lambda: command.wait_until_it_answers(port, [ended]), lambda: command.watch([ended])):
        with pytest.raises(CommandError, match=r"gunicorn ended by itself \(3\)"):
            check()


def test_it_says_when_the_site_never_answers(monkeypatch, port):
    monkeypatch.setattr(command, "PATIENCE", 0.3)
    with pytest.raises(CommandError, match="did not answer"):
        command.wait_until_it_answers(port, [])


def test_it_says_when_setting_the_table_does_not_work(tmp_path):
    started = []
    process = command.start(["manage.py", "no_such_command"], command.surroundings(tmp_path, 1), started)
    with pytest.raises(CommandError, match="no_such_command did not work"):
        command.done(process)
    assert started == [process]


@pytest.mark.usefixtures("_signals")
def test_stopped_while_it_sets_the_table_it_leaves_nothing_running(monkeypatch, settings, tmp_path, port):
    settings.VAR_DIR = tmp_path
    monkeypatch.setenv("PORT", str(port))
    seen = []

    def stop_half_way(environment, started):
        seen.append(command.start(["-c", "import time; time.sleep(60)"], environment, started))
        os.kill(os.getpid(), signal.SIGINT)
        signal.pause()

    monkeypatch.setattr(command, "prepare", stop_half_way)
    call_command("demo", stdout=StringIO())
    assert not alive(seen[0].pid)
