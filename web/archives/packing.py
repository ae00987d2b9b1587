"""Rows into a ZIP: the same rows give the same bytes, save the day and what is sealed."""

import json
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256
from typing import IO, Any

from .kinds import Kind, Numbers

FORMAT = 1
HEAD, SEALED = "archive.json", "sealed"
WIDTH = 256  # every sealed row is as long as any other, so that their length tells only how many there are
BEGINNING = (1980, 1, 1, 0, 0, 0)  # of time, as a ZIP counts it: no file in it has a time of its own


def pack(
    file: IO[bytes],
    *,
    kinds: Iterable[Kind],
    subject: Any,
    head: Mapping[str, Any],
    texts: Mapping[str, str],
    seal: Callable[[bytes], bytes],
) -> None:
    """`head` says what the archive is of; `texts` are files to read beside. `seal` makes what only we can open."""
    numbers: Numbers = {}
    hidden: dict[str, Any] = {}
    digests: dict[str, str] = {}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, text in texts.items():
            _write(archive, name, text.encode(), digests)
        for kind in kinds:
            rows = list(kind.rows(subject))
            numbers[kind.name] = {row.pk: number for number, row in enumerate(rows, start=1)}
            if kind.sealed:
                hidden[kind.name] = [[f.written(row, numbers) for f in kind.sealed] for row in rows]
            if kind.clear:
                _write(archive, f"{kind.name}.json", _listed(kind, rows, numbers), digests)
        whole = {"format": FORMAT, **head, "files": digests}
        told = (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()
        _write(archive, HEAD, told, {})
        # What is sealed names the files it belongs to: with other files beside it, it is worth nothing.
        _write(archive, SEALED, seal(_closed(sha256(told).hexdigest(), hidden)), {})


def _listed(kind: Kind, rows: Sequence[Any], numbers: Numbers) -> bytes:
    """A list with each row on a line of its own."""
    lines = [
        json.dumps({"n": n, **{f.name: f.written(row, numbers) for f in kind.clear}}, ensure_ascii=False)
        for n, row in enumerate(rows, start=1)
    ]
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode()


def _closed(head: str, hidden: Mapping[str, Sequence[Any]]) -> bytes:
    kinds = [f"{json.dumps(name)}: [{', '.join(map(_filled_up, rows))}]" for name, rows in hidden.items()]
    return f'{{"head": "{head}", "rows": {{{", ".join(kinds)}}}}}'.encode()


def _filled_up(row: Sequence[Any]) -> str:
    text = json.dumps(row)
    return text + " " * (-len(text) % WIDTH)


def _write(archive: zipfile.ZipFile, name: str, content: bytes, digests: dict[str, str]) -> None:
    part = zipfile.ZipInfo(name, BEGINNING)
    part.compress_type, part.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
    archive.writestr(part, content)
    digests[name] = sha256(content).hexdigest()
