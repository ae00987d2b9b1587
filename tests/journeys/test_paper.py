"""What comes out of a printer: pages are counted in a real PDF, with the longest words we take."""

import re
import uuid
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from playwright.sync_api import sync_playwright

from coalitions.models import Group
from milestones.actions.agreement import record_agreement
from milestones.actions.dissent import add_dissent
from milestones.models import Item, Version
from milestones.models.record import How
from tests import needs
from tests.factories.answered import an_opened_round
from tests.factories.rounds import NOW, a_table, agreed, an_open_round, said, seven_milestones
from tests.factories.tables import a_seat

from .conftest import QUIET

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db]
LONG = "Desinstitucionalización y corresponsabilidad intergeneracional "
SIZES = {(612, 792): "portrait", (792, 612): "landscape"}


def printed(pages: list[str]) -> list[list[str]]:
    """Each page as Chromium prints it: the way round of every sheet. Only our static files are answered."""
    out = []

    def answer(route):
        path = urlsplit(route.request.url).path
        if path.startswith("/page/"):
            route.fulfill(body=pages[int(path.removeprefix("/page/"))], content_type="text/html")
        elif found := finders.find(path.removeprefix("/static/")):
            route.fulfill(path=found)
        else:
            route.abort()

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=needs.chromium(), args=QUIET)
        tab = browser.new_page()
        tab.route("**/*", answer)
        for number in range(len(pages)):
            tab.goto(f"http://paper.test/page/{number}", wait_until="load")
            out.append(tab.pdf(prefer_css_page_size=True, print_background=True))
        browser.close()
    return [
        [SIZES[round(float(wide)), round(float(tall))] for wide, tall in BOX.findall(pdf.decode("latin-1"))]
        for pdf in out
    ]


BOX = re.compile(r"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]")


def a_long_wording(coalition, local: int) -> Version:
    """The seven, with titles as long as they get, and some of the coalition's own."""
    seven = seven_milestones()
    own = Version.objects.create(
        framework=seven.framework, label="own", scale=seven.scale, follows=seven, coalition=coalition
    )
    for item in seven.items.all():
        longer = {**item.content, "name_es": f"{LONG}{LONG}{item.code}"}
        Item.objects.create(version=own, position=item.position, code=item.code, content=longer, follows=item)
    for number in range(local):
        content = {"name": f"Our own {number}", "name_es": f"{LONG}{LONG}{number}", "anchors": []}
        Item.objects.create(version=own, position=8 + number, code=f"L{number}", content=content, local=True)
    return own


@pytest.mark.parametrize("local", [0, 3, 7])
def test_the_sheet_for_the_meeting_is_one_page(coalition, lead, client_of, local):
    coalition.name = (LONG * 2)[:120]
    coalition.save()
    a_table(coalition)
    owner = a_seat(coalition, f"María {LONG}", Group.AGENCY)
    wording = a_long_wording(coalition, local)
    round = an_opened_round(coalition, lead, version=wording)
    for item in wording.items.all():
        kept = {"next_step": (LONG * 4)[:240], "owner": owner, "due": NOW.date() + timedelta(days=90)}
        no = {"low": 2, "high": 4, "how": How.NO_AGREEMENT} if item.position % 2 else {}
        record_agreement(
            round=round, item=item, by=lead, said=said(3, **kept, **no), seen=0, now=round.opened_at, form=uuid.uuid4()
        )  # fmt: skip
    later = an_open_round(coalition, lead, version=wording, now=NOW + timedelta(days=182))
    later.name = "Ronda extraordinaria de otoño de dos mil veintiséis"
    later.save()
    client = client_of(lead)
    pages = [
        client.get(
            reverse("placemat", args=[coalition.slug, each.number]), {"language": language}
        ).content.decode()
        for each in (round, later)
        for language in ("es", "en")
    ]
    assert printed(pages) == [["landscape"]] * 4


def test_a_report_has_a_page_for_each_milestone(coalition, lead, parent, director, client_of):
    a_table(coalition)
    round = agreed(an_opened_round(coalition, lead, words=True), lead)
    for text in ("I see less of it.", "So do I."):
        add_dissent(
            round=round, item=round.version.items.get(position=5), seat=director, text=text, language="en",
            named=False, let_out=False, code="abcd-efgh-jkmn", now=round.opened_at, form=uuid.uuid4(),
        )  # fmt: skip
    where = reverse("report", args=[coalition.slug, 1])
    client = client_of(lead)
    pages = [client.get(where, {"language": language}).content.decode() for language in ("en", "es")]
    assert printed(pages) == [["portrait"] * 9] * 2
