"""What a reminder says, in both languages, and what it never says."""

import pytest
from django.utils.translation import override

from checkins.actions import plan_reminders
from checkins.cadence import Name
from checkins.letters import Blank, reminder, reminders
from milestones.models import Item, Part
from outbox.models import Message
from tests.web.reading import fernandez_huerta, flesch_kincaid

pytestmark = pytest.mark.django_db
LINK = "https://table.example/l/x/"


def said(round, name, language="en", to="Paz Parent"):
    with override(language):
        return reminder(round, name, to=to, link=LINK)


@pytest.mark.parametrize("language", ["en", "es"])
def test_each_slot_has_its_own_subject_that_names_the_table(round, language):
    subjects = {said(round, name, language)[0] for name in Name}
    assert len(subjects) == 4
    assert all("Care Forward Kentucky" in subject for subject in subjects)


@pytest.mark.parametrize("name", Name)
def test_it_says_until_when_by_the_clock_of_the_table(round, name):
    assert "until Saturday, December 5, 5:00 p.m." in said(round, name)[1]
    assert "hasta el sábado 5 de diciembre, 5:00 p.m." in said(round, name, "es")[1]


def test_a_table_with_milestones_of_its_own_is_told_how_long_those_take_too(round):
    Item.objects.create(version=round.version, position=8, code="L1", content={"name": "Welcome"}, local=True)
    assert "about 12 minutes" in said(round, Name.OPENING)[1]
    assert "unos 12 minutos" in said(round, Name.LAST_MORNING, "es")[1]


@pytest.mark.parametrize("name", Name)
def test_it_has_the_link_the_ten_minutes_and_the_way_out(round, name):
    for language in ("en", "es"):
        text = said(round, name, language)[1]
        assert all(part in text for part in (LINK, "10 minut", "[[stop]]", "Paz Parent"))
    assert "Hello,\n" in said(round, name, to="")[1]


def test_only_the_last_says_that_it_is(round):
    last = [name for name in Name if "last time" in said(round, name)[1]]
    assert last == [Name.LAST_MORNING]


def test_it_is_the_same_whoever_has_answered_how_much(round, now, lead, provider):
    Part.objects.filter(round=round, seat=lead).update(saved=6)
    plan_reminders(now=now)
    texts = []
    for seat in (lead, provider):
        message = Message.objects.get(to=seat.member.email)
        lines = message.text.replace(seat.member.name, "").splitlines()
        texts.append([line for line in lines if "http" not in line])
    assert texts[0] == texts[1]


def read(round, name, language) -> str:
    """Each line by itself, without what is no word."""
    lines = said(round, name, language)[1].replace(LINK, "").replace("[[stop]]", "").splitlines()
    return " ".join(f"{line.strip().rstrip('.:,')}." for line in lines if line.strip())


@pytest.mark.parametrize("name", Name)
def test_it_is_easy_to_read(round, name):
    assert flesch_kincaid(read(round, name, "en")) <= 6
    assert fernandez_huerta(read(round, name, "es")) >= 70


NAMES = [
    "",
    " ",
    "Paz Parent",
    "Žofie & <b>“Ñ”</b>",
    "{{ link }}",
    "%(table)s",
    "%",
    "\\1\\g<0>",
    "{}",
    "a\nb",
    "$name",
]


@pytest.mark.parametrize("name", Name)
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_blank_filled_in_is_the_reminder_whatever_the_name(round, name, language):
    with override(language):
        blanks = {named: Blank(round, name, named=named) for named in (True, False)}
        for to in NAMES:
            blank = blanks[bool(to)]
            assert (blank.subject, blank.filled(to=to, link=LINK)) == reminder(round, name, to=to, link=LINK)


def test_a_name_that_holds_a_place_for_something_stays_a_name(round):
    odd = f"{reminders.LINK_HERE} {reminders.TO_HERE} [[stop]]"
    text = Blank(round, Name.OPENING, named=True).filled(to=odd, link=LINK)
    assert f"Hello {reminders.LINK_HERE} {reminders.TO_HERE} stop," in text
    assert text.count(LINK) == 1
    assert text.count("[[stop]]") == 1
