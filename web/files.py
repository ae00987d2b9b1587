"""Tables as answers: streamed from the first row on, or written beside first, and never held in memory."""

from collections.abc import Iterable
from tempfile import TemporaryFile
from typing import IO

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header

from .sheets import BOOK, Row, csv_pieces, write_book


def csv_file(name: str, rows: Iterable[Row]) -> StreamingHttpResponse:
    return StreamingHttpResponse(
        csv_pieces(rows), content_type="text/csv; charset=utf-8", headers=_headers(f"{name}.csv")
    )


def book_file(name: str, sheets: Iterable[tuple[str, Iterable[Row]]]) -> HttpResponseBase:
    file = TemporaryFile()  # noqa: SIM115 - its answer closes it
    write_book(file, sheets)
    file.seek(0)
    return FileResponse(file, content_type=BOOK, headers=_headers(f"{name}.xlsx"))


def zip_file(name: str, file: IO[bytes]) -> FileResponse:
    """`file` is written to its end; its answer closes it."""
    file.seek(0)
    return FileResponse(file, content_type="application/zip", headers=_headers(f"{name}.zip"))


def _headers(name: str) -> dict[str, str]:
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return {"Content-Disposition": str(disposition), "Cache-Control": "private, no-store"}
