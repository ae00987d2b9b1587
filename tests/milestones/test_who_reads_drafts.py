"""Every page, for everyone, at every stage: its SQL is watched, and drafts and tallies are read nowhere else."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from django.utils import timezone

from coalitions.checks import addresses
from milestones.actions.agreement import record_agreement
from milestones.models import Draft, Part, Tally
from tests.factories.rounds import said

PRIVATE = re.compile(r'"milestones_(draft|tick|tally)"')
# Score pages read the visitor's own drafts. A page seen before the milestone is closed may seal it.
SCORE_ROOM = {"score", "answer", "share", "evidence", "my_answers", "confirm_group", "next_milestone"}
# What is held about the visitor, their own drafts of an open round included.
HELD = {"held", "held_json"}
CAST = (
    "lead",
    "facilitator",
    "parent",
    "provider",
    "director",
    "observer",
    "outsider",
    "evaluator",
    "site_admin",
)
STAGES = ("open_round", "answered_round", "closed_round", "opened_round", "agreed_round", "released_round")


def every_address(coalition) -> list[tuple[str, str]]:
    """(name, address) of every page of ours that can be asked for, filled in with rows that are there."""
    filled = {
        "slug": coalition.slug, "number": 1, "position": 1, "code": "M1", "pk": 1, "id": 1, "release": 1,
        "token": "none", "language": "en", "question": "none", "file": "figures.csv",
    }  # fmt: skip
    found = []
    for pattern in addresses(get_resolver()):
        if pattern.name and not pattern.name.startswith("demo"):
            names = pattern.pattern.converters
            assert set(names) <= set(filled), f"{pattern.name} has a part this test cannot fill"
            address = "/" + re.sub(
                r"<(?:\w+:)?(\w+)>", lambda part: str(filled[part[1]]), str(pattern.pattern)
            )
            found.append((pattern.name, address))
    return found


@pytest.mark.parametrize("stage", STAGES)
def test_drafts_and_tallies_are_read_nowhere_else(request, stage, coalition, client_of, visitor):
    request.getfixturevalue(stage)
    browsers = {who: client_of(request.getfixturevalue(who)) for who in CAST} | {"visitor": visitor}
    asked = 0
    for name, address in every_address(coalition):
        for who, browser in browsers.items():
            with CaptureQueriesContext(
                connection,
            ) as watched:
                answer = browser.get(address)
            assert answer.status_code < 500 or name == "readyz", (name, who)  # no clockwork runs here
            asked += 1
            read = [query["sql"] for query in watched if PRIVATE.search(query["sql"])]
            if read and name in HELD:
                member = browser.session["_auth_user_id"]
                own = (f'"member_id" = {member}', '"milestones_tick"')
                assert all(any(part in sql for part in own) for sql in read), (name, who, read)
            elif read:
                assert name in SCORE_ROOM, (name, who, read[0])
                assert who in ("lead", "parent", "provider", "director")
                seat = request.getfixturevalue(who)
                assert all(f'"seat_id" = {seat.pk}' in sql or '"milestones_tick"' in sql for sql in read), (
                    read
                )
    assert asked > 200


def test_the_watch_would_see_it(open_round):
    with CaptureQueriesContext(connection) as watched:
        list(Draft.objects.all())
        list(Tally.objects.all())
    assert sum(1 for query in watched if PRIVATE.search(query["sql"])) == 2


def test_agreeing_asks_opening_rows_and_never_an_answer(opened_round, lead):
    import uuid

    with CaptureQueriesContext(connection) as watched:
        record_agreement(
            round=opened_round, item=opened_round.version.items.first(), by=lead, said=said(), seen=0,
            now=opened_round.opened_at, form=uuid.uuid4(),
        )  # fmt: skip
    assert not [query["sql"] for query in watched if PRIVATE.search(query["sql"])]


def test_after_sealing_nothing_says_how_far_anybody_got(closed_round):
    assert not Draft.objects.exists()
    assert set(Part.objects.values_list("saved", flat=True)) == {None}


def test_no_tally_is_one_person(closed_round):
    """Each group that was counted has at least five who picked a level."""
    for item in closed_round.version.items.all():
        scored: dict[str, int] = {}
        for tally in Tally.objects.filter(round=closed_round, item=item, pick__gte=1):
            scored[tally.group] = scored.get(tally.group, 0) + tally.count
        assert all(count >= 5 for count in scored.values())


CHANGING = re.compile(
    r'name="(csrfmiddlewaretoken|form_id|form)"[^>]*value="[^"]*"|value="[^"]*"[^>]*name="(form_id|form)"'
)


def _everything(coalition, browsers) -> dict[tuple[str, str], str]:
    """What each page says to each person, without the tokens that differ every time."""
    return {
        (address, who): CHANGING.sub("", browser.get(address).getvalue().decode())
        for _name, address in every_address(coalition)
        for who, browser in browsers.items()
    }


def test_one_answer_changes_no_byte_for_anybody_else(
    request, coalition, client_of, visitor, answered_round, director, time_machine
):
    """Twin worlds: equal but for one private answer. Before the opening nobody else can tell them apart."""
    others = [who for who in CAST if who != "director"]
    browsers = {who: client_of(request.getfixturevalue(who)) for who in others} | {"visitor": visitor}
    time_machine.move_to(timezone.now(), tick=False)
    theirs = Draft.objects.filter(seat=director)
    theirs.update(pick=1, words="one thing")
    before = _everything(coalition, browsers)
    theirs.update(pick=5, words="quite another", shared=None)
    after = _everything(coalition, browsers)
    assert [key for key in before if before[key] != after[key]] == []
    own = client_of(director)
    mine = f"/c/{coalition.slug}/round/1/mine/"
    seen = own.get(mine).content.decode()
    theirs.update(pick=1)
    assert own.get(mine).content.decode() != seen, "the twin test would see a difference where there is one"
