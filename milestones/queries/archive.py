"""What an archive of a table holds of its rounds: those that the table has opened, as its leads see them.

What is private is not among the fields. Who took part is sealed: the gate needs it, and nobody may read it.
"""

from collections.abc import Callable, Iterable
from copy import deepcopy
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from coalitions.queries.archive import Taken
from web.archives import Field, Found, Kind, Numbers, Row
from web.archives.kinds import at

from ..models import Agreement, Dissent, Evidence, Item, Opening, Part, Reading, Release, Round, Version, Word

LISTS = ("words", "dissents", "evidence")  # what a document names by number


def _rounds(taken: Taken) -> QuerySet[Round]:
    return taken.coalition.rounds.filter(opened_at__isnull=False).order_by("number")


def _wordings(taken: Taken) -> list[Version]:
    """The table's own, those its rounds asked, and all that these go on from, the oldest first."""
    of_table = Version.objects.filter(coalition=taken.coalition, draft=False)
    wanted = {*of_table.values_list("pk", flat=True), *_rounds(taken).values_list("version_id", flat=True)}
    known: set[int] = set()
    while wanted - known:
        known |= wanted
        wanted |= set(Version.objects.filter(followed_by__in=known).values_list("pk", flat=True))
        followed = Item.objects.filter(version__in=known, follows__isnull=False)
        wanted |= set(followed.values_list("follows__version_id", flat=True))
        # Another table's own milestone may have become everybody's: its words are there, and it is not.
        others = Version.objects.filter(pk__in=wanted - known).exclude(coalition=None)
        wanted -= set(others.exclude(coalition=taken.coalition).values_list("pk", flat=True))
    found = Version.objects.filter(pk__in=known, draft=False).select_related("framework")
    return list(found.order_by("pk"))


def _items(taken: Taken) -> Iterable[Item]:
    return Item.objects.filter(version__in=_wordings(taken)).order_by("version", "position")


def _evidence(taken: Taken) -> Iterable[Evidence]:
    return taken.coalition.evidence.filter(private_to=None, hidden=False).order_by("pk")


def _of(model: type[Any], *order: str) -> Callable[[Taken], Iterable[Any]]:
    """Rows of the rounds that are in it."""

    def rows(taken: Taken) -> Iterable[Any]:
        return model.objects.filter(round__in=_rounds(taken)).order_by(*(order or ("pk",)))

    return rows


def _agreements(taken: Taken) -> Iterable[Agreement]:
    return Agreement.objects.filter(round__in=_rounds(taken)).prefetch_related("evidence").order_by("pk")


def _readings(taken: Taken) -> Iterable[Reading]:
    of = Reading.objects.filter(release__round__in=_rounds(taken)).select_related("member")
    return of.order_by("release__round__number", "release__number", "first_on", "pk")


def _parts(taken: Taken) -> list[Any]:
    """Each with the newest seat of its person at this table."""
    seats = taken.coalition.seats.order_by("pk").values_list("member_id", "pk")
    newest = dict(seats)
    parts: list[Any] = list(
        Part.objects.filter(round__in=_rounds(taken)).select_related("seat").order_by("round__number", "pk")
    )
    for part in parts:
        part.person_id = newest.get(part.seat.member_id) if part.seat else None
    return parts


def _opened(row: Row, found: Found) -> dict[str, Any]:
    """What was deleted before the opening was never here, so there is nothing left to overwrite."""
    moment = parse_datetime(row["opened_at"])
    return {"opened_at": moment, "purged_at": moment}


def _url(row: Row, found: Found) -> dict[str, Any]:
    return {"url": _here(row["url"])}


def _away(url: str) -> str:
    """An address of this site is kept without the site."""
    return url.removeprefix(settings.SITE_URL) if url.startswith(f"{settings.SITE_URL}/") else url


def _here(url: str) -> str:
    return f"{settings.SITE_URL}{url}" if url.startswith("/") else url


def _withdrawn(row: Row, found: Found) -> dict[str, Any]:
    """The moment is nobody's business: it could tell who."""
    return {"withdrawn_at": at(found, "rounds", row["round"]).opened_at if row["withdrawn"] else None}


WITHDRAWN = Field(
    "withdrawn", _("Whether its author took it back."), of=("withdrawn_at",), into=_withdrawn,
    out=lambda row, numbers: row.withdrawn_at is not None,
)  # fmt: skip


def _unless_withheld(name: str) -> Callable[[Word, Numbers], str]:
    return lambda row, numbers: "" if row.withheld_because or row.withdrawn_at else getattr(row, name)


