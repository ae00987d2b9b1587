"""The main job from the roster to the record, in several browsers at once; then a search for who said what.

The search covers every row of the database, the bytes of its files, mail, queue and logs. PostgreSQL's
write-ahead log is excepted: what was deleted ages out of it with the backups. Its other files are searched
where this process may read them.
"""

import json
import re
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import expect

from .people import KEEPS, SHARES, answers_quickly, canary, roster, twenty_four
from .search import every_row, files_of, files_of_the_database, where
from .served import a_site

pytestmark = pytest.mark.needs_chromium

TABLE = "/c/care-forward/"
ROUND = f"{TABLE}round/1/"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
LAPTOP = {"viewport": {"width": 1280, "height": 800}}
OTHER_VIEW = canary()
CODE = r"^ +([\d-]{8,9})$"
SESSIONS = """
import json
from django.conf import settings
from django.test import Client
from django.utils import timezone
from members.models import Member
from coalitions.actions import take_seat
from coalitions.models import Coalition, Cohort
eve = Member.objects.create_user("eve@mail.example", name="Eve Evaluator")
cohort = Cohort.objects.create(name="First cohort")
cohort.evaluators.add(eve)
Coalition.objects.update(cohort=cohort)
sessions = {}
for member in Member.objects.all():
    client = Client()
    client.force_login(member)
    for seat in member.seats.exclude(invitations__way="handed"):  # who came by hand stays as listed
        take_seat(seat=seat, now=timezone.now())
    sessions[member.email] = client.cookies[settings.SESSION_COOKIE_NAME].value
print(json.dumps(sessions))
"""


@dataclass
class Table:
    """Who sits there, on which site, and the browsers some of them brought."""

    site: object
    browser: object
    people: list
    lead: object
    rosa: object  # Spanish, on a phone
    kim: object  # by keyboard alone
    noel: object  # a phone without JavaScript
    mia: object  # a second laptop


def test_the_table_opens(browser, tmp_path):
    people = twenty_four()
    lead = next(person for person in people if person.lead == "yes")
    by_group = {
        group: [each for each in people if each.group == group and each is not lead]
        for group in ("parent", "provider", "agency", "advocate")
    }
    with a_site(tmp_path / "site", before_serving=lambda site: seat_the_lead(site, lead)) as site:
        table = Table(
            site,
            browser,
            people,
            lead,
            people[0],
            by_group["provider"][0],
            by_group["agency"][0],
            by_group["parent"][2],
        )
        laptop = signs_in_with_a_code(table)
        imports_the_roster(table, laptop)
        phone = invites_everybody(table, laptop)
        opens_a_round(laptop)
        tabs = everyone_answers(table, laptop, phone)
        kept_words_can_be_found(table)
        closes(laptop)
        nothing_joins_an_answer_to_a_person(table, opened=False)
        open_together(table, laptop, tabs)
        agree_on_all_seven(laptop)
        sees_it_differently(tabs["rosa"])
        releases(laptop, people[1])
        evaluator_and_member_read(table, tabs["mia"])
        nothing_joins_an_answer_to_a_person(table, opened=True)


def seat_the_lead(site, lead):
    """What the operator does: a coalition, and one person who may bring in the others."""
    (site.folder / "lead.csv").write_bytes(roster([lead]))
    site.run(
        "manage.py", "import_roster", "care-forward", str(site.folder / "lead.csv"),
        "--create", "Care Forward", "--state", "KY",
    )  # fmt: skip


def _mail_to(address: str, folder: Path, *, seconds: int = 20) -> str:
    """Mail leaves a moment after the press, so whoever waits for it looks again."""
    for _ in range(seconds * 10):
        for path in folder.glob("*") if folder.exists() else ():
            mail = path.read_text()
            if f"To: {address}" in mail and re.search(CODE, mail, re.MULTILINE):
                return mail
        time.sleep(0.1)
    raise AssertionError(f"no mail to {address} came")


def signs_in_with_a_code(table):
    tab = table.browser.new_context(base_url=table.site.address, **LAPTOP).new_page()
    tab.goto(TABLE)
    tab.get_by_label("Your email").fill(table.lead.email)
    tab.get_by_role("button", name="Mail me a code").click()
    mail = _mail_to(table.lead.email, table.site.folder / "mail")
    tab.get_by_label("The code from your mail").fill(re.search(CODE, mail, re.MULTILINE)[1])
    tab.get_by_role("button", name="Sign in").click()
    tab.get_by_role("button", name="Take my seat").click()
    tab.goto(TABLE)
    expect(tab.locator("h1")).to_have_text("Start your first round")
    return tab


