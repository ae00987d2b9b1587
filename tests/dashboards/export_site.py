"""A site full of released rounds, in a process of its own: `python -m tests.dashboards.export_site fill 1000000`.

Releases are copies of one that the real gate wrote, with texts that would like to be formulas; `take` exports as an
evaluator's browser would and says what it cost. Both print one line of JSON. The database is that of DATABASE_URL.
"""

import copy
import json
import os
import resource
import sys
import time
from collections.abc import Iterable
from datetime import date
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

# What a text may begin with that some program takes for a formula, or hide it behind. Each adds up to 2 if it runs.
CANARIES = (
    "=1+1", "+1+1", "-1+3", "@SUM(1,1)", "\t=1+1", "\r=1+1", " =1+1", "＝1+1", "＋1+1", "fine;=1+1", "fine\n=1+1",
    "=HYPERLINK(\"#\",\"2\")", "=cmd|' /C calc'!A0", "\x0b=1+1", "plain",
)  # fmt: skip
TABLES, FIRST_YEAR, AT_ONCE = 400, 1500, 500


def fill(rows: int) -> dict[str, object]:
    from django.core.management import call_command

    from coalitions.models import Cohort, Seat
    from tests.factories.answered import an_opened_round
    from tests.factories.rounds import NOW, a_table, agreed, released
    from tests.factories.summaries import coalitions
    from tests.factories.tables import a_coalition, a_member, a_seat

    call_command("migrate", verbosity=0)
    here = a_coalition("The first", slug="the-first", state="VT")
    lead = a_seat(here, "Lena Lead", "advocate", lead=True)
    a_table(here)
    yes = Seat.objects.filter(coalition=here, group="parent").first()
    release = released(
        agreed(an_opened_round(here, lead, words=True, now=NOW), lead), lead, yes
    ).releases.get()
    cohort = Cohort.objects.create(name="Everybody")
    cohort.evaluators.add(a_member("Eve Evaluator"))
    of_one = sum(max(len(item["figures"]), 1) for item in release.document["items"])
    many = -(-rows // of_one)
    tables = coalitions(min(TABLES, many), cohort)
    many = -(-many // len(tables)) * len(tables)  # each table in every half-year, or rows say "not released"
    for start in range(0, many, AT_ONCE):
        _copies(release, tables, range(start, min(start + AT_ONCE, many)))
    return {"releases": many, "rows": many * of_one}


def _copies(release, tables: list, numbers: Iterable[int]) -> None:
    from milestones.models import Release, Round, Summary
    from milestones.seasons import season_of

    rounds, releases, summaries = [], [], []
    for n in numbers:
        nth, name = n // len(tables) + 1, f"{CANARIES[n % len(CANARIES)]}"
        meets_on = date(FIRST_YEAR + nth // 2, 3 if nth % 2 else 9, 1)
        document = copy.deepcopy(release.document)
        document["round"] = {"name": name, "number": nth, "meets_on": meets_on.isoformat()}
        for item in document["items"]:
            item["agreements"][-1]["why"] = name
            item["words"] = item["words"][:1]
        whose = {"coalition": tables[n % len(tables)]}
        round = Round(**whose, version=release.round.version, number=nth, name=name, meets_on=meets_on,
                      closes_at=release.at)  # fmt: skip
        rounds.append(round)
        releases.append(Release(round=round, number=1, document=document, at=release.at))
        summary = Summary(
            **whose, release=releases[-1], season=season_of(meets_on), round_number=nth, round_name=name,
            meets_on=meets_on, framework=release.summary.framework, version=release.summary.version, at=release.at,
            participation=release.summary.participation, levels=release.summary.levels, cells=release.summary.cells,
        )  # fmt: skip
        summaries.append(summary)
    Round.objects.bulk_create(rounds)
    Release.objects.bulk_create(releases)
    for summary in summaries:
        summary.release_id = summary.release.pk
    Summary.objects.bulk_create(summaries)


def take(file: str, to: Path, held: bool = False) -> dict[str, object]:
    """One half-year first, so that everything is loaded; then all of it. `held` keeps it all, as the control does."""
    from django.test import Client

    from members.models import Member
    from milestones.models import Summary
    from milestones.seasons import slug_of

    client = Client()
    client.force_login(Member.objects.get(name="Eve Evaluator"))
    season = Summary.objects.order_by("season").values_list("season", flat=True).first()
    for piece in client.get(f"/e/exports/{file}?round={slug_of(season)}").streaming_content:
        del piece
    before, began = _peak(), time.perf_counter()
    with to.open("wb") as out:
        pieces: Iterable[bytes] = client.get(f"/e/exports/{file}").streaming_content
        pieces = list(pieces) if held else pieces
        for piece in pieces:
            out.write(piece)
    seconds = time.perf_counter() - began
    return {"mb": _peak() - before, "peak": _peak(), "seconds": seconds, "bytes": to.stat().st_size}


def _peak() -> float:
    """The most memory this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(words: list[str]) -> None:
    import django
    from django.conf import settings

    django.setup()
    settings.ALLOWED_HOSTS = ["testserver"]
    match words:
        case ["fill", rows]:
            told = fill(int(rows))
        case ["take", file, to, *held]:
            told = take(file, Path(to), bool(held))
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