def _ticks(row: Row, found: Found) -> dict[str, Any]:
    return {"ticks": {str(at(found, "evidence", int(number)).pk): n for number, n in row["ticks"].items()}}


def _numbered_ticks(row: Opening, numbers: Numbers) -> dict[str, int]:
    """Evidence that the table saw; by number, in its order."""
    known = {numbers["evidence"].get(int(pk)): n for pk, n in row.ticks.items()}
    return {str(number): known[number] for number in sorted(number for number in known if number)}


def _document(name: str) -> Callable[[Any, Numbers], Any]:
    """What went out, in which words, views and evidence are named by their numbers here."""
    return lambda row, numbers: _named(getattr(row, name), lambda kind, pk: numbers[kind].get(pk), _away)


def _came_back(name: str) -> Callable[[Row, Found], dict[str, Any]]:
    def into(row: Row, found: Found) -> dict[str, Any]:
        return {name: _named(row[name], lambda kind, n: at(found, kind, n).pk if n else None, _here)}

    return into


def _named(document: Any, name: Callable[[str, Any], Any], address: Callable[[str], str]) -> Any:
    changed = deepcopy(document)
    for item in changed["items"] if changed else ():
        for kind in LISTS:
            for row in item.get(kind, ()):
                row["id"] = name(kind, row["id"])
        for row in item.get("evidence", ()):
            row["url"] = address(row["url"])
    return changed


