import re
from datetime import time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from coalitions.models import Group, Seat
from members.models import Member
from outbox.actions import wishes
from outbox.models import ProblemAddress, StopLink
from outbox.registry import KINDS
from tests.factories.tables import a_coalition, seat_of

ME = "/me/"
GETS = ("me", "held", "held_json", "close_account", "change_email", "confirm_email", "devices")
POSTS = ("my_name", "my_quiet_hours", "my_mail", "my_calendar")
RTL, LINE = "\u202e", "\u2028"


@pytest.fixture
def reminders(monkeypatch):
    monkeypatch.setitem(KINDS, "reminder", "Reminders about a round")
    return "reminder"


def words(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_it_says_what_is_known_and_where_to_change_it(client_of, parent):
    Seat.objects.filter(pk=parent.pk).update(paid="stipend", contact="text 502-555-0100", title="Mom of two")
    Member.objects.filter(pk=parent.member_id).update(language="en")
    page = words(client_of(parent).get(ME))
    for said in (
        "Paz Parent", "paz@care-forward.example", "9:00 p.m.", "8:00 a.m.", "Care Forward Kentucky", "Mom of two",
        "has a vote", "Gets a stipend", "text 502-555-0100", "January 2026",
        reverse("held"), reverse("close_account"), reverse("change_email"), reverse("devices"),
        reverse("leave_seat", args=["care-forward"]),
    ):  # fmt: skip
        assert said in page, said


def test_whoever_runs_the_site_finds_the_way_to_it(client_of, site_admin, parent, lead):
    ways = [f'href="{reverse(name)}"' for name in ("start", "admin:index")]
    assert all(way in words(client_of(site_admin).get(ME)) for way in ways)
    for who in (parent, lead):
        assert not any(way in words(client_of(who).get(ME)) for way in ways)


def test_nobody_is_named_in_an_address_so_everyone_reads_themselves(
    client_of, lead, parent, outsider, site_admin
):
    for who in (lead, outsider, site_admin):
        page = words(client_of(who).get(ME))
        assert "paz@care-forward.example" not in page
    assert "paz@care-forward.example" in words(client_of(parent).get(ME))


@pytest.mark.parametrize("name", [*GETS, *POSTS])
def test_a_stranger_signs_in_first(visitor, name):
    for answer in (visitor.get(reverse(name)), visitor.post(reverse(name))):
        assert answer.status_code == 302
        assert answer.url.startswith("/sign-in/")


@pytest.mark.parametrize("name", [*GETS, *POSTS, "my_contact", "leave_seat"])
def test_a_session_for_one_seat_opens_none_of_it(through_link, parent, name):
    browser = through_link(parent)
    address = reverse(name, args=["care-forward"] if name in ("my_contact", "leave_seat") else [])
    said = {"name": "Somebody Else", "contact": "elsewhere", "renew": "1"}
    for answer in (browser.get(address), browser.post(address, said)):
        assert answer.status_code == 403
        assert parent.member.email not in words(answer)
    parent.refresh_from_db()
    parent.member.refresh_from_db()
    assert (parent.left, parent.contact, parent.member.name) == (None, "", "Paz Parent")
    assert Member.objects.get(pk=parent.member_id).calendar_token is None


def test_their_name_changes_everywhere(client_of, lead, parent):
    browser = client_of(parent)
    assert browser.post(reverse("my_name"), {"name": "  Paz María P.  "}).status_code == 303
    assert "Paz María P." in words(client_of(lead).get(reverse("people", args=["care-forward"])))


@pytest.mark.parametrize(
    "name",
    [
        "",
        "   ",
        "\u200b\u200b",
        "x" * 300,
        f"Lena {RTL}daeL",
        "Lena\r\nBcc: all@example.org",
        f"Lena{LINE}Lead",
        "🙂",
    ],
)
def test_a_name_that_cannot_be_read_is_said_so(client_of, parent, name):
    answer = client_of(parent).post(reverse("my_name"), {"name": name})
    assert answer.status_code == 422
    assert 'href="#id_name"' in words(answer)
    assert Member.objects.get(pk=parent.member_id).name == "Paz Parent"
    assert '<span class="wide-only">Paz Parent</span>' in words(answer), (
        "the masthead keeps the name that holds"
    )


@pytest.mark.parametrize("name", ["Nguyễn Thị Ánh", "علی\u200cرضا", "José O’Neill-Ruiz", "李"])
def test_names_of_all_kinds_are_kept(client_of, parent, name):
    client_of(parent).post(reverse("my_name"), {"name": name})
    assert Member.objects.get(pk=parent.member_id).name == name


def test_a_nul_is_refused(client_of, parent):
    assert client_of(parent).post(reverse("my_name"), {"name": "Paz\x00"}).status_code == 400


def test_quiet_hours(client_of, parent):
    browser = client_of(parent)
    said = {"quiet_from": "20:30", "quiet_until": "09:15:59"}
    assert browser.post(reverse("my_quiet_hours"), said).status_code == 303
    member = Member.objects.get(pk=parent.member_id)
    assert (member.quiet_from, member.quiet_until) == (time(20, 30), time(9, 15))
    assert "20:30" in words(browser.get(ME))
    browser.post(reverse("my_quiet_hours"), {"quiet_from": "00:00", "quiet_until": "00:00"})
    browser.post(reverse("language"), {"language": "en"})
    assert "We write to you at any hour." in words(browser.get(ME))


@pytest.mark.parametrize("wrong", ["", "9 pm", "25:00", "-1:00", "12:60", "<b>", "9" * 400, "21:00+05"])
def test_a_time_that_is_no_time(client_of, lead, wrong):
    answer = client_of(lead).post(reverse("my_quiet_hours"), {"quiet_from": wrong, "quiet_until": "08:00"})
    assert answer.status_code == 422
    assert "Write a time like 21:00." in words(answer)
    assert Member.objects.get(pk=lead.member_id).quiet_from == time(21)


def test_their_language_is_a_press_away(client_of, parent):
    browser = client_of(parent)
    assert 'value="en"' in words(browser.get(ME))
    answer = browser.post(reverse("language"), {"language": "en", "next": ME})
    assert answer.url == ME
    assert "Your settings" in words(browser.get(ME))
    assert Member.objects.get(pk=parent.member_id).language == "en"


def test_a_kind_of_mail_is_stopped_and_had_again(client_of, lead, parent, reminders):
    browser = client_of(lead)
    assert "You get this mail." in words(browser.get(ME))
    assert browser.post(reverse("my_mail"), {"kind": reminders, "stop": "1"}).status_code == 303
    assert StopLink.objects.get(to=lead.member.email, kind=reminders).stopped_at
    assert "You stopped this mail." in words(browser.get(ME))
    assert "You stopped this mail." not in words(client_of(parent).get(ME))
    browser.post(reverse("my_mail"), {"kind": reminders, "again": "1"})
    assert not StopLink.objects.get(to=lead.member.email, kind=reminders).stopped_at
    assert browser.post(reverse("my_mail"), {"kind": "no such kind"}).status_code == 404


@pytest.mark.parametrize("days", [3, 7])
def test_a_kind_of_mail_is_paused_and_had_again(client_of, lead, parent, reminders, days):
    browser, pressed = client_of(lead), timezone.now()
    assert browser.post(reverse("my_mail"), {"kind": reminders, "pause": str(days)}).status_code == 303
    link = StopLink.objects.get(to=lead.member.email, kind=reminders)
    assert timedelta(days=days) <= link.paused_until - pressed <= timedelta(days=days + 1, minutes=1)
    said = words(browser.get(ME))
    assert f"You get none until {date_format(timezone.localtime(link.paused_until), 'l, F j')}." in said
    assert "You get none until" not in words(client_of(parent).get(ME))
    assert "none until" in words(browser.get(reverse("held")))
    browser.post(reverse("my_mail"), {"kind": reminders, "again": "1"})
    assert StopLink.objects.get(pk=link.pk).paused_until is None
    assert browser.post(reverse("my_mail"), {"kind": reminders, "pause": "90"}).status_code == 404
    assert browser.get(reverse("my_mail"), {"kind": reminders, "pause": "3"}).status_code == 303
    assert StopLink.objects.get(pk=link.pk).paused_until is None


def test_an_address_that_came_back_can_work_again(client_of, lead):
    ProblemAddress.objects.create(to=lead.member.email, problem="550 gone", since=timezone.now())
    browser = client_of(lead)
    assert "came back" in words(browser.get(ME))
    browser.post(reverse("my_mail"), {"works": "1"})
    assert not ProblemAddress.objects.exists()


def test_how_the_table_reaches_them_is_theirs_to_say(client_of, parent, outsider):
    address = reverse("my_contact", args=["care-forward"])
    browser = client_of(parent)
    assert (
        browser.post(address, {"contact": "Text 502-555-0100", "lead": "on", "votes": ""}).status_code == 303
    )
    parent.refresh_from_db()
    assert (parent.contact, parent.lead, parent.votes) == ("Text 502-555-0100", False, True)
    for wrong in ("x" * 300, "one\ntwo"):
        answer = browser.post(address, {"contact": wrong})
        assert answer.status_code == 422
        assert 'href="#id_care-forward_contact"' in words(answer)
    assert client_of(outsider).post(address, {"contact": "mine"}).status_code == 404
    parent.refresh_from_db()
    assert parent.contact == "Text 502-555-0100"


@pytest.mark.parametrize("name", ["my_name", "my_quiet_hours", "my_mail", "my_calendar"])
def test_looking_changes_nothing(client_of, parent, name):
    answer = client_of(parent).get(reverse(name))
    assert answer.status_code in (302, 303)
    assert answer.url.startswith(ME)


def test_a_seat_not_taken_yet_is_offered(client_of, parent, other_coalition):
    seat_of(parent.member, other_coalition, Group.OTHER, arrived=None)
    page = words(client_of(parent).get(ME))
    assert reverse("take_seat", args=["kansas-cares"]) in page
    assert f'href="{reverse("home", args=["kansas-cares"])}"' not in page


def test_as_many_queries_for_three_tables_as_for_one(
    client_of, parent, other_coalition, django_assert_num_queries, reminders
):
    browser = client_of(parent)
    wishes.stop(to=parent.member.email, kind=reminders, now=timezone.now())
    with CaptureQueriesContext(connection) as one:
        browser.get(ME)
    seat_of(parent.member, other_coalition)
    seat_of(parent.member, a_coalition("Third", slug="third", state="TX"))
    with django_assert_num_queries(len(one)):
        assert "third" in words(browser.get(ME))


def test_only_mail_that_could_come_is_listed(client_of, parent, observer, evaluator):
    def listed(who) -> list[bool]:
        page = words(client_of(who).get(ME))
        return [f'value="{kind}"' in page for kind in ("reminders", "check-ins")]

    assert listed(parent) == [True, True]
    assert listed(observer) == [False, False]
    assert listed(evaluator) == [False, False]
