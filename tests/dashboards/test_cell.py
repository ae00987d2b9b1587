"""One milestone of one coalition: what the drawer and the page say, who may read it, and that the table reads the same."""

import html
import re
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coalitions.models import Coalition
from members.models import Member
from milestones.actions.dissent import add_dissent
from milestones.models import Evidence, Reading
from tests.factories.answered import an_opened_round
from tests.factories.rounds import NOW, a_table, agreed, released
from tests.factories.summaries import coalitions

pytestmark = pytest.mark.django_db
DRAWER = {"HX-Request": "true", "HX-Target": "cell"}


@pytest.fixture
def round(coalition, lead, parent, director):
    Member.objects.update(language="en")
    a_table(coalition)
    round = agreed(an_opened_round(coalition, lead, words=True), lead)
    item = round.version.items.get(code="M5")
    Evidence.objects.create(coalition=coalition, item_code="M5", title="Seen outside", outside=True)
    Evidence.objects.create(coalition=coalition, item_code="M5", title="Seen inside")
    for text, out in (("Inside words", False), ("Outside words", True)):
        add_dissent(
            round=round, item=item, seat=director, text=text, language="en", named=False, let_out=out,
            code="abcd-efgh-jkmn", now=round.opened_at, form=uuid.uuid4(),
        )  # fmt: skip
    return released(round, lead, parent)


def address(round, code="M5"):
    return reverse("cell", args=[round.coalition.slug, code])


def read(client, url, **headers):
    response = client.get(url, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def lines_of(page):
    """The texts of a page, one by one, without what is only for the eye."""
    main = page[page.index("<main") : page.index("</main>")] if "<main" in page else page
    main = re.sub(r"<(svg|style)\b.*?</\1>", "", main, flags=re.S)
    return [text for each in re.split(r"<[^>]+>", main) if (text := html.unescape(" ".join(each.split())))]


def test_it_says_what_the_table_recorded_and_let_out(round, evaluator, client_of):
    page = read(client_of(evaluator), address(round))
    for said in (
        "Directed by Parents and Providers",
        "3 Partway",
        "We have examples.",
        "Outside words",
        "Seen outside",
    ):
        assert said in page
    assert "A view was kept at the table." in page
    assert "Inside words" not in page and "Seen inside" not in page
    assert reverse("release_page", args=[round.coalition.slug, 1, 1]) + "#m5" in page


def test_the_drawer_is_the_same_without_the_frame_and_leaves_the_address(round, evaluator, client_of):
    client = client_of(evaluator)
    response = client.get(address(round), headers=DRAWER)
    drawer = response.content.decode()
    assert response["HX-Push-Url"] == "false"
    assert drawer.startswith('<aside id="cell"') and "<html" not in drawer
    assert "data-focus" in drawer
    page = set(lines_of(read(client, address(round))))
    named = {"Care Forward Kentucky", "Directed by Parents and Providers"}  # one heading there
    assert set(lines_of(drawer)) - page == {"Back to the table", *named}


def test_the_table_reads_every_line_of_it(round, lead, evaluator, client_of):
    """Beside the release a line of time stands here, whose figures are those of earlier releases."""
    drawer = lines_of(client_of(evaluator).get(address(round), headers=DRAWER).content.decode())
    before = drawer[: drawer.index("Round by round")]
    own = lines_of(read(client_of(lead), reverse("released", args=["care-forward", 1, 1])))
    own += ["Who sees it how", "Care Forward Kentucky"]  # its heading, and whose page it is
    assert [line for line in before if line not in own and line not in " ".join(own)] == []
    assert any("Outside words" in line for line in before)


def test_a_later_release_and_an_earlier_half_year(round, lead, parent, evaluator, client_of):
    later = an_opened_round(round.coalition, lead, now=NOW + timedelta(days=182))
    released(agreed(later, lead, level=4), lead, parent)
    client = client_of(evaluator)
    assert "4 Strong" in read(client, address(round))
    earlier = read(client, address(round) + "?round=2026-2")
    assert "3 Partway" in earlier[earlier.index("What the table agrees") : earlier.index("Round by round")]
    assert "Round 1: 3 Partway. Round 2: 4 Strong" in earlier
    assert f"{reverse('states')}?round=2026-2" in earlier


def test_who_may_not_read_it(round, evaluator, lead, outsider, site_admin, client_of, visitor):
    for who in (lead, outsider, site_admin):
        assert client_of(who).get(address(round)).status_code == 404
    assert visitor.get(address(round)).status_code == 302
    client = client_of(evaluator)
    for missing in (address(round, "M9"), reverse("cell", args=["kansas-cares", "M5"])):
        assert client.get(missing).status_code == 404
    Coalition.objects.filter(pk=round.coalition.pk).update(cohort=None)
    assert client.get(address(round)).status_code == 404


def test_what_is_not_released_stays_at_the_table(round, lead, evaluator, client_of):
    later = an_opened_round(round.coalition, lead, now=NOW + timedelta(days=182))
    agreed(later, lead, level=5)
    page = read(client_of(evaluator), address(round))
    assert "5 Lasting" not in page and "Round 2" not in page


def test_its_cost_does_not_grow(round, evaluator, client_of):
    client = client_of(evaluator)
    read(client, address(round))

    def queries():
        with CaptureQueriesContext(connection) as made:
            read(client, address(round))
        return len(made)

    few = queries()
    coalitions(20, evaluator.cohorts.get())
    assert queries() == few <= 9


def marked(page):
    return re.findall(r'<a href="([^"]+)" aria-label="[^"]+" aria-current="true">', page)


def test_opened_by_its_plain_link_it_stands_beside_the_table_and_is_marked_there(round, evaluator, client_of):
    client = client_of(evaluator)
    own = read(client, address(round))
    link = html.unescape(re.search(r'href="(/e/\?[^"]*cell=[^"]+)"', own)[1])
    assert link == f"{reverse('states')}?cell={round.coalition.slug}/M5"
    page = read(client, link)
    assert marked(page) == [address(round)]
    assert page[page.index('<aside id="cell"') :].count("Outside words") == 1
    assert "data-marks" in page, "where a press marks the next one"
    assert marked(read(client, reverse("states"))) == []


def test_what_nobody_may_open_is_not_beside_the_table(round, evaluator, client_of):
    client = client_of(evaluator)
    for cell in ("care-forward/M9", "nowhere/M5", "care-forward", "x/y/z", "/"):
        page = read(client, f"{reverse('states')}?cell={cell}")
        assert marked(page) == [] and "Pick a level in the table" in page, cell
    assert not Reading.objects.exists()
    read(client, f"{reverse('states')}?cell=care-forward/M5")
    assert Reading.objects.get().member == evaluator