ROUND = Field("round", _("Its round."), to="rounds")
ITEM = Field("item", _("Its milestone, as it was worded then."), to="milestones")
BY = Field("by", _("Who recorded it."), to="seats")
AT = Field("at", _("When."))
LANGUAGE = Field("language", _("The language it is in."))
KINDS = (
    Kind(
        "wordings", Version,
        _("The wordings that the rounds asked, and those they go on from: everybody's, and the table's own."),
        _wordings,
        (
            Field("framework", _("The name of the framework."), out=lambda row, numbers: row.framework.slug,
                  into=lambda row, found: {"framework": row["framework"]}),
            Field("label", _("The name of the wording.")),
            Field("scale", _("The levels, with their names and what they mean.")),
            Field("own", _("Whether it is the table's own."), of=("coalition",),
                  out=lambda row, numbers: row.coalition_id is not None,
                  into=lambda row, found: {"coalition": found["coalition"][0] if row["own"] else None}),
            Field("follows", _("The wording before it."), to="wordings", into=lambda row, found: {"follows": row["follows"]}),
        ),
    ),
    Kind(
        "milestones", Item, _("The milestones of each wording, with their questions, levels and criteria."), _items,
        (
            Field("wording", _("Its wording."), to="wordings", of=("version",),
                  out=lambda row, numbers: numbers["wordings"][row.version_id],
                  into=lambda row, found: {"version": at(found, "wordings", row["wording"])}),
            Field("position", _("Its place.")),
            Field("code", _("Its code.")),
            Field("content", _("Its words, in each language.")),
            Field("follows", _("The milestone that it goes on from."), to="milestones",
                  into=lambda row, found: {"follows": row["follows"]}),
            Field("change", _("How much its words changed since then: editorial, clarified, redefined, or nothing.")),
            Field("local", _("Whether only this table asks it.")),
        ),
    ),
    Kind(
        "rounds", Round, _("The rounds whose answers the table has opened."), _rounds,
        (
            Field("coalition", _("The coalition."), to="coalition"),
            Field("wording", _("Its wording."), to="wordings", of=("version",),
                  out=lambda row, numbers: numbers["wordings"][row.version_id],
                  into=lambda row, found: {"version": at(found, "wordings", row["wording"])}),
            Field("number", _("Its number.")),
            Field("name", _("Its name.")),
            Field("meets_on", _("The day of the meeting.")),
            Field("closes_at", _("When it closed.")),
            Field("started_at", _("When it was opened for answers.")),
            Field("sealed_at", _("When the answers became counts.")),
            Field("opened_at", _("When the table opened the answers."), into=_opened, of=("opened_at", "purged_at")),
            Field("agreed_at", _("When every milestone had ended.")),
            Field("released_at", _("When it was first released.")),
            Field("locked_at", _("When the next round locked it.")),
            Field("participation", _("How many were asked, took part, and answered everything.")),
            Field("roll", _("Whether it is known who took part."), of=("roll_unknown",), sealed=True,
                  out=lambda row, numbers: not row.roll_unknown,
                  into=lambda row, found: {"roll_unknown": not row.get("roll")}),
        ),
    ),
    Kind(
        "evidence", Evidence, _("What the table has seen."), _evidence,
        (
            Field("coalition", _("The coalition."), to="coalition"),
            Field("item_code", _("The code of its milestone.")),
            Field("round", _("The round in which it was added, if that is in the archive."), to="rounds"),
            Field("kind", _("What kind it is.")),
            Field("title", _("What was seen.")),
            Field("note", _("What it says.")),
            Field("url", _("A link. One that begins with / leads to the site itself."), into=_url,
                  out=lambda row, numbers: _away(row.url)),
            Field("outside", _("Whether it may be shown outside.")),
        ),
    ),
    Kind(
        "openings", Opening,
        _("The figures that passed the checks: one row for each group and audience, one without a group where none is shown."),
        _of(Opening),
        (
            ROUND, ITEM,
            Field("audience", _("Who may see it: the table, evaluators, or everybody.")),
            Field("group", _("Which group.")),
            Field("people", _("How many picked a level.")),
            Field("cannot_say", _("How many can't say.")),
            Field("counts", _("How many picked each level.")),
            Field("average", _("The average, in tenths of a level.")),
            Field("half", _("The average, in tenths, give or take half a level.")),
            Field("ticks", _("How many ticked each piece of evidence, by its number."), to="evidence", out=_numbered_ticks, into=_ticks),
            Field("tested", _("What the checks looked at."), sealed=True, into=lambda row, found: {"tested": row.get("tested") or []}),
        ),
    ),
    Kind(
        "words", Word, _("Words that people shared. Nobody knows whose they are."), _of(Word),
        (
            ROUND, ITEM,
            Field("group", _("Under which group they stand.")),
            Field("text", _("The words; empty where they were taken back or taken off the page."), out=_unless_withheld("text")),
            LANGUAGE,
            Field("translation", _("Their author's own translation."), out=_unless_withheld("translation")),
            Field("quotable", _("Whether they may be quoted outside.")),
            WITHDRAWN,
            Field("withheld_because", _("Why they were taken off the page.")),
        ),
    ),
    Kind(
        "agreements", Agreement, _("What the table recorded. A change is a new number; the earlier one stays."), _agreements,
        (
            ROUND, ITEM,
            Field("number", _("Its number.")),
            Field("low", _("The level; without agreement the lowest.")),
            Field("high", _("The level; without agreement the highest.")),
            Field("how", _("How the table got there.")),
            Field("why", _("Why.")),
            Field("stand", _("Whether the parents and providers there stand behind it.")),
            Field("above_because", _("Why it is higher than parents and providers answered.")),
            Field("next_step", _("The next step.")),
            Field("owner", _("Who owns the next step."), to="seats"),
            Field("owner_title", _("By which title the owner is called outside.")),
            Field("due", _("The day by which it is to be done.")),
            Field("is_goal", _("Whether it is a goal now.")),
            Field("goal_level", _("The level to reach in a year.")),
            Field("criteria", _("How each line of the list was marked.")),
            Field("evidence", _("The evidence it rests on."), to="evidence", many=True),
            BY, AT,
        ),
    ),
    Kind(
        "dissents", Dissent, _("Who sees it differently. An unsigned view names nobody, and its code is not here."), _of(Dissent),
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
        "releases", Release, _("What was released to evaluators, and what was published."), _of(Release, "round__number", "number"),
        (
            ROUND,
            Field("number", _("Its number.")),
            Field("document", _("All that evaluators read. Words, views and evidence have their numbers here."),
                  out=_document("document"), into=_came_back("document")),
            Field("yes_by", _("The parent or provider who said yes."), to="seats"),
            Field("by", _("Who released it."), to="seats"),
            AT,
            Field("public", _("All that everybody reads, while it is published."), out=_document("public"), into=_came_back("public")),
            Field("published_at", _("When it was published.")),
            Field("shared_at", _("Since when the other tables of the cohort read its goals and reasons.")),
        ),
    ),
    Kind(
        "readings", Reading, _("Which evaluators opened a release, and on which days."), _readings,
        (
            Field("release", _("The release."), to="releases"),
            Field("reader", _("Their name."), out=lambda row, numbers: row.member.name, of=("member",)),
            Field("first_on", _("The first day.")),
            Field("last_on", _("The last day.")),
        ),
        restored=False,
    ),
    Kind(
        "parts", Part, _("Who took part in which round."), _parts,
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
