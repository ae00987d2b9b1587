"""A ZIP back into rows. Whatever is wrong with it, nothing of it is written and a sentence says so."""

import json
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import IO, Any

from django.utils.translation import gettext as _

from web.refusal import Refused

from .kinds import Found, Kind, Maker
from .packing import FORMAT, HEAD, SEALED
from .shapes import in_our_time

# A table of ten years is a few MB, and as much again for each ten minutes of recordings. A bomb is thousands of times
# its own size.
MOST_PARTS = 60
MOST_UNPACKED = 400_000_000
MOST_RATIO = 200
SMALL_PART = 1_000_000
MOST_ROWS = 500_000
NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")  # no text of ours has one, and PostgreSQL takes none


@dataclass(frozen=True)
class Unpacked:
    """`rows` is file -> rows, each with its sealed fields where `opened`."""

    head: Mapping[str, Any]
    rows: Mapping[str, list[dict[str, Any]]]
    opened: bool


def unpack(
    file: IO[bytes],
    *,
    kinds: Iterable[Kind],
    known: Mapping[str, Any],
    unseal: Callable[[bytes], bytes | None],
) -> Unpacked:
    """The rows of an archive whose head says `known`. `unseal` gives None for what another site sealed.

    Raises Refused for anything else: no archive, a newer one, a broken or a changed one, one that unpacks too big.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            parts = _parts(archive)
    except Refused:
        raise
    except Exception:  # whatever it stumbles over, the answer is the same
        raise Refused(no_archive()) from None
    try:
        return _read(parts, list(kinds), known, unseal)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise Refused(broken()) from None


def no_archive() -> str:
    return _("This file is no archive of ours. Send the ZIP file just as you got it.")


def broken() -> str:
    return _("This archive is not whole, or somebody changed it. Nothing was loaded. Take a new copy of it.")


def _parts(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """By the list of parts, before anything is unpacked. zipfile never unpacks more than is listed."""
    listed = archive.infolist()
    swollen = any(
        part.file_size > SMALL_PART and part.file_size > MOST_RATIO * max(part.compress_size, 1)
        for part in listed
    )
    if len(listed) > MOST_PARTS or swollen or sum(part.file_size for part in listed) > MOST_UNPACKED:
        raise Refused(_("This file unpacks to far more than an archive holds. Nothing was loaded."))
    if HEAD not in archive.namelist():
        raise Refused(no_archive())
    return {part.filename: archive.read(part) for part in listed}


def _read(
    parts: dict[str, bytes],
    kinds: list[Kind],
    known: Mapping[str, Any],
    unseal: Callable[[bytes], bytes | None],
) -> Unpacked:
    told = parts.pop(HEAD)
    head = json.loads(told)
    if any(head.get(name) != value for name, value in known.items()):
        raise Refused(no_archive())
    if head["format"] > FORMAT:
        raise Refused(_("This archive was made by a newer version. Update this site first, then load it."))
    closed = parts.pop(SEALED)
    if head["files"] != {name: sha256(content).hexdigest() for name, content in parts.items()}:
        raise Refused(broken())
    plain = unseal(closed)
    inside = json.loads(plain) if plain is not None else None
    if inside is not None and inside["head"] != sha256(told).hexdigest():
        raise Refused(broken())
    hidden = inside["rows"] if inside is not None else {}
    return Unpacked(head, {kind.name: _rows(kind, parts, hidden) for kind in kinds}, inside is not None)


def _rows(kind: Kind, parts: Mapping[str, bytes], hidden: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What is in the clear, and beside it what was sealed. Every field is there, and no other."""
    sealed = [dict(zip((f.name for f in kind.sealed), row, strict=True)) for row in hidden.get(kind.name, ())]
    if not kind.clear:
        return sealed
    if NUL.search(parts[f"{kind.name}.json"]):
        raise ValueError(kind.name)
    rows = json.loads(parts[f"{kind.name}.json"])
    names = ["n", *(field.name for field in kind.clear)]
    if len(rows) > MOST_ROWS or any([*row] != names or row["n"] != n for n, row in enumerate(rows, start=1)):
        raise ValueError(kind.name)
    return [row | more for row, more in zip(rows, sealed, strict=True)] if sealed else rows


def restore(unpacked: Unpacked, *, kinds: Iterable[Kind], makers: Mapping[str, Maker]) -> Found:
    """Write every row anew, file by file. `makers` write those that are more than a row; call it in a transaction."""
    found: Found = {}
    for kind in kinds:
        if kind.restored:
            rows = [_values(kind, row, found) for row in unpacked.rows[kind.name]]
            found[kind.name] = makers.get(kind.name, _maker(kind))(rows, found)
    return found


def _values(kind: Kind, row: Mapping[str, Any], found: Found) -> dict[str, Any]:
    values = dict(kind.fresh())
    for field in kind.fields:
        values |= field.read(row, found, kind.model)
    return values


def _maker(kind: Kind) -> Maker:
    several = [field.name for field in kind.fields if field.many]

    def make(rows: list[dict[str, Any]], found: Found) -> list[Any]:
        links = [{name: row.pop(name) for name in several} for row in rows]
        made = kind.model._default_manager.bulk_create(
            (checked(kind.model(**row)) for row in rows), batch_size=500
        )
        for one, many in zip(made, links, strict=True):
            for name, others in many.items():
                if others:
                    getattr(one, name).add(*others)
        return made

    return make


def checked(row: Any) -> Any:
    """The same row, whose values are those that its fields take. Raises ValidationError or ValueError."""
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if isinstance(value, date) and not in_our_time(value):
            raise ValueError(field.name)
        if value == "" and field.choices and not field.blank:
            raise ValueError(field.name)
        if not field.is_relation and not field.primary_key and value not in field.empty_values:
            field.clean(value, row)
    return row