def imports_the_roster(table, tab):
    tab.goto(f"{TABLE}people/import/")
    listed = {"name": "people.csv", "mimeType": "text/csv", "buffer": roster(table.people)}
    tab.get_by_label("The file").set_input_files(listed)
    tab.get_by_role("button", name="Look at the list").click()
    tab.get_by_role("button", name="Give 23 people a seat").click()
    expect(tab.get_by_text("23 people have a seat now.")).to_be_visible()
    expect(tab.get_by_text("1 was already here.")).to_be_visible()


def invites_everybody(table, tab):
    """By mail, and one person, who has none at hand, with a link for her phone. Returns the phone."""
    tab.goto(TABLE)
    tab.get_by_role("link", name="Invite everybody").click()
    tab.get_by_role("button", name="Mail 23 invitations").click()
    expect(tab.get_by_text("23 invitations are on their way.")).to_be_visible()
    tab.goto(f"{TABLE}people/")
    row = tab.get_by_role("row", name=re.compile(table.rosa.name))
    tab.goto(f"{row.get_by_role('link', name='Change').get_attribute('href')}invite/")
    tab.get_by_role("button", name="Make a link to hand over").click()
    address = tab.get_by_label("The link", exact=True).input_value()
    phone = table.browser.new_context(base_url=table.site.address, **PHONE).new_page()
    phone.goto(address[address.index("/i/") :])
    assert phone.locator("html").get_attribute("lang") == "es"
    phone.locator("main form button.btn").click()
    expect(phone.locator("h1")).to_have_text("Ya tiene su lugar. La primera ronda aún no empieza.")
    sessions = json.loads(table.site.django(SESSIONS))
    for person in table.people:
        person.session = sessions[person.email]
    table.evaluator = sessions["eve@mail.example"]
    return phone


def opens_a_round(tab):
    tab.goto(TABLE)
    tab.get_by_role("link", name="Pick the dates").click()
    tab.get_by_label("Name of the round").fill("Fall")
    tab.get_by_role("button", name="Save this plan").click()
    tab.get_by_role("button", name="Open the round for answers").click()
    expect(tab.get_by_text("0 of 24 people have answered.")).to_be_visible()


def everyone_answers(table, laptop, phone):
    tabs = {
        "rosa": phone,
        "noel": a_tab(table, table.noel.session, java_script_enabled=False, **PHONE),
        "mia": a_tab(table, table.mia.session, **LAPTOP),
    }
    answers_by_hand(tabs["rosa"], table.rosa)
    assert tabs["rosa"].locator("html").get_attribute("lang") == "es"
    answers_by_hand(tabs["noel"], table.noel)
    answers_by_hand(laptop, table.lead)
    answers_by_hand(tabs["mia"], table.mia)
    answers_by_keyboard(a_tab(table, table.kim.session, **LAPTOP), table.kim)
    by_hand = [table.rosa, table.noel, table.lead, table.mia, table.kim]
    quick = [person for person in table.people if person not in by_hand]
    for person in quick:
        answers_quickly(person, table.site.address, ROUND)
    table.in_this_order = [*by_hand, *quick]
    return tabs


def a_tab(table, session, **options):
    context = table.browser.new_context(base_url=table.site.address, **options)
    context.add_cookies([{"name": "sessionid", "value": session, "url": table.site.address}])
    return context.new_page()


def answers_by_hand(tab, person):
    tab.goto(f"{ROUND}next/")
    tab.locator("main form button.btn").click()
    for position in range(1, 8):
        tab.wait_for_url(f"**{ROUND}{position}/")
        tab.locator(f"input[name=level][value='{person.level(position)}']").check()
        tab.locator("#why").fill(person.words(position))
        tab.locator(".bar button.btn").click()
        if position in person.texts:
            expect(tab.locator(".voices")).to_contain_text(person.texts[position])
            if person.quotes():
                tab.locator("input[name=quotable]").check()
            tab.locator("button[name=share]" if position in SHARES else "button[name=keep]").click()
    tab.wait_for_url(f"**{ROUND}")


