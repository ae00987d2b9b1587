"""A whole table as a file: every room says what is its own, and in which order."""

from collections.abc import Mapping
from datetime import date
from typing import IO

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from checkins.queries import archive as checkins
from coalitions.queries import archive as tables
from coalitions.queries.archive import Taken
from feedback.queries import archive as outside
from milestones.queries import archive as rounds
from web.archives import Kind, pack, readme
from web.seals import Unsealable, seals

KINDS: tuple[Kind, ...] = (*tables.KINDS, *rounds.KINDS, *checkins.KINDS, *outside.KINDS)
KNOWN = {"what": "archive of a coalition"}
SEAL = "archive of a coalition"


def told() -> list[str]:
    """What it is, in the language that is on."""
    return [
        _("All that the leads of this table see on its pages, in one file."),
        _("You can keep it, or move the table to another site. Whoever runs that site can load it there."),
        _("It holds names and addresses. Keep it where only you can open it, and delete it when you are done."),
    ]  # fmt: skip


def left_out() -> list[str]:
    """What is not in it, and why, in the language that is on."""
    return [
        _("Answers: no single one exists after closing. Only rounds that the table has opened are in it. Any other stays here, with its drafts and counts."),
        _("Who took part in a round. That is in it, closed, and nobody reads it. Only a site with the secret key of this one opens it. Without that, levels that people pick later stay hidden if the milestone was asked before. What the table agrees still shows."),
        _("Whose words were shared, and who wrote an unsigned view. Nobody knows. The code of an unsigned view is not in it. So after a move, nobody can take that view back."),
        _("What one person added and only they see."),
        _("Links, codes, passkeys, mail, and invitations. After a move you invite everybody again. Each person takes their own seat."),
        _("What the account says of somebody who has not taken their seat. They are in it as your table listed them."),
        _("Words that people outside wrote, unless you are a reader of this table. What was not gathered yet is never in it."),
        _("The cohort and its evaluators. A site admin gives the cohort anew. Who read a release is in it to read, and is not loaded."),
        _("Whatever belongs to another table."),
    ]  # fmt: skip


def write_archive(file: IO[bytes], *, taken: Taken, today: date) -> None:
    """Into `file`, all of it as it was at one moment."""
    with transaction.atomic():
        _at_one_moment()
        pack(
            file,
            kinds=KINDS,
            subject=taken,
            head={**KNOWN, "coalition": taken.coalition.slug, "made_on": today.isoformat()},
            texts=_readmes(),
            seal=seals(SEAL).encrypt,
        )


def _at_one_moment() -> None:
    """SQLite lets nobody else write meanwhile. PostgreSQL is asked not to look at what they write."""
    if connection.vendor == "postgresql" and len(connection.atomic_blocks) == 1:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def _readmes() -> Mapping[str, str]:
    texts = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            title = _("Archive of a coalition")
            texts[f"README.{language}.txt"] = readme(KINDS, title=title, told=told(), left_out=left_out())
    return texts


def contents() -> list[tuple[str, str]]:
    """(file, what it holds) of each file that is in the clear, in the language that is on."""
    return [(f"{kind.name}.json", str(kind.meaning)) for kind in KINDS if kind.clear]


def unseal(closed: bytes) -> bytes | None:
    """What a site with this key sealed; None if it was another."""
    try:
        return seals(SEAL).decrypt(closed)
    except Unsealable:
        return None
