"""The whole table as one file, for its leads."""

from tempfile import TemporaryFile

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from coalitions.access import requires
from coalitions.actions import record
from coalitions.models import Seat, Verb
from coalitions.queries.archive import Taken
from coalitions.roles import Can
from web.files import zip_file
from web.pages import page

from ..queries.archive import contents, left_out, told, write_archive


@requires(Can.ARCHIVE)
def archive(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """What is in it and what is not. Taking it is on record, so it is a press of a button."""
    reads = seat.can(Can.READ_VOICES)
    if request.method != "POST":
        context = {"told": told(), "files": contents(), "left_out": left_out(), "reads_voices": reads}
        return page(request, "dashboards/archive.html", context)
    now = timezone.now()
    file = TemporaryFile()  # noqa: SIM115 - its answer closes it
    today = seat.coalition.today(now)
    write_archive(file, taken=Taken(seat.coalition, reads_voices=reads), today=today)
    record(coalition=seat.coalition, seat=seat, verb=Verb.ARCHIVED, at=now)
    return zip_file(f"{seat.coalition.slug}-archive-{today.isoformat()}", file)