def answers_by_keyboard(tab, person):
    """Tab, arrows, Space and Enter, and letters; no mouse."""
    tab.goto(f"{ROUND}next/")
    tab_to(tab, "main form input[type=radio]")
    tab_to(tab, "main form button.btn")
    tab.keyboard.press("Enter")
    for position in range(1, 8):
        tab.wait_for_url(f"**{ROUND}{position}/")
        tab_to(tab, "input[name=level]")
        tab.keyboard.press("Space")
        for _ in range(person.level(position) - 1):
            tab.keyboard.press("ArrowDown")
        tab_to(tab, "#why")
        tab.keyboard.type(person.words(position))
        tab_to(tab, ".bar button.btn")
        tab.keyboard.press("Enter")
        if position in person.texts:
            tab.wait_for_url(f"**{ROUND}{position}/share/")
            if person.quotes():
                tab_to(tab, "input[name=quotable]")
                tab.keyboard.press("Space")
            tab_to(tab, "button[name=share]" if position in SHARES else "button[name=keep]")
            tab.keyboard.press("Enter")
    tab.wait_for_url(f"**{ROUND}")


def tab_to(tab, selector):
    for _ in range(60):
        tab.keyboard.press("Tab")
        if tab.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"Tab does not reach {selector} on {tab.url}")


def closes(tab):
    tab.goto(ROUND)
    expect(tab.get_by_text("24 of 24 people have answered.")).to_be_visible()
    tab.get_by_role("button", name="Everyone has answered. Close the round now").click()
    expect(tab.get_by_text("The round is closed. You can open the answers together.")).to_be_visible()


def open_together(table, laptop, tabs):
    """Three waiting rooms; two learn it from their next question, the one without JavaScript from a refresh."""
    statuses = []
    tabs["rosa"].on("response", lambda answer: statuses.append(answer.status))
    for tab in tabs.values():
        tab.goto(f"{ROUND}1/board/")
        expect(tab).to_have_url(re.compile(f"{ROUND}opening/$"))
        assert not tab.locator(".board, .gap").count()
    laptop.goto(f"{ROUND}opening/")
    laptop.get_by_role("link", name="Open the answers together").click()
    laptop.get_by_role("button", name="Open the answers now").click()
    for tab in (laptop, *tabs.values()):
        expect(tab.locator(f"a[href='{ROUND}1/board/']").first).to_be_visible(timeout=20_000)
    assert 286 in statuses
    asked = len(statuses)
    tabs["rosa"].wait_for_timeout(4000)
    assert len(statuses) == asked, "the waiting room still asks"
    for tab in tabs.values():
        tab.goto(f"{ROUND}1/board/")
    boards = {
        re.sub(r"\s+", " ", tabs[who].locator("main .voices").all_inner_texts()[0]) for who in ("noel", "mia")
    }
    assert len(boards) == 1, "two members do not see the same words in the same order"
    assert all(person.texts[1] in tabs["mia"].content() for person in table.people)


def agree_on_all_seven(tab):
    for position in range(1, 8):
        tab.goto(f"{ROUND}{position}/agree/")
        if position == 3:
            tab.locator("input[name=how][value=none]").check()
            tab.locator("select[name=low]").select_option("2")
            tab.locator("select[name=high]").select_option("4")
        else:
            tab.locator("input[name=how][value=everyone]").check()
            tab.locator("input[name=level][value='3']").check()
        tab.locator("textarea[name=why]").fill("Both sides gave examples.")
        tab.locator("input[name=stand][value=yes]").check()
        if tab.locator("#id_above_because").count():
            tab.locator("#id_above_because").fill("Last month changed it.")
        tab.get_by_role("button", name="Record what we agreed").click()
        expect(tab.get_by_text("On record.")).to_be_visible()


def sees_it_differently(tab):
    tab.goto(f"{ROUND}2/dissent/")
    tab.locator("textarea[name=text]").fill(f"Yo veo menos: {OTHER_VIEW}.")
    tab.locator("input[name=named][value=no]").check()
    tab.locator("input[name=let_out][value=yes]").check()
    tab.locator("main form button.btn").click()
    assert re.fullmatch(r"\w{4}-\w{4}-\w{4}", tab.locator("b[translate=no]").inner_text())


def releases(tab, parent):
    tab.goto(f"{ROUND}release/")
    tab.locator("select[name=yes_by]").select_option(label=f"{parent.name}, Parent")
    tab.get_by_role("button", name="Release to evaluators").click()
    expect(tab.get_by_text("Released. This is what evaluators read.")).to_be_visible()


