"""An archive comes back on another site: what it may not do there, and what the gate does with it."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from coalitions.actions import readdress_seat, take_seat
from coalitions.models import Coalition, Group, Seat
from dashboards.actions import load_archive
from members.models import Member
from milestones.models import Item, Opening, Part, Round, Version
from milestones.queries.earlier import earlier
from outbox.models import Message
from tests.factories.answered import an_opened_round
from tests.factories.archived import (
    a_fresh_site,
    a_full_table,
    archive_of,
    packed,
    parts_of,
    rows_of,
)
from tests.factories.rounds import NOW, a_table, an_open_round, everyone_answers, opened, seven_milestones
from tests.factories.tables import a_coalition, a_seat
from tests.factories.wordings import a_wording
from web.refusal import Refused

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=182)


@pytest.fixture
def opened_once(coalition, lead):
    """A table of twenty-five that has opened one round."""
    a_table(coalition)
    an_opened_round(coalition, lead)
    return coalition


def loaded(raw: bytes) -> Coalition:
    a_fresh_site()
    return load_archive(file=io.BytesIO(raw)).coalition


def everything() -> dict[str, int]:
    return {model._meta.label: model.objects.count() for model in apps.get_models()}


def refused(file: io.BytesIO) -> str:
    before = everything()
    with pytest.raises(Refused) as refusal:
        load_archive(file=file)
    assert everything() == before, "nothing half written"
    return str(refusal.value)


# -- what the gate does ------------------------------------------------------------------------------------------------


def next_round(coalition: Coalition, *, joins: int = 1, leaves: int = 0) -> list[tuple]:
    """What everybody may see of a second round, in which somebody joined or left."""
    lead = coalition.seats.get(lead=True)
    for n in range(joins):
        a_seat(coalition, f"Newcomer{n} Parent", Group.PARENT)
    coalition.seats.filter(
        pk__in=[seat.pk for seat in coalition.seats.filter(group="parent")[:leaves]]
    ).update(left=LATER.date())
    round = an_open_round(coalition, lead, version=seven_milestones(), now=LATER)
    everyone_answers(round, coalition.seats.current().answering().order_by("pk"))
    round = opened(round, lead)
    rows = Opening.objects.filter(round=round).order_by("item__position", "audience", "group")
    return list(
        rows.values_list(
            "item__code", "audience", "group", "people", "cannot_say", "counts", "average", "half", "tested"
        )
    )


@pytest.mark.parametrize(("joins", "leaves"), [(0, 0), (1, 0), (0, 1), (1, 1), (2, 2), (5, 3)])
def test_the_gate_goes_on_as_if_nothing_had_happened(opened_once, joins, leaves):
    raw = archive_of(opened_once)
    as_it_was = next_round(opened_once, joins=joins, leaves=leaves)
    assert next_round(loaded(raw), joins=joins, leaves=leaves) == as_it_was
    assert any(row[5] for row in as_it_was) or any(row[7] for row in as_it_was)


@pytest.mark.parametrize(("joins", "leaves"), [(0, 0), (1, 0), (5, 3)])
def test_without_the_roll_nothing_is_put_to_the_test(opened_once, settings, joins, leaves):
    """Whoever took part before, nothing that is shown can tell of them."""
    raw = archive_of(opened_once)
    settings.SECRET_KEY = "another site's"
    coalition = loaded(raw)
    assert coalition.rounds.get().roll_unknown and not Part.objects.exists()
    shown = next_round(coalition, joins=joins, leaves=leaves)
    assert {row[2:8] for row in shown} == {("", None, None, None, None, None)}
    assert {tuple(row[8]) for row in shown} == {()}


def test_the_page_says_why_figures_are_hidden(opened_once, settings, client_of):
    raw, key = archive_of(opened_once), settings.SECRET_KEY
    for secret, told in ((key, False), ("another site's", True)):
        settings.SECRET_KEY = secret
        coalition = loaded(raw)
        next_round(coalition)
        lead = coalition.seats.get(lead=True)
        take_seat(seat=lead, now=LATER)
        said = client_of(lead).get("/c/care-forward/round/2/opening/").content.decode()
        assert ("without its key" in said) == told


def test_without_the_roll_what_was_never_asked_before_is_shown(opened_once, settings):
    raw = archive_of(opened_once)
    settings.SECRET_KEY = "another site's"
    coalition = loaded(raw)
    lead = coalition.seats.get(lead=True)
    newer = a_wording(seven_milestones(), "2", renamed={"M1": "N1"}, anew=("M1",))
    round = an_open_round(coalition, lead, version=newer, now=LATER)
    everyone_answers(round, coalition.seats.answering())
    opened(round, lead)
    shown = Opening.objects.filter(round=round, counts__isnull=False).values_list("item__code", flat=True)
    assert set(shown) == {"N1"}


def test_the_roll_stays_unknown_in_the_next_archive(opened_once, settings):
    raw = archive_of(opened_once)
    settings.SECRET_KEY = "another site's"
    raw = archive_of(loaded(raw))
    assert loaded(raw).rounds.get().roll_unknown


def test_a_key_among_the_earlier_ones_opens_it(opened_once, settings):
    raw = archive_of(opened_once)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a newer one"
    assert not loaded(raw).rounds.get().roll_unknown
    assert Part.objects.filter(took_part=True).count() == 25


def test_the_same_person_stays_the_same_whatever_address_they_had(opened_once):
    """One seat ended under an old address, and a newer one under another: one person, before and after."""
    old = opened_once.seats.filter(group="parent").first()
    Seat.objects.filter(pk=old.pk).update(left=NOW.date(), listed_email="old@people.example")
    Seat.objects.create(
        coalition=opened_once, member=old.member, group="parent", joined=NOW.date(), arrived=NOW.date(),
        listed_email=old.listed_email,
    )  # fmt: skip
    coalition = loaded(archive_of(opened_once))
    pair = coalition.seats.filter(listed_email__in=["old@people.example", old.listed_email])
    assert len(pair) == 2 and len({seat.member_id for seat in pair}) == 1
    assert pair[0].member.email == old.listed_email
    took = {part.who for part in Part.objects.select_related("seat")}
    assert len(took) == 25 and f"member {pair[0].member_id}" in took


def test_two_people_who_had_one_address_stay_two(opened_once):
    first, second = opened_once.seats.filter(group="parent")[:2]
    Seat.objects.filter(pk=first.pk).update(left=NOW.date(), listed_email=second.listed_email)
    coalition = loaded(archive_of(opened_once))
    pair = coalition.seats.filter(listed_email=second.listed_email)
    assert len({seat.member_id for seat in pair}) == 2
    assert pair.get(left=None).member.email == second.listed_email
    assert len({part.who for part in Part.objects.select_related("seat")}) == 25


def test_a_seat_that_somebody_took_before_is_given_to_nobody_else(opened_once):
    """Otherwise a lead could pass off a newcomer as somebody who took part, and subtract."""
    coalition = loaded(archive_of(opened_once))
    lead, seat = coalition.seats.get(lead=True), coalition.seats.filter(group="parent").first()
    assert seat.arrived is None
    with pytest.raises(Refused):
        readdress_seat(
            seat=seat,
            by=lead,
            email="new@people.example",
            now=LATER,
            form="11111111-1111-4111-8111-111111111111",
        )
    assert earlier(an_open_round(coalition, lead, version=seven_milestones(), now=LATER))


# -- people and accounts -----------------------------------------------------------------------------------------------


def test_people_come_back_as_listed_and_nobody_is_told(coalition, lead):
    raw = archive_of(a_full_table(coalition, lead))
    a_fresh_site()
    known = Member.objects.create_user("lena@care-forward.example", name="Own Name", language="es")
    Message.objects.all().delete()
    call_command("load_archive", _saved(raw), stdout=io.StringIO())
    seat = Coalition.objects.get().seats.get(lead=True)
    known.refresh_from_db()
    assert (known.name, known.language) == ("Own Name", "es")
    assert (seat.member, seat.name, seat.arrived) == (known, "Lena Lead", None)
    assert not Seat.objects.filter(left=None).exclude(arrived=None).exists()
    assert not Member.objects.exclude(pk=known.pk).exclude(name="").exists()
    assert not Message.objects.exists()
    take_seat(seat=seat, now=LATER)
    assert seat.name == "Own Name"


def test_the_day_they_first_sat_there_stays(opened_once):
    raw = archive_of(opened_once)
    coalition = loaded(raw)
    for seat in coalition.seats.all():
        take_seat(seat=seat, now=LATER)
    assert {seat.arrived for seat in coalition.seats.all()} == {LATER.date()}
    days = [[row["arrived"] for row in rows_of(each, "seats")] for each in (raw, archive_of(coalition))]
    assert days[0] == days[1] and set(days[0]) == {"2026-01-15"}


def _saved(raw: bytes) -> str:
    import tempfile

    with tempfile.NamedTemporaryFile(suffix=".zip", delete=False) as file:
        file.write(raw)
    return file.name


def test_nothing_else_on_the_site_is_touched(opened_once, other_coalition, outsider):
    raw = archive_of(opened_once)
    Round.objects.all().delete()
    Coalition.objects.filter(pk=opened_once.pk).delete()
    before = list(Seat.objects.values()), list(Coalition.objects.values())
    coalition = load_archive(file=io.BytesIO(raw)).coalition
    assert list(other_coalition.seats.values()) == before[0]
    assert list(Coalition.objects.exclude(pk=coalition.pk).values()) == before[1]
    assert coalition.cohort is None


# -- wordings ----------------------------------------------------------------------------------------------------------


def test_a_wording_that_is_here_is_taken_as_it_is(opened_once):
    raw = archive_of(opened_once)
    Round.objects.all().delete()
    Coalition.objects.all().delete()
    there = seven_milestones()
    assert load_archive(file=io.BytesIO(raw)).coalition.rounds.get().version == there
    assert Version.objects.count() == 1


def test_the_same_name_with_other_words_is_refused(opened_once):
    raw = archive_of(opened_once)
    a_fresh_site()
    item = seven_milestones().items.get(code="M1")
    Item.objects.filter(pk=item.pk).update(content={**item.content, "name": "Other words"})
    assert "with other words" in refused(io.BytesIO(raw))


def test_an_archive_never_gives_other_tables_a_wording(opened_once):
    newer = a_wording(seven_milestones(), "2")
    opened_once.rounds.update(version=newer)
    raw = archive_of(opened_once)
    a_fresh_site()
    seven_milestones()
    other = a_coalition("Kansas Cares", slug="kansas-cares", state="KS")
    assert "does not have the wording “2”" in refused(io.BytesIO(raw))
    other.delete()
    assert load_archive(file=io.BytesIO(raw)).rounds == 1
    assert Version.objects.published().latest("pk").label == "2"


def test_a_promoted_milestone_of_another_table_comes_without_that_table(opened_once, other_coalition):
    from tests.factories.wordings import an_own_wording

    own = an_own_wording(seven_milestones(), other_coalition, "L1")
    newer = a_wording(seven_milestones(), "2", renamed={"M7": "N7"}, anew=("M7",))
    newer.items.filter(code="N7").update(follows=own.items.get(code="L1"))
    opened_once.rounds.update(version=newer)
    raw = archive_of(opened_once)
    assert [row["label"] for row in rows_of(raw, "wordings")] == [seven_milestones().label, "2"]
    assert not any(row["own"] for row in rows_of(raw, "wordings"))
    assert loaded(raw).rounds.get().version.items.get(code="N7").follows is None


# -- files that are not taken ------------------------------------------------------------------------------------------


def test_a_table_that_is_here_is_never_written_over(opened_once):
    raw = archive_of(opened_once)
    assert refused(io.BytesIO(raw)).startswith("There is a table called “care-forward” here already.")


def changed(raw: bytes, name: str, change) -> io.BytesIO:
    parts = parts_of(raw)
    parts[name] = change(parts[name])
    return packed(parts)


@pytest.fixture
def raw(opened_once) -> bytes:
    raw = archive_of(opened_once)
    a_fresh_site()
    return raw


@pytest.mark.parametrize(
    "content",
    [b"", b"hello", b"PK\x03\x04 and no more", b"\x00" * 5000],
    ids=["empty", "text", "torn", "zeros"],
)
def test_what_is_no_archive(db, content):
    assert "no archive of ours" in refused(io.BytesIO(content))


def test_a_zip_of_something_else(db):
    assert "no archive of ours" in refused(packed({"a.txt": b"hello"}))
    head = json.dumps({"what": "archive of a kitchen", "format": 1, "files": {}}).encode()
    assert "no archive of ours" in refused(packed({"archive.json": head, "sealed": b""}))


@pytest.mark.parametrize("at", [0.2, 0.5, 0.9, 0.999])
def test_a_torn_one(raw, at):
    assert refused(io.BytesIO(raw[: int(len(raw) * at)]))


def test_a_newer_one(raw):
    newer = changed(raw, "archive.json", lambda text: text.replace(b'"format": 1', b'"format": 2'))
    assert "newer version" in refused(newer)


def test_a_file_that_was_changed(raw):
    file = changed(raw, "seats.json", lambda text: text.replace(b"Lena Lead", b"Lina Lead"))
    assert "somebody changed it" in refused(file)


def test_a_file_that_was_changed_with_its_check_sum(raw):
    """The seal names the files it belongs to, so on a site that can open it a change is always seen."""
    from hashlib import sha256

    parts = parts_of(raw)
    parts["seats.json"] = parts["seats.json"].replace(b"Lena Lead", b"Lina Lead")
    head = json.loads(parts["archive.json"])
    head["files"]["seats.json"] = sha256(parts["seats.json"]).hexdigest()
    parts["archive.json"] = json.dumps(head).encode()
    assert "somebody changed it" in refused(packed(parts))


@pytest.mark.parametrize("name", ["seats.json", "sealed", "rounds.json"])
def test_a_file_that_is_missing(raw, name):
    parts = parts_of(raw)
    del parts[name]
    assert "not whole" in refused(packed(parts))


def unsealed(raw: bytes, name: str, change) -> io.BytesIO:
    """As somebody could make it who does not know the key: check sums that fit, and a seal nobody can open."""
    from hashlib import sha256

    parts = parts_of(raw)
    rows = json.loads(parts[name])
    change(rows)
    parts[name] = json.dumps(rows).encode()
    head = json.loads(parts["archive.json"])
    head["files"][name] = sha256(parts[name]).hexdigest()
    parts["archive.json"], parts["sealed"] = json.dumps(head).encode(), b"something else"
    return packed(parts)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("seats.json", lambda rows: rows[0].update(group="king")),
        ("seats.json", lambda rows: rows[0].update(name="x" * 500)),
        ("seats.json", lambda rows: rows[0].update(organization=99)),
        ("seats.json", lambda rows: rows[0].update(joined="never")),
        ("seats.json", lambda rows: rows[0].update(is_staff=True)),
        ("seats.json", lambda rows: rows[0].pop("lead")),
        ("seats.json", lambda rows: rows[0].update(n=7)),
        ("coalition.json", lambda rows: rows.append(rows[0])),
        ("coalition.json", lambda rows: rows[0].update(state="??")),
        ("coalition.json", lambda rows: rows[0].update(slug="releases")),
        ("coalition.json", lambda rows: rows[0].update(name="\x00" * 9)),
        ("rounds.json", lambda rows: rows[0].update(coalition=-1)),
        ("rounds.json", lambda rows: rows[0].update(number="one")),
        ("openings.json", lambda rows: rows.extend([[1, 2], None])),
        ("openings.json", lambda rows: rows[0].update(item=0)),
        ("record.json", lambda rows: rows.insert(0, "a deed")),
    ],
)
def test_rows_that_fit_nowhere(raw, name, change):
    assert refused(unsealed(raw, name, change))


def test_one_that_unpacks_to_far_too_much(raw):
    parts = parts_of(raw)
    assert "far more" in refused(packed({**parts, "seats.json": b"0" * 30_000_000}))
    assert "far more" in refused(packed({**parts, **{f"{n}.json": b"" for n in range(80)}}))


def test_the_command_says_it_in_a_sentence(raw, tmp_path, settings, capsys):
    file = tmp_path / "table.zip"
    file.write_bytes(b"hello")
    with pytest.raises(CommandError, match="no archive of ours"):
        call_command("load_archive", file)
    with pytest.raises(CommandError, match="Cannot read"):
        call_command("load_archive", tmp_path / "none.zip")
    file.write_bytes(raw)
    settings.SECRET_KEY = "another site's"
    call_command("load_archive", file)
    said = capsys.readouterr().out
    assert "Care Forward Kentucky: 25 seats, 1 rounds." in said
    assert "figures of a milestone that was asked before are hidden" in said


def test_bytes_at_random_are_refused_or_come_whole(raw):
    import random

    chance = random.Random(3)
    for _each in range(30):
        torn = bytearray(raw)
        for _byte in range(chance.randint(1, 4)):
            torn[chance.randrange(len(torn))] ^= 1 << chance.randrange(8)
        try:
            load_archive(file=io.BytesIO(bytes(torn)))
        except Refused:
            assert not Coalition.objects.exists()
        else:
            assert zipfile.is_zipfile(io.BytesIO(bytes(torn)))
            a_fresh_site()
