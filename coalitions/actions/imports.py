"""A list of people on its way to the table: kept while somebody looks at it, then written whole or not at all."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from members.models import Member
from web.refusal import Refused

from ..imports.guesses import choose, guess
from ..imports.kept import reading_as_json, sheet_as_json
from ..imports.refusals import NotAList
from ..imports.rows import Reading
from ..imports.tables import read as read_tables
from ..models import Coalition, Event, Import, Organization, Seat, Verb
from ..queries import Outcome, check_import, check_roster
from ..roster import SCHEMA, Row
from .giving import settle_listings
from .seats import new_member, record, seat_for, sent_before

KEPT_FOR = timedelta(days=1)
AT_ONCE = 500


class LinesLeft(Refused):
    """Some lines have something wrong, and nobody said that they may stay out."""


@dataclass(frozen=True)
class Imported:
    seated: int
    already_here: int
    left_out: int = 0


def start_import(*, by: Seat, raw: bytes, file_name: str, form: uuid.UUID, now: datetime) -> Import:
    """Keep a list as cells, with our guess at its columns. The same form again is the same import.

    A list that this person started before and did not finish makes way. Raises NotAList.
    """
    started = Import.objects.filter(form=form).first()
    if not started:
        sheet = choose(read_tables(raw), SCHEMA)  # before the database is asked: a large one takes a second
        said = {
            "coalition": by.coalition,
            "seat": by,
            "schema": SCHEMA.name,
            "file_name": file_name[:120],
            "sheet": sheet_as_json(sheet),
            "reading": reading_as_json(Reading(guess(sheet, SCHEMA))),
            "created": now,
        }
        with transaction.atomic():
            clear_imports(now=now)
            by.imports.filter(result__isnull=True).exclude(form=form).delete()
            started = Import.objects.get_or_create(form=form, defaults=said)[0]
    if started.seat_id != by.pk:
        raise Refused(sent_before())
    return started


def read_columns(*, started: Import, columns: Sequence[str], filled: Mapping[str, str]) -> None:
    """Which field each column is, and the word that holds for everyone where no column says it."""
    words = started.reading["words"]
    started.reading = reading_as_json(Reading(list(columns), words, dict(filled)))
    started.save(update_fields=["reading"])


def read_words(*, started: Import, words: Mapping[str, Mapping[str, str]]) -> None:
    """Which word of ours each of theirs means, by field."""
    kept = started.reading["words"]
    started.reading["words"] = {
        name: kept.get(name, {}) | dict(words.get(name, {})) for name in {*kept, *words}
    }
    started.save(update_fields=["reading"])


def cancel_import(*, started: Import) -> None:
    started.delete()


def clear_imports(*, now: datetime) -> int:
    """What nobody finished within a day is gone, and how many that were."""
    return Import.objects.filter(created__lt=now - KEPT_FOR).delete()[0]


def confirm_import(
    *,
    started: Import,
    seen: str,
    leave_out: bool,
    now: datetime,
    tell: Callable[[int], None] = lambda done: None,
) -> Import:
    """Seat every new person that the dry run showed, or nobody. Again, it changes nothing.

    `seen` is the dry run that the person looked at: if something else would happen by now, nothing does.
    `tell` hears how many have a seat, while the rest are still waiting.
    """
    try:
        with transaction.atomic():
            Coalition.objects.select_for_update().get(pk=started.coalition_id)
            started = (
                Import.objects.select_for_update().select_related("coalition", "seat").get(pk=started.pk)
            )
            if not started.is_done:
                _confirm(started, seen, leave_out, now, tell)
            return started
    # Somebody stopped it in another window, or made one of these accounts at the same moment at another table.
    except (Import.DoesNotExist, IntegrityError):
        raise Refused(changed_since()) from None


def changed_since() -> str:
    return _("Something has changed since you looked. Nobody was brought in. Look again, then send it.")


def _confirm(started: Import, seen: str, leave_out: bool, now: datetime, tell: Callable[[int], None]) -> None:
    coalition = started.coalition
    check = check_import(started, today=coalition.today(now))
    if check.seen != seen:
        raise Refused(changed_since())
    refused = check.by_outcome[Outcome.REFUSED]
    if refused and not leave_out:
        raise LinesLeft(
            _("Say that these lines may stay out, or change them in your file and send it again.")
        )
    new = [(line.row, line.known) for line in check.by_outcome[Outcome.NEW] if line.row]
    if new:
        about = _seat_everyone(coalition, new, now, tell)
        _record(coalition, started.seat, about, now, started.form)
    here = len(check.by_outcome[Outcome.HERE])
    started.result = asdict(Imported(len(new), here, len(refused)))
    started.sheet, started.reading = {}, {}
    started.save(update_fields=["result", "sheet", "reading"])


@transaction.atomic
def import_roster(
    *,
    coalition: Coalition,
    by: Seat | None,
    rows: Sequence[Row],
    now: datetime,
    form: uuid.UUID | None = None,
) -> Imported:
    """Seat everyone in the list, or nobody. The same list again seats nobody and changes nothing.

    Somebody who sits here already must be in the list as they are. Raises NotAList with every reason.
    """
    Coalition.objects.select_for_update().get(pk=coalition.pk)
    check = check_roster(coalition, rows)
    if check.refusals:
        raise NotAList(check.refusals)
    new = [(line.row, line.known) for line in check.by_outcome[Outcome.NEW] if line.row]
    if new and Event.objects.filter(form__isnull=False, form=form).exists():
        raise Refused(sent_before())
    if new:
        about = _seat_everyone(coalition, new, now, lambda done: None)
        _record(coalition, by, about, now, form)
    return Imported(seated=len(new), already_here=len(rows) - len(new))


def _record(coalition: Coalition, by: Seat | None, about: str, now: datetime, form: uuid.UUID | None) -> None:
    record(coalition=coalition, seat=by, verb=Verb.ROSTER_IMPORTED, about=about, at=now, form=form)


def _seat_everyone(
    coalition: Coalition,
    people: Sequence[tuple[Row, Member | None]],
    now: datetime,
    tell: Callable[[int], None],
) -> str:
    """How many got a seat, and the first and the last of these: no other list writes seats of this table meanwhile.

    An account that exists keeps its name and language: only its owner changes them.
    """
    settle_listings(coalition=coalition, now=now)
    organizations = _organizations(coalition, {row.organization for row, _member in people} - {""})
    given: list[int] = []
    for at in range(0, len(people), AT_ONCE):
        some = people[at : at + AT_ONCE]
        made = Member.objects.bulk_create(_account(row, coalition) for row, member in some if not member)
        members = {member.email: member for member in [*made, *(member for _row, member in some if member)]}
        seats = Seat.objects.bulk_create(
            seat_for(
                row,
                coalition=coalition,
                member=members[row.email],
                organization=organizations.get(row.organization),
                today=coalition.today(now),
            )
            for row, _member in some
        )
        given += [seat.pk for seat in seats]
        tell(at + len(some))
    return f"{len(given)}:{min(given)}-{max(given)}"


def _account(row: Row, coalition: Coalition) -> Member:
    return Member(email=row.email, **new_member(row.language or coalition.main_language))


def _organizations(coalition: Coalition, names: set[str]) -> dict[str, Organization]:
    here = set(coalition.organizations.values_list("name", flat=True))
    missing = sorted(names - here)
    Organization.objects.bulk_create(Organization(coalition=coalition, name=name) for name in missing)
    return {each.name: each for each in coalition.organizations.all()}
