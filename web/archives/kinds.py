"""What an archive is made of, as declarations: which rows are in which file, and what each field means.

A row is known by its number in its file, from 1. No key of the database leaves it.
"""

from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import JSONField, Model

from .shapes import fits

Numbers = dict[str, dict[Any, int]]  # file -> key of a row -> its number
Found = dict[str, Sequence[Any]]  # file -> the rows as they were written anew; number n is at n - 1
Row = Mapping[str, Any]
Maker = Callable[[list[dict[str, Any]], Found], Sequence[Any]]


@dataclass(frozen=True)
class Field:
    """One field of a file. Without more it is the row's own attribute of that name.

    `to` names the file whose row it points at, `many` that it points at several. `out` and `into` say it in other
    words: `into` gets the whole row of the file and gives attributes of the model. `of` are the attributes that it
    carries, if they are called differently. `sealed` is for this site alone: it is not in the clear, and `into` gets
    None where the seal could not be opened. `shape` is what its value in the file looks like (`shapes.py`): of JSON
    always, and of what the model's field takes more of than the pages do.
    """

    name: str
    meaning: Any
    to: str = ""
    many: bool = False
    out: Callable[[Any, Numbers], Any] | None = None
    into: Callable[[Row, Found], Mapping[str, Any]] | None = None
    of: tuple[str, ...] = ()
    sealed: bool = False
    shape: Any = Any

    @property
    def carries(self) -> tuple[str, ...]:
        return self.of or (self.name,)

    def written(self, row: Any, numbers: Numbers) -> Any:
        if self.out:
            return plain(self.out(row, numbers))
        if self.many:
            known = numbers[self.to]
            return sorted(known[each.pk] for each in getattr(row, self.name).all() if each.pk in known)
        if self.to:
            return numbers[self.to].get(getattr(row, f"{self.name}_id"))
        return plain(getattr(row, self.name))

    def read(self, row: Row, found: Found, model: type[Model]) -> Mapping[str, Any]:
        value = row.get(self.name)
        if self.shape is not Any and not fits(value, self.shape):
            raise ValueError(self.name)
        if self.into:
            return self.into(row, found)
        if self.many:
            return {self.name: [at(found, self.to, each) for each in value or ()]}
        if self.to:
            return {self.name: None if value is None else at(found, self.to, value)}
        field: Any = model._meta.get_field(self.name)
        return {self.name: value if isinstance(field, JSONField) else field.to_python(value)}


@dataclass(frozen=True)
class Kind:
    """One file. `rows` gives its rows, of whatever the archive is about, in an order that writing them anew keeps.

    `fresh` are attributes that every row gets anew. A kind that is not `restored` is for reading only.
    """

    name: str
    model: type[Model]
    meaning: Any
    rows: Callable[[Any], Iterable[Any]]
    fields: tuple[Field, ...]
    fresh: Callable[[], Mapping[str, Any]] = dict
    restored: bool = True

    @property
    def clear(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if not field.sealed)

    @property
    def sealed(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.sealed)


def at(found: Found, file: str, number: int) -> Any:
    """The row of this number. IndexError or TypeError where there is none."""
    if number < 1:
        raise IndexError(number)
    return found[file][number - 1]


def plain(value: Any) -> Any:
    """As JSON has it: days and moments as in ISO 8601, moments in UTC, bytes in base 64."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return b64encode(bytes(value)).decode()
    return value
