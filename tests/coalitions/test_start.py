"""An empty site: the link from the command, the table, and the three steps to the first round."""

import re
import uuid
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coalitions.models import Coalition, Event, Invitation, Seat, Verb
from members.models import Link, Member
from outbox.models import Message

ASKED = {
    "name": "Bluegrass Families",
    "state": "KY",
    "time_zone": "America/Chicago",
    "main_language": "es",
    "your_name": "Olive Owner",
    "group": "advocate",
    "title": "Organizer",
}


def made(*args) -> str:
    out = StringIO()
    call_command("create_owner", *args, stdout=out)
    return re.search(r"/l/[\w-]+/", out.getvalue())[0]


@pytest.fixture
def owner(db) -> Client:
    client = Client()
    client.post(made("owner@bluegrass.example"))
    return client


def start(client, **more):
    form = client.get("/start/").context_data["form"]["form"].value()
    return client.post("/start/", {"form": form, **ASKED, **more})


def test_the_printed_link_lets_the_owner_in_once_and_leads_to_the_start(db):
    url = made("Owner@Bluegrass.example", "--name", "Olive Owner")
    client = Client()
    assert client.get(url).status_code == 200
    assert client.post(url).url == "/start/"
    assert "This site is empty" in client.get("/start/").content.decode()
    assert Client().post(url).status_code == 410
    owner = Member.objects.get()
    assert (owner.email, owner.is_staff, owner.name) == ("owner@bluegrass.example", True, "Olive Owner")


def test_again_it_is_the_same_person_and_only_the_new_link_works(db):
    first, second = made("owner@bluegrass.example"), made("owner@bluegrass.example")
    assert Member.objects.count() == 1
    assert Client().post(first).status_code == 410
    assert Client().post(second).status_code == 302


def test_it_runs_out(db):
    url = made("owner@bluegrass.example")
    Link.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert Client().post(url).status_code == 410


@pytest.mark.parametrize(
    "address", ["", "olive", "a@b\r\nBcc: x@y.example", "ñ@x.example", "a" * 300 + "@x.example"]
)
def test_an_address_that_mail_cannot_reach_is_refused(db, address):
    with pytest.raises(CommandError):
        made(address)
    assert not Member.objects.exists()


def test_the_owner_leads_their_table_through_three_steps(owner, mailoutbox):
    answer = start(owner)
    assert answer.url == "/c/bluegrass-families/"
    coalition = Coalition.objects.get()
    assert (coalition.time_zone, coalition.main_language) == ("America/Chicago", "es")
    seat = Seat.objects.get()
    assert seat.lead and seat.arrived and seat.name == "Olive Owner"
    html = owner.get(answer.url).content.decode()
    assert "Three steps to your first round" in html
    steps = re.findall(r'<li( class="done")?><div><a href="([^"]+)"', html)
    assert [bool(done) for done, _url in steps] == [False] * 3
    listed = "name,email,group\nDan Dad,dan@x.example,parent\n"
    from coalitions.actions import import_roster
    from coalitions.roster import read

    today = coalition.today(timezone.now())
    rows = read(listed.encode(), today=today)
    import_roster(coalition=coalition, by=seat, rows=rows, now=timezone.now())
    form = owner.get(steps[1][1]).context_data["form"]["form_id"].value()
    dates = {"closes_on": "2090-01-02", "closes_time": "20:00", "meets_on": "2090-01-03"}
    owner.post(steps[1][1], {"form_id": form, "name": "One", **dates})
    form = owner.get(steps[2][1]).context_data["form"]["form"].value()
    owner.post(steps[2][1], {"form": form})
    assert Message.objects.get().to == "dan@x.example"
    html = owner.get(answer.url).content.decode()
    assert html.count('class="done"') == 3
    assert "Open the round for answers" in html
    owner.post(reverse("start_round", args=["bluegrass-families", 1]))
    assert "Three steps" not in owner.get(answer.url).content.decode()


def test_the_same_form_starts_one_table(owner):
    form = owner.get("/start/").context_data["form"]["form"].value()
    for _ in range(3):
        assert owner.post("/start/", {"form": form, **ASKED}).status_code == 303
    assert Coalition.objects.count() == Seat.objects.count() == 1


def test_two_tables_of_one_name_have_two_addresses(owner, client_of, site_admin):
    start(owner)
    assert start(client_of(site_admin)).url == "/c/bluegrass-families-2/"


def test_another_table_takes_a_second_step(owner, site_admin):
    start(owner)
    assert owner.get("/start/").url == reverse("second_step")
    before = Client()  # a session from before they had one
    before.force_login(site_admin)
    assert before.get("/start/").url == reverse("confirm")
    assert before.post("/start/", {"form": uuid.uuid4(), **ASKED}).url == reverse("confirm")
    assert Coalition.objects.count() == 1


def test_somebody_else_can_lead_and_is_asked_by_mail(owner):
    start(owner, lead_name="Lee Lead", lead_email=" Lee@X.example ")
    seat = Seat.objects.get()
    assert (seat.name, seat.email, seat.lead, seat.arrived) == ("Lee Lead", "lee@x.example", True, None)
    assert Invitation.objects.get().seat == seat
    assert owner.get("/c/bluegrass-families/").status_code == 404, "whoever runs the site has no seat there"
    assert Event.objects.get(verb=Verb.TABLE_STARTED).seat is None


@pytest.mark.parametrize(
    "bad",
    [
        {"name": ""}, {"name": "A\nB"}, {"name": "x" * 121}, {"state": "ZZ"}, {"time_zone": "Mars/Olympus"},
        {"group": "king"}, {"lead_email": "not an address"}, {"lead_email": "a@b\r\nBcc: c@d.example"},
        {"lead_email": "ñ@x.example"}, {"form": "x"},
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_and_nothing_is_written(owner, bad):
    answer = owner.post("/start/", {"form": uuid.uuid4(), **ASKED, **bad})
    assert answer.status_code == 422
    assert 'class="errors" role="alert"' in answer.content.decode()
    assert not Coalition.objects.exists()


def test_only_whoever_runs_the_site_starts_a_table(client_of, lead, evaluator, visitor):
    assert visitor.get("/start/").status_code == 302
    for who in (lead, evaluator):
        assert client_of(who).get("/start/").status_code == 404
        assert client_of(who).post("/start/", {"form": uuid.uuid4(), **ASKED}).status_code == 404
    assert Coalition.objects.filter(name=ASKED["name"]).count() == 0
