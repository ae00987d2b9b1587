"""A table, its archive, a fresh site, the same table again: the same archive, and the same pages."""

import io
import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from coalitions.actions import end_seat, take_seat
from coalitions.models import Coalition, Cohort, Group, Seat
from dashboards.actions import close_account, load_archive
from milestones.models import Summary
from tests.factories.archived import a_fresh_site, a_full_table, archive_of, parts_of
from tests.factories.rounds import (
    NOW,
    agreed,
    an_open_round,
    everyone_answers,
    opened,
    released,
    seven_milestones,
)
from tests.factories.tables import a_coalition, a_member, a_seat, seat_of
from tests.factories.wordings import a_wording, an_own_wording
from web.seals import seals

NOT_LOADED = {"readings.json", "archive.json", "sealed"}


def files(raw: bytes) -> dict[str, str]:
    return {name: text.decode() for name, text in parts_of(raw).items() if name not in NOT_LOADED}


def inside(raw: bytes) -> object:
    return json.loads(seals("archive of a coalition").decrypt(parts_of(raw)["sealed"]))["rows"]


def comes_back_the_same(coalition: Coalition) -> Coalition:
    raw = archive_of(coalition)
    a_fresh_site()
    loaded = load_archive(file=io.BytesIO(raw))
    again = archive_of(Coalition.objects.get())
    assert loaded.opened
    assert files(again) == files(raw)
    assert inside(again) == inside(raw)
    return loaded.coalition


@pytest.mark.django_db
def test_archive_again_is_the_same(coalition, lead):
    comes_back_the_same(a_full_table(coalition, lead))


@pytest.mark.django_db
def test_a_table_that_just_began(coalition, lead):
    comes_back_the_same(coalition)


@pytest.mark.django_db
def test_closed_accounts_and_an_open_round(coalition, lead, parent):
    a_full_table(coalition, lead)
    close_account(member=parent.member, now=timezone.now())
    gone = coalition.seats.filter(group="parent", left=None).last()
    close_account(member=gone.member, now=timezone.now())
    an_open_round(coalition, lead, now=NOW + timedelta(days=400))
    again = comes_back_the_same(coalition)
    assert [round.number for round in again.rounds.all()] == [1, 2], "an open round is not carried"
    assert again.seats.filter(listed_email="").count() == 2


ROUND_PAGES = ("opening/", "report/", "placemat/", "release/", *(f"{n}/board/" for n in range(1, 8)))
TABLE_PAGES = (
    "milestones/", "milestones/M1/", "milestones/M3/", "milestones/L1/", "milestones/local/", "check-in/", "said-and-done/", "voices/results/", "learning/",
    *(f"round/{number}/{page}" for number in (1, 2) for page in ROUND_PAGES),
)  # fmt: skip
EVALUATORS_PAGES = (
    "", "releases/", "milestones/", "milestones/M1/", "changes/", "gaps/", "checks/", "learning/", "care-forward/M1/",
    "care-forward/1/1/", "care-forward/2/1/", "care-forward/2/1/report/", "report/", "exports/figures.csv",
    "exports/words.csv", "exports/views.csv", "exports/agreements.csv", "exports/evidence.csv",
)  # fmt: skip
ATTRIBUTES = re.compile(r'\s[\w-]+="[^"]*"')


def said_on(browser, addresses) -> dict[str, str]:
    """What people read there. Keys of rows stand in attributes alone."""
    told = {}
    for address in addresses:
        answer = browser.get(address)
        whole = b"".join(answer.streaming_content) if answer.streaming else answer.content
        told[address] = f"{answer.status_code} {ATTRIBUTES.sub('', whole.decode())}"
    return told


@pytest.mark.django_db
def test_the_pages_say_what_they_said(coalition, lead, client_of, time_machine):
    time_machine.move_to(datetime(2027, 7, 20, 12, tzinfo=UTC))
    a_full_table(coalition, lead)
    evaluator = Cohort.objects.get().evaluators.get()
    ours = [f"/c/care-forward/{page}" for page in TABLE_PAGES]
    theirs = [f"/e/{page}" for page in EVALUATORS_PAGES]
    public = ["/p/care-forward/", "/p/care-forward/2/"]
    before = said_on(client_of(lead), ours) | said_on(client_of(evaluator), theirs + public)
    assert sum(text.startswith("200") for text in before.values()) > len(before) - 4
    summaries = list(
        Summary.objects.order_by("round_number").values("cells", "levels", "participation", "season")
    )
    raw = archive_of(coalition)
    a_fresh_site()
    loaded = load_archive(file=io.BytesIO(raw)).coalition
    cohort = Cohort.objects.create(name="Cohort of archives")
    cohort.evaluators.add(a_member("Eva Evaluates"))
    Coalition.objects.update(cohort=cohort)
    seat = loaded.seats.get(lead=True)
    take_seat(seat=seat, now=timezone.now())
    after = said_on(client_of(Seat.objects.get(pk=seat.pk)), ours)
    after |= said_on(client_of(cohort.evaluators.get()), theirs + public)
    for address in before:
        assert after[address] == before[address], address
    again = Summary.objects.order_by("round_number").values("cells", "levels", "participation", "season")
    assert list(again) == summaries


class Worlds(TestCase):
    """Tables that live on by chance: people come, go, come back and close their accounts; wordings change."""

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        deeds=st.lists(
            st.sampled_from(["round", "own", "newer", "joins", "leaves", "back", "closes", "moves"]),
            max_size=9,
        ),
        size=st.integers(6, 14),
    )
    def test_comes_back_the_same(self, deeds, size):
        a_fresh_site()
        coalition = a_coalition("Chance", slug="chance", state="KY")
        lead = a_seat(coalition, "Lead Person", Group.ADVOCATE, lead=True)
        for n in range(size):
            a_seat(coalition, f"P{n} Person", (Group.PARENT, Group.PROVIDER, Group.AGENCY)[n % 3])
        version, now = seven_milestones(), NOW
        for n, deed in enumerate([*deeds, "round"]):
            now += timedelta(days=30)
            version = self.does(deed, coalition, lead, version, now, n) or version
        comes_back_the_same(coalition)

    def does(self, deed, coalition, lead, version, now, n):
        here = list(coalition.seats.current().exclude(pk=lead.pk).order_by("pk"))
        someone = here[n % len(here)] if here else None
        if deed == "round":
            round = an_open_round(coalition, lead, version=version, now=now)
            everyone_answers(round, coalition.seats.current().answering(), words=n % 2 == 0)
            done = agreed(opened(round, lead), lead)
            if parents := coalition.seats.current().filter(group="parent"):
                released(done, lead, yes_by=parents[0])
        if deed == "own":
            before = coalition.wordings.order_by("-pk").first()
            everybodys = version.follows if version.coalition_id else version
            return an_own_wording(everybodys, coalition, "L1", before=before)
        if deed == "newer":
            return a_wording(
                version.follows if version.coalition_id else version, f"newer {n}", M1="editorial"
            )
        if deed == "joins":
            a_seat(coalition, f"J{n} Person", Group.PARENT, arrived=None if n % 2 else now.date())
        if someone and deed == "leaves":
            end_seat(seat=someone, by=lead, now=now)
        if someone and deed == "back":
            end_seat(seat=someone, by=lead, now=now)
            seat_of(someone.member, coalition, someone.group)
        if someone and deed == "closes":
            close_account(member=someone.member, now=now)
        if someone and deed == "moves":
            someone.member.email = f"moved{n}@people.example"
            someone.member.save()
        return None
