"""The rooms of a table, and those of evaluators, for whoever may enter them. A room that is not built has no link."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .models import Seat
from .roles import Can

ROOMS = (
    (("home",), _("Home"), Can.READ_TABLE),
    (
        (
            "this_round", "round", "score", "share", "evidence", "my_answers", "confirm_group",
            "opening", "open_answers", "board", "agree", "dissent", "release", "released", "publish", "share_learning",
            "report", "placemat",
        ),
        _("This round"),
        Can.READ_TABLE,
    ),
    (
        (
            "milestones", "milestone_record", "local_milestones", "new_local", "edit_local",
            "cohort_learning", "table_exports", "archive",
        ),
        _("Milestones"),
        Can.READ_TABLE,
    ),
    (("voices", "voice", "hide_voice"), _("Voices"), Can.READ_VOICES),
    (("said_and_done", "reply", "edit_said", "outside_results", "use_result"), _("Said and done"), Can.REPLY),
    (("checkin", "answer_checkin", "checkin_question"), _("Check-in"), Can.READ_TABLE),
    (("rounds", "new_round", "edit_round"), _("Rounds"), Can.READ_TABLE),
    (("reminders",), _("Reminders"), Can.SEE_WHO_ANSWERED),
    (
        (
            "people", "add_seat", "edit_seat", "readdress_seat", "seat_history", "my_seat", "past_people", "erase_listing",
            "invite", "invite_all", "hand_link",
            "import_roster", "import_columns", "import_words", "import_check", "import_result",
        ),
        _("People"),
        Can.READ_TABLE,
    ),
    (
        (
            "forms", "new_form", "edit_form", "publish_form", "edit_question", "question_sounds", "hand_out",
            "poster", "paper_form", "papers", "enter_paper",
        ),
        _("Forms"),
        Can.ASK_OUTSIDE,
    ),
    (("settings_page",), _("Settings"), Can.SETTINGS),
)  # fmt: skip

# What evaluators have: pages across coalitions.
EVALUATION = (
    (("states", "cell"), _("States")),
    (("across_milestones", "across_milestone"), _("Milestones")),
    (("changes",), _("Changes")),
    (("gaps",), _("Gaps")),
    (("checks",), _("Checks")),
    (("learning",), _("Shared goals")),
    (("releases", "release_page"), _("Releases")),
    (("exports", "states_report"), _("Data and exports")),
)


def rooms(request: HttpRequest, seat: Seat) -> list[tuple[str, str, bool]]:
    """(address, name, whether the visitor is in it) of each room this seat may enter."""
    here = _here(request)
    return [
        (reverse(pages[0], args=[seat.coalition.slug]), str(name), here in pages)
        for pages, name, needed in ROOMS
        if seat.can(needed)
    ]


def evaluation(request: HttpRequest) -> list[tuple[str, str, bool]]:
    """The same of each page across coalitions."""
    return [(reverse(pages[0]), str(name), _here(request) in pages) for pages, name in EVALUATION]


def _here(request: HttpRequest) -> str:
    return (request.resolver_match.url_name or "") if request.resolver_match else ""
