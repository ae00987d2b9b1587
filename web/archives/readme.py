"""What is in an archive, written from the declarations that make it, so that it cannot be out of date."""

from collections.abc import Iterable, Sequence
from textwrap import fill

from django.utils.translation import gettext as _

from .kinds import Field, Kind
from .packing import HEAD, SEALED


def readme(kinds: Iterable[Kind], *, title: str, told: Sequence[str], left_out: Sequence[str]) -> str:
    """In the language that is on. `told` are paragraphs on what it is and is for, `left_out` what is not in it."""
    kinds = list(kinds)
    parts = [f"{title}\n{'=' * len(title)}", *map(fill, told)]
    parts.append(_heading(_("The files")))
    parts.append(_line(HEAD, _("What this archive is of, when it was made, and a check sum of each file.")))
    parts.append(
        _line(SEALED, _("Closed. Only the site that made it, or one with its secret key, can open it."))
    )
    parts.append(
        fill(
            _(
                "Each other file is a list in JSON, UTF-8, with a row on each line. “n” is the number of a row in its file. A field that points at a row of another file holds that number. Days and moments are as in ISO 8601, moments in UTC."
            )
        )
    )
    for kind in kinds:
        if kind.clear:
            parts.append(_heading(f"{kind.name}.json"))
            parts.append(fill(_said(kind)))
            parts.append("\n".join(_field(kind, field) for field in kind.clear))
    parts.append(_heading(_("What is not in it, and why")))
    parts.append("\n".join(f"- {each}" for each in left_out))
    return "\n\n".join(parts) + "\n"


def _said(kind: Kind) -> str:
    only_to_read = _("For reading: it is not loaded.")
    return str(kind.meaning) if kind.restored else f"{kind.meaning} {only_to_read}"


def _field(kind: Kind, field: Field) -> str:
    where = _("number in %(file)s") % {"file": f"{field.to}.json"}
    points = f" ({where})" if field.to else ""
    return _line(field.name, f"{field.meaning}{points}{_codes(kind, field)}")


def _codes(kind: Kind, field: Field) -> str:
    """What each code stands for, where the row itself keeps codes."""
    known = {each.name: each for each in kind.model._meta.concrete_fields}
    choices = getattr(known.get(field.carries[0]), "flatchoices", ())
    said = "; ".join(f"{code} = {label}" for code, label in choices if code)
    return f" {said}." if said else ""


def _heading(text: str) -> str:
    return f"{text}\n{'-' * len(text)}"


def _line(name: str, text: str) -> str:
    return f"- {name}: {text}"