def evaluator_and_member_read(table, member):
    eve = a_tab(table, table.evaluator, **LAPTOP)
    eve.goto("/e/releases/")
    eve.get_by_role("link", name="Fall").click()
    read = eve.content()
    assert OTHER_VIEW in read
    for person in table.people:
        assert person.name not in read
        assert person.email not in read
        assert all((person.texts[position] in read) == person.quotes() for position in SHARES)
    assert eve.goto(ROUND).status == 404
    member.goto(f"{TABLE}milestones/")
    member.locator("table.ledger a").nth(1).click()
    expect(member.get_by_text(OTHER_VIEW)).to_be_visible()
    member.goto(f"{TABLE}milestones/")
    expect(member.locator("table.ledger tbody tr").nth(2)).to_contain_text("2")


def kept_words_can_be_found(table):
    """While the round is open they are there: the search below would see them."""
    if table.site.database.startswith("postgres"):
        with table.site.connect() as connection:
            connection.execute("ANALYZE")  # as its own upkeep does from time to time
    rows, files = every_row(table.site), files_of(table.site)
    assert "milestones_draft" in where(texts_of(table, KEEPS), rows, {})
    assert where(texts_of(table, KEEPS), {}, files) or not files_of_the_database(table.site)


def texts_of(table, positions):
    return [person.texts[position] for person in table.people for position in positions]


def nothing_joins_an_answer_to_a_person(table, *, opened):
    rows, files = every_row(table.site), files_of(table.site)
    rows["sessions"] = json.loads(table.site.django(READ_SESSIONS))
    assert rows["milestones_draft"] == rows["milestones_tick"] == []
    assert bool(rows["milestones_tally"]) != opened
    assert rows["milestones_round"][0]["purged_at"]
    assert where(texts_of(table, KEEPS), rows, files) == set()
    nobody_stands_beside_shared_words(table, rows, files, opened=opened)
    words_lie_in_no_order(table, rows)
    no_row_has_a_person_and_a_level(table, rows)
    logs = (table.site.folder / "server.log").read_text()
    assert TABLE not in logs
    assert not any(person.name in logs or person.email in logs for person in table.people)


READ_SESSIONS = """
import json
from django.contrib.sessions.models import Session
print(json.dumps([session.get_decoded() for session in Session.objects.all()], default=str))
"""


def nobody_stands_beside_shared_words(table, rows, files, *, opened):
    texts = [*texts_of(table, SHARES), OTHER_VIEW]
    held_by = (
        {"milestones_word", "milestones_release", "milestones_dissent"} if opened else {"milestones_word"}
    )
    assert where(texts, rows, {}) == held_by
    known = [known for person in table.people for known in (person.name, person.email)]
    for name in held_by:
        for row in rows[name]:
            assert not any(each in str(row) for each in known), name
    assert not {"seat_id", "member_id", "at", "form"} & set(rows["milestones_word"][0])
    assert all(row["seat_id"] is None for row in rows["milestones_dissent"])
    for path, held in files.items():
        if path.suffix in (".log", ".csv") or path.parent.name in ("mail", "queue"):
            assert not any(text.encode() in held for text in texts), path.name


def words_lie_in_no_order(table, rows):
    """Neither as people sit, nor as they answered, nor twice the same; by id and as the rows lie."""
    author = {text: person.number for person in table.people for text in person.texts.values()}
    for lying in (rows["milestones_word"], sorted(rows["milestones_word"], key=lambda row: row["id"])):
        orders = [
            [person.number for person in table.people],
            [person.number for person in table.in_this_order],
        ]
        for position in SHARES:
            texts = {person.texts[position] for person in table.people}
            found = [text for row in lying for text in texts if text in row["text"]]
            assert len(found) == len(table.people)
            orders.append([author[text] for text in found])
        assert len({tuple(order) for order in orders}) == len(orders)


PERSON = re.compile(r"^(seat|member|user|owner|by|yes_by|private_to)_id$|^(email|stand_in)$")
LEVEL = {"pick", "level", "low", "high", "saved", "count", "counts", "average", "half", "words", "shared"}


def no_row_has_a_person_and_a_level(table, rows):
    """But for the agreements, whose level is the table's and whose person is the recorder."""
    joined = [
        (name, row)
        for name, held in rows.items()
        for row in held
        if any(PERSON.match(key) and row[key] is not None for key in row)
        and any(key in LEVEL and row[key] is not None for key in row)
    ]
    assert {name for name, _row in joined} <= {"milestones_agreement"}
    recorders = {row["by_id"] for _name, row in joined}
    leads = {row["id"] for row in rows["coalitions_seat"] if row["lead"]}
    assert recorders <= leads
