"""Everybody tries every page about everybody: nothing is shown, changed or found out that is not theirs to.

`expected.txt` says who gets into which address; a page that is new or opens to more people is red until a person
has written down that it is meant. `python -m tests.matrix.expect` writes the file anew, for reading.
"""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from coalitions import actions
from coalitions.models import Seat
from members.models import Device, Link, Member
from milestones.models import Draft

from .addresses import every_address
from .world import HERE, World, a_world

EXPECTED = Path(__file__).with_name("expected.txt")
ACTORS = (
    *("lead", "colead", "facilitator", "reader", "parent", "provider", "director", "observer", "listed"),
    *("gone", "outsider", "stranger", "evaluator", "admin", "visitor"),
)
WAYS = {"get": {}, "post": {}, "htmx": {"hx-request": "true", "hx-target": "progress"}}
LEADS = {"lead": HERE, "colead": HERE, "outsider": "kansas-cares"}
# What a lead keeps of their own table; drafts are nobody's but their author's.
KEPT_BY_LEADS = {"address", "contact"}
OF_A_SEAT = [field.attname for field in Seat._meta.concrete_fields]


def typed() -> dict[str, str]:
    """Something for every form, so that what is refused is refused for who asks."""
    number = str(uuid.uuid4())
    return {
        "form": number, "form_id": number, "name": "N", "email": "typed@people.example", "group": "parent",
        "title": "T", "role": "member", "votes": "on", "level": "3", "pick": "3", "why": "Because.", "low": "3",
        "how": "everyone", "stand": "yes", "text": "T", "language": "en", "named": "yes", "let_out": "no",
        "kind": "record", "who": "A dad", "seen": "0", "above_because": "We saw it.", "code": "00000000",
        "reason": "R", "contact": "typed", "lead": "on", "closes_on": "2090-01-02", "closes_time": "20:00",
        "meets_on": "2090-01-03", "quiet_from": "21:00", "quiet_until": "08:00",
        "listed_name": "N", "listed_language": "en", "paid": "no",
        "because": "B", "done": "did", "said_en": "S", "did_en": "D", "milestone": "M1", "translated_into": "en",
        "file": "figures.csv",
    }  # fmt: skip


@pytest.fixture
def world(db) -> World:
    return a_world()


def ask(world: World, who: str, path: str, way: str):
    """One request in a browser of theirs: the answer, and what it left of everybody, or None if it wrote nothing.

    What it wrote is taken back afterwards.
    """
    cache.clear()
    client, wrote = world.browser(who), []

    def watch(execute, sql, params, many, context):
        if not sql.startswith(("SELECT", "SAVEPOINT", "RELEASE")) and "django_session" not in sql:
            wrote.append(sql)
        return execute(sql, params, many, context)

    with transaction.atomic():
        with connection.execute_wrapper(watch):
            if way == "post":
                answer = client.post(path, typed())
            else:
                answer = client.get(path, headers=WAYS[way])
        left = traces(world) if wrote else None
        transaction.set_rollback(True)
    return answer, left


def came_in(answer) -> bool:
    """Whether they reached the page itself: not refused, not sent to sign in, not sent to take a seat first."""
    if answer.status_code in (403, 404, 405, 410):
        return False
    to = answer.headers.get("HX-Redirect") or answer.headers.get("Location") or ""
    return not (to.startswith(reverse("account_request_login_code")) or to.endswith("/seat/"))


def traces(world: World) -> dict[str, list[tuple]]:
    """What the database holds of each person, apart from what the table shares. Five queries."""
    found: dict[int, list[tuple]] = {member.pk: [] for member in world.members.values()}
    for rows in (
        Member.objects.values_list(),
        Seat.objects.values_list("member_id", *OF_A_SEAT),
        Device.objects.values_list("member_id", "pk"),
        Link.objects.values_list("member_id", "pk", "used_at", "ended_at"),
        Draft.objects.values_list("seat__member_id", "pk", "pick", "words"),
    ):
        for row in rows:
            if row[0] in found:
                found[row[0]].append(row)
    return {who: sorted(map(str, found[member.pk])) for who, member in world.members.items()}


