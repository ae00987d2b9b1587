"""What an archive of a table holds of its rounds: those that the table has opened, as its leads see them.

What is private is not among the fields. Who took part is sealed: the gate needs it, and nobody may read it.
"""

from django.utils.translation import gettext_lazy as _

from coalitions.queries.archive import COALITION, LANGUAGE
from web.archives import Field, Kind
from web.archives.kinds import at
from web.archives.shapes import a_code, a_link

from ...models import (
    Agreement,
    Dissent,
    Evidence,
    Item,
    Opening,
    Part,
    Reading,
    Release,
    Round,
    Version,
    Word,
)
from .rows import agreements, items, of_rounds, opened_rounds, parts, readings, seen, wordings
from .shapes import (
    CONTENT,
    DOCUMENT,
    GROUPS,
    LEVEL,
    LEVELS,
    MARKS,
    PARTICIPATION,
    PUBLIC,
    a_count,
    a_scale,
)
from .worded import (
    away,
    came_back,
    linked,
    numbered_ticks,
    opened_then,
    ticked,
    unless_withheld,
    went_out,
    withdrawn,
)

WITHDRAWN = Field(
    "withdrawn", _("Whether its author took it back."), of=("withdrawn_at",), into=withdrawn,
    out=lambda row, numbers: row.withdrawn_at is not None,
)  # fmt: skip
ROUND = Field("round", _("Its round."), to="rounds")
ITEM = Field("item", _("Its milestone, as it was worded then."), to="milestones")
BY = Field("by", _("Who recorded it."), to="seats")
AT = Field("at", _("When."))
KINDS = (
    Kind(
        "wordings", Version,
        _("The wordings that the rounds asked, and those they go on from: everybody's, and the table's own."),
        wordings,
        (
            Field("framework", _("The name of the framework."), out=lambda row, numbers: row.framework.slug,
                  into=lambda row, found: {"framework": row["framework"]}, shape=a_code),
            Field("label", _("The name of the wording.")),
            Field("scale", _("The levels, with their names and what they mean."), shape=a_scale),
            Field("own", _("Whether it is the table's own."), of=("coalition",),
                  out=lambda row, numbers: row.coalition_id is not None,
                  into=lambda row, found: {"coalition": found["coalition"][0] if row["own"] else None}),
            Field("follows", _("The wording before it."), to="wordings", into=lambda row, found: {"follows": row["follows"]}),
        ),
    ),
    Kind(
        "milestones", Item, _("The milestones of each wording, with their questions, levels and criteria."), items,
        (
            Field("wording", _("Its wording."), to="wordings", of=("version",),
                  out=lambda row, numbers: numbers["wordings"][row.version_id],
                  into=lambda row, found: {"version": at(found, "wordings", row["wording"])}),
            Field("position", _("Its place.")),
            Field("code", _("Its code."), shape=a_code),
            Field("content", _("Its words, in each language."), shape=CONTENT),
            Field("follows", _("The milestone that it goes on from."), to="milestones",
                  into=lambda row, found: {"follows": row["follows"]}),
            Field("change", _("How much its words changed since then: editorial, clarified, redefined, or nothing.")),
            Field("local", _("Whether only this table asks it.")),
        ),
    ),
    Kind(
        "rounds", Round, _("The rounds whose answers the table has opened."), opened_rounds,
        (
            COALITION,
            Field("wording", _("Its wording."), to="wordings", of=("version",),
                  out=lambda row, numbers: numbers["wordings"][row.version_id],
                  into=lambda row, found: {"version": at(found, "wordings", row["wording"])}),
            Field("number", _("Its number.")),
            Field("name", _("Its name.")),
            Field("meets_on", _("The day of the meeting.")),
            Field("closes_at", _("When it closed.")),
            Field("started_at", _("When it was opened for answers.")),
            Field("sealed_at", _("When the answers became counts.")),
            Field("opened_at", _("When the table opened the answers."), into=opened_then, of=("opened_at", "purged_at")),
            Field("agreed_at", _("When every milestone had ended.")),
            Field("released_at", _("When it was first released.")),
            Field("locked_at", _("When the next round locked it.")),
            Field("participation", _("How many were asked, took part, and answered everything."), shape=PARTICIPATION),
            Field("roll", _("Whether it is known who took part."), of=("roll_unknown",), sealed=True,
                  out=lambda row, numbers: not row.roll_unknown,
                  into=lambda row, found: {"roll_unknown": not row.get("roll")}),
        ),
    ),
    Kind(
        "evidence", Evidence, _("What the table has seen."), seen,
        (
            COALITION,
            Field("item_code", _("The code of its milestone."), shape=a_code),
            Field("round", _("The round in which it was added, if that is in the archive."), to="rounds"),
            Field("kind", _("What kind it is.")),
            Field("title", _("What was seen.")),
            Field("note", _("What it says.")),
            Field("url", _("A link. One that begins with / leads to the site itself."), into=linked,
                  out=lambda row, numbers: away(row.url), shape=a_link),
            Field("outside", _("Whether it may be shown outside.")),
        ),
    ),
    Kind(
        "openings", Opening,
        _("The figures that passed the checks, one row for each group and audience. Where none is shown, there is a row without a group."),
        of_rounds(Opening),
        (
            ROUND, ITEM,
            Field("audience", _("Who may see it: the table, evaluators, or everybody.")),
            Field("group", _("Which group."), shape={"", *GROUPS}),
            Field("people", _("How many picked a level.")),
            Field("cannot_say", _("How many can't say.")),
            Field("counts", _("How many picked each level."), shape=a_count),
            Field("average", _("The average, in tenths of a level.")),
            Field("half", _("The average, in tenths, give or take half a level.")),
            Field("ticks", _("How many ticked each piece of evidence, by its number."), to="evidence", out=numbered_ticks, into=ticked, shape={str: int}),
            Field("tested", _("What the checks looked at."), sealed=True, into=lambda row, found: {"tested": row.get("tested") or []}),
        ),
    ),
    Kind(
        "words", Word, _("Words that people shared. Nobody knows whose they are."), of_rounds(Word),
        (
            ROUND, ITEM,
            Field("group", _("Under which group they stand."), shape=GROUPS),
            Field("text", _("The words; empty where they were taken back or taken off the page."), out=unless_withheld("text")),
            LANGUAGE,
            Field("translation", _("Their author's own translation."), out=unless_withheld("translation")),
            Field("quotable", _("Whether they may be quoted outside.")),
            WITHDRAWN,
            Field("withheld_because", _("Why they were taken off the page.")),
        ),
    ),
    Kind(
        "agreements", Agreement, _("What the table recorded. A change is a new number; the earlier one stays."), agreements,
        (
            ROUND, ITEM,
            Field("number", _("Its number.")),
            Field("low", _("The level; without agreement the lowest."), shape=LEVEL),
            Field("high", _("The level; without agreement the highest."), shape=LEVEL),
            Field("how", _("How the table got there.")),
            Field("why", _("Why.")),
            Field("stand", _("Whether the parents and providers there stand behind it.")),
            Field("above_because", _("Why it is higher than parents and providers answered.")),
            Field("next_step", _("The next step.")),
            Field("owner", _("Who owns the next step."), to="seats"),
            Field("owner_title", _("By which title the owner is called outside.")),
            Field("due", _("The day by which it is to be done.")),
            Field("is_goal", _("Whether it is a goal now.")),
            Field("goal_level", _("The level to reach in a year."), shape={None, *LEVELS}),
            Field("criteria", _("How each line of the list was marked."), shape=MARKS),
            Field("evidence", _("The evidence it rests on."), to="evidence", many=True),
            BY, AT,
        ),
    ),
    Kind(
        "dissents", Dissent, _("Who sees it differently. An unsigned view names nobody, and its code is not here."), of_rounds(Dissent),
        (
            ROUND, ITEM,
            Field("agreement", _("The agreement that it answers."), to="agreements"),
            Field("text", _("The view.")),
            LANGUAGE,
            Field("seat", _("Whose view it is, if they signed it."), to="seats"),
            Field("let_out", _("Whether its author lets it out.")),
            WITHDRAWN,
        ),
    ),
    Kind(
        "releases", Release, _("What was released to evaluators, and what was published."), of_rounds(Release, "round__number", "number"),
        (
            ROUND,
            Field("number", _("Its number.")),
            Field("document", _("All that evaluators read. Words, views and evidence have their numbers here."),
                  out=went_out("document"), into=came_back("document"), shape=DOCUMENT),
            Field("yes_by", _("The parent or provider who said yes."), to="seats"),
            Field("by", _("Who released it."), to="seats"),
            AT,
            Field("public", _("All that everybody reads, while it is published."), out=went_out("public"), into=came_back("public"), shape=PUBLIC),
            Field("published_at", _("When it was published.")),
            Field("shared_at", _("Since when the other tables of the cohort read its goals and reasons.")),
        ),
    ),
    Kind(
        "readings", Reading, _("Which evaluators opened a release, and on which days."), readings,
        (
            Field("release", _("The release."), to="releases"),
            Field("reader", _("Their name."), out=lambda row, numbers: row.member.name, of=("member",)),
            Field("first_on", _("The first day.")),
            Field("last_on", _("The last day.")),
        ),
        restored=False,
    ),
    Kind(
        "parts", Part, _("Who took part in which round."), parts,
        tuple(
            Field(name, _("Closed to everybody."), to=to, of=of, sealed=True, into=into)
            for name, to, of, into in (
                ("round", "rounds", (), None),
                ("person", "seats", ("seat",), lambda row, found: {"seat": row["person"] and at(found, "seats", row["person"])}),
                ("stand_in", "", (), None),
                ("group", "", (), None),
                ("took_part", "", (), None),
            )
        ),
        fresh=lambda: {"saved": None},
    ),
)  # fmt: skip
