"""Pages for everyone: what this is, how it works, what is kept, and for whom it is usable."""

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from coalitions.access import public
from milestones.headlines import average
from milestones.models import Version
from milestones.models.framework import Level
from web.charts import BoardGap, BoardRow, board, seat_map
from web.pages import page

# An invented table: who sits there (kind of mark, has a vote), and what it answered.
SEATS = [("pp", True)] * 11 + [("pp", False)] + [("ot", True)] * 5 + [("ot", False)] * 4
EMPTY_SEATS = 2
FAMILIES, OTHERS = (3, 6, 3, 1, 0), (0, 1, 3, 5, 2)


def newest_wording() -> Version | None:
    """The first framework of the site, in its newest wording, with its items."""
    return Version.objects.published().order_by("framework", "-pk").prefetch_related("items__version").first()


@public
def front(request: HttpRequest) -> HttpResponse:
    version = newest_wording()
    context = {
        "table": seat_map(
            SEATS,
            EMPTY_SEATS,
            _("11 of 16 votes"),
            _("parents and providers"),
            _("An invented table. Parents and providers hold 11 of 16 votes. 2 seats are empty."),
        ),
        "items": version.items.all() if version else [],
        "board": example_board(version.levels) if version else "",
    }
    return page(request, "dashboards/front.html", context)


def example_board(levels: list[Level]) -> SafeString:
    """A board as the table sees it at the opening, with numbers we made up."""
    families, others = _average(FAMILIES), _average(OTHERS)
    rows = [
        BoardRow("pp", _("Parents and providers, 13 people"), FAMILIES, families, average(families)),
        BoardRow("ot", _("Other members, 11 people"), OTHERS, others, average(others)),
    ]
    said = [
        f"{row.label}: "
        + ", ".join(f"{level}: {n}" for level, n in zip(levels, row.counts or (), strict=False))
        + "."
        for row in rows
    ]
    gap = BoardGap("pp", families, "ot", others, _("1.5 levels apart"))
    return board([(level.value, level.name) for level in levels], rows, " ".join([*said, gap.label]), [gap])


def _average(counts: tuple[int, ...]) -> int:
    """In tenths of a level."""
    return round(10 * sum(level * n for level, n in enumerate(counts, start=1)) / sum(counts))


@public
def how_it_works(request: HttpRequest) -> HttpResponse:
    version = newest_wording()
    context = {"levels": version.levels if version else [], "items": version.items.all() if version else []}
    return page(request, "dashboards/how_it_works.html", context)


@public
def privacy(request: HttpRequest) -> HttpResponse:
    return page(request, "dashboards/privacy.html", {})


@public
def accessibility(request: HttpRequest) -> HttpResponse:
    return page(request, "dashboards/accessibility.html", {})