def may_see(who: str, whose: str, kind: str, world: World) -> bool:
    if who == whose:
        return True
    seat = world.seats.get(whose)
    return bool(seat) and kind in KEPT_BY_LEADS and LEADS.get(who) == seat.coalition.slug


def may_change(who: str, whose: str, world: World) -> bool:
    seat = world.seats.get(whose)
    return who == whose or (bool(seat) and LEADS.get(who) == seat.coalition.slug)


def leaks(world: World, who: str, answer) -> Iterable[str]:
    body = answer.getvalue().decode(errors="replace") + str(dict(answer.headers))
    for secret, (whose, kind) in world.secrets().items():
        if secret in body and not may_see(who, whose, kind, world):
            yield f"{kind} of {whose}"


def tried(world: World, who: str):
    """Every address by one actor: (way, address, whether they came in, what leaked, whom they changed)."""
    before = traces(world)
    for shown, path, _name in every_address(world):
        for way in WAYS:
            answer, after = ask(world, who, path, way)
            assert answer.status_code < 500 or shown == "/readyz", (way, shown)  # no clockwork runs here
            changed = [whose for whose in before if after and before[whose] != after[whose]]
            wrongly = [whose for whose in changed if not may_change(who, whose, world)]
            if way != "post":
                wrongly = changed
            yield way, shown, came_in(answer), list(leaks(world, who, answer)), wrongly


def as_lines(found: Mapping[tuple[str, str], Iterable[str]]) -> Iterator[str]:
    """`get,post /address/ names`, a line for the ways in which an address answers alike."""
    alike: dict[tuple[str, str], list[str]] = {}
    for (way, shown), names in found.items():
        alike.setdefault((shown, " ".join(dict.fromkeys(names)) or "-"), []).append(way)
    for (shown, names), ways in alike.items():
        yield f"{','.join(ways)} {shown} {names}\n"


def expected() -> dict[tuple[str, str], set[str]]:
    found = {}
    for line in EXPECTED.read_text(encoding="utf-8").splitlines():
        ways, shown, *names = line.split()
        for way in ways.split(","):
            found[way, shown] = set(names) - {"-"}
    return found


@pytest.mark.every_pair
@pytest.mark.parametrize("who", ACTORS)
def test_everybody_gets_where_they_may_and_nowhere_else(world, who):
    wanted = expected()
    seen, wrong = set(), []
    for way, shown, inside, leaked, changed in tried(world, who):
        seen.add((way, shown))
        if leaked or changed:
            wrong.append(f"{who} {way} {shown} leaked {leaked} changed {changed}")
        if inside != (who in wanted.get((way, shown), set())):
            wrong.append(f"{who} {way} {shown} {'came in' if inside else 'was kept out'}")
    assert wrong == []
    assert seen == set(wanted), "an address without a line, or a line without an address"


@pytest.mark.every_pair
@pytest.mark.parametrize("who", ["lead", "facilitator", "parent", "observer", "listed"])
def test_whoever_is_removed_is_out_at_the_next_click(world, who):
    """In the session they had, at every address of the table."""
    colead = world.seats["colead"]
    actions.end_seat(seat=world.seats[who], by=colead, now=timezone.now())
    for shown, path, _name in every_address(world):
        if shown.startswith(f"/c/{HERE}/"):
            for way in WAYS:
                answer, _left = ask(world, who, path, way)
                assert answer.status_code == 404, (way, shown)


def test_a_lead_who_is_no_lead_any_more_keeps_nobodys_list(world):
    lead, colead = world.seats["lead"], world.seats["colead"]
    assert ask(world, "lead", reverse("edit_seat", args=[HERE, colead.pk]), "get")[0].status_code == 200
    actions.change_seat(
        seat=_not_a_lead(lead),
        by=colead,
        organization="",
        changed=["lead"],
        now=timezone.now(),
        form=uuid.uuid4(),
    )
    for name in ("edit_seat", "end_seat", "invite", "hand_link"):
        path = reverse(name, args=[HERE, colead.pk])
        assert ask(world, "lead", path, "get")[0].status_code == 403
        assert ask(world, "lead", path, "post")[0].status_code == 403
    assert ask(world, "lead", reverse("home", args=[HERE]), "get")[0].status_code == 200


def _not_a_lead(seat: Seat) -> Seat:
    seat.lead = False
    return seat
