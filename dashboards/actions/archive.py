"""A table comes back from its archive: all of it, or nothing."""

from dataclasses import dataclass
from typing import IO

from django.db import transaction

from coalitions.actions.restoring import MAKERS as TABLES
from coalitions.models import Coalition
from feedback.actions.restoring import MAKERS as OUTSIDE
from milestones.actions.restoring import MAKERS as ROUNDS
from web.archives import restore, unpack
from web.archives.unpacking import broken
from web.refusal import Refused

from ..queries.archive import KINDS, KNOWN, unseal

MAKERS = {**TABLES, **ROUNDS, **OUTSIDE}


@dataclass(frozen=True)
class Loaded:
    """`opened` says whether this site could open what was sealed, and so knows who took part."""

    coalition: Coalition
    seats: int
    rounds: int
    opened: bool


def load_archive(*, file: IO[bytes]) -> Loaded:
    """Make the table of an archive anew. Raises Refused, with nothing written, for a table that is here already, a
    wording that reads differently here, and any file that is not a whole archive."""
    unpacked = unpack(file, kinds=KINDS, known=KNOWN, unseal=unseal)
    try:
        with transaction.atomic():
            found = restore(unpacked, kinds=KINDS, makers=MAKERS)
    except Refused:
        raise
    except Exception:  # rows that fit nowhere; their words belong in no log
        raise Refused(broken()) from None
    (coalition,) = found["coalition"]
    return Loaded(coalition, len(found["seats"]), len(found["rounds"]), unpacked.opened)
