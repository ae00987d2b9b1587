"""What each column of an export holds: the data dictionary. Names are English and stay; meanings are translated."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Column:
    """`unit` says what its cells hold: words that are the same in every language, or a range of numbers."""

    name: str
    unit: str
    meaning: Promise


LEVEL, LEVELS, PEOPLE, YES_NO, DAY, TEXT = (
    "1 to 5",
    "levels",
    "people, 0 or more",
    "yes | no",
    "YYYY-MM-DD",
    "text",
)

NOT_ASSESSED, NOT_AGREED, TOO_FEW = "not_assessed", "not_agreed", "too_few_or_too_alike"
NOT_RELEASED, NOT_APPLICABLE = "not_released", "not_applicable"
NOT_GIVEN, WITHDRAWN, KEPT = "not_given", "withdrawn", "kept_at_table"
ABSENCES: dict[str, Promise] = {
    NOT_ASSESSED: _("The table did not look at this milestone in this round."),
    NOT_AGREED: _("The table looked, and did not agree on one level. The range says from where to where."),
    TOO_FEW: _("Answers are there. Too few, or too alike, to show without telling who said what."),
    NOT_RELEASED: _("The coalition released no round of this half-year."),
    NOT_APPLICABLE: _("There is nothing that this could hold here: no earlier round, say."),
    NOT_GIVEN: _("It could have been said, and nobody did."),
    WITHDRAWN: _("It was taken back, or taken off the page."),
    KEPT: _("There is a view, and its author kept it at the table."),
}

WHERE = (
    Column("coalition", TEXT, _("Its name. Rows go by it; coalitions are never ranked.")),
    Column("state", "two letters", _("Its state or territory.")),
    Column("cohort", TEXT, _("The cohort it is in now.")),
    Column("half_year", "YYYY-1 | YYYY-2", _("The half of the year in which the table met. It lines rounds up.")),
    Column("round", "1 or more", _("The number of the round at this table. The first is the baseline.")),
    Column("round_name", TEXT, _("What the table calls the round.")),
    Column("met_on", DAY, _("The day on which the table opened its answers.")),
    Column("framework", TEXT, _("Which set of milestones.")),
    Column("version", TEXT, _("Its wording.")),
    Column("release", "1 or more", _("The number of the release. Only the newest of a round is here.")),
    Column("released_on", DAY, _("The day of the release, in the table’s time zone.")),
)  # fmt: skip
MILESTONE = (
    Column("milestone", TEXT, _("The code of the milestone.")),
    Column("milestone_name", TEXT, _("Its name in English.")),
    Column("milestone_name_es", TEXT, _("Its name in Spanish.")),
)
ENDED = (
    Column("agreed_level", LEVEL, _("The level the table agreed after talking. It is never computed.")),
    Column("range_low", LEVEL, _("The lowest level recorded. The same as the agreed level, if there is one.")),
    Column("range_high", LEVEL, _("The highest level recorded.")),
    Column("how", "everyone | most | voted | none", _("How the table ended: all agree, most can live with it, a vote, or no agreement.")),
    Column("stand", "yes | no | time", _("Whether the parents and providers there stand behind it. “time” means they want more time.")),
    Column("goal_level", LEVEL, _("Where the table wants to be in a year.")),
)  # fmt: skip
OVER_TIME = (
    Column("claimed", YES_NO, _("Level 4 or 5 on an outcome, and no proof is linked yet.")),
    Column("change", LEVELS, _("Levels gained since the round before. Below zero is lost.")),
    Column("since_baseline", LEVELS, _("Levels gained since the first round of this series.")),
    Column("baseline_level", LEVEL, _("The level of the first round of this series.")),
    Column("baseline_round", "1 or more", _("The round in which this series began.")),
    Column("series", "first | same | editorial | clarified | redefined | new", _("What became of the wording since the round before. After “redefined” and “new” a series starts anew.")),
    Column("gap", LEVELS, _("Parents’ and providers’ average minus that of other members. The same on each row of a milestone.")),
    Column("gap_worth_talking", YES_NO, _("Whether the gap is larger than chance often makes it.")),
    Column("gap_held", YES_NO, _("Whether it was so in the round before too, in the same direction.")),
    Column("evidence", "0 or more", _("Pieces of evidence marked for outside.")),
    Column("views", "0 or more", _("How many see it differently, kept in or let out.")),
)  # fmt: skip
GROUP = (
    Column("group", "parents | providers | parents+providers | others | parents+providers+others", _("Whose answers this row counts. All three together are the whole table.")),
    Column("people", PEOPLE, _("How many picked a level.")),
    Column("cannot_say", PEOPLE, _("How many can’t say yet. They enter no average.")),
    Column("average", LEVEL, _("Their average, to the tenth of a level.")),
    Column("average_about", LEVEL, _("Their average, give or take half a level. For a group that hardly changed since an earlier round.")),
)  # fmt: skip
TOOK_PART = (
    Column("asked", PEOPLE, _("How many the round asked.")),
    Column("answered", PEOPLE, _("How many answered every milestone.")),
    Column("took_part", PEOPLE, _("How many answered at least one milestone.")),
    Column("families_asked", PEOPLE, _("How many parents and providers the round asked.")),
    Column("families_answered", PEOPLE, _("How many of them answered every milestone.")),
    Column("families_took_part", PEOPLE, _("How many of them answered at least one.")),
    Column(
        "representative",
        YES_NO,
        _("“no” if fewer than 60 of 100 answered, of all or of parents and providers."),
    ),
)
LOCAL = Column(
    "local", YES_NO, _("Whether it is a milestone of this coalition alone. Those are in no figures.")
)
ANSWERED = Column("answers_version", "1 or more", _("Which version of the agreement the view answers."))
LANGUAGE = Column("language", "en | es", _("The language it was written in."))

AGREEMENTS = (
    *WHERE, *MILESTONE, LOCAL,
    Column("agreement_version", "1 or more", _("The number of the agreement. A change makes a new one, and the earlier stays.")),
    Column("newest", YES_NO, _("Whether it is the one that stands.")),
    *ENDED,
    Column("why", TEXT, _("Why, in the table’s words.")),
    Column("above_because", TEXT, _("Why the level is more than parents and providers answered.")),
    Column("next_step", TEXT, _("What comes next.")),
    Column("owner", TEXT, _("Who does it, by title and never by name.")),
    Column("due", DAY, _("By when.")),
    Column("is_goal", YES_NO, _("Whether it is a goal for the table now.")),
    Column("proof", "0 or more", _("Pieces of evidence that can carry a claimed level.")),
    Column("criteria_met", "0 or more", _("Lines of the list marked “met”.")),
    Column("criteria_partly", "0 or more", _("Lines marked “partly”.")),
    Column("criteria_not_yet", "0 or more", _("Lines marked “not yet”.")),
    Column("criteria_do_not_apply", "0 or more", _("Lines marked “does not apply”.")),
)  # fmt: skip
WORDS = (
    *WHERE, *MILESTONE, LOCAL,
    Column("group", GROUP[0].unit, _("The group under which the words are released, in no order.")),
    LANGUAGE,
    Column("words", TEXT, _("What somebody wrote, and ticked “may be quoted outside”.")),
    Column("translation", TEXT, _("A translation, typed by a person.")),
)  # fmt: skip
VIEWS = (
    *WHERE, *MILESTONE, LOCAL, ANSWERED, LANGUAGE,
    Column("by", TEXT, _("The name of who signed it and let it out. Otherwise a member.")),
    Column("view", TEXT, _("How somebody sees it differently.")),
)  # fmt: skip
EVIDENCE = (
    *WHERE, *MILESTONE, LOCAL,
    Column("kind", "record | money | notes | number | win | families | link", _("What kind of evidence it is.")),
    Column("title", TEXT, _("What the table has seen.")),
    Column("note", TEXT, _("What it says.")),
    Column("link", "address", _("Where it is.")),
)  # fmt: skip


def count_columns(top: int) -> tuple[Column, ...]:
    """How many picked each level, up to the highest of any wording."""
    meaning = _("How many picked this level.")
    return tuple(Column(f"count_{level}", PEOPLE, meaning) for level in range(1, top + 1))


def figure_columns(top: int) -> Sequence[Column]:
    return (*WHERE, *MILESTONE, *ENDED, *OVER_TIME, *GROUP, *count_columns(top), *TOOK_PART)
