"""Which line names the columns, and which column is which field. A person looks at every guess before it counts."""

from collections import Counter
from dataclasses import dataclass, field
from itertools import islice

from .days import day_of
from .emails import addresses
from .refusals import Why, refuse
from .schema import Field, Kind, Schema, key_of, plain, split, word_of
from .tables import MOST_ROWS, MOST_ROWS_ABOVE, Table, column_name

SEEN = 100  # cells of a column that a guess looks at
OWN_NAME, OTHER_NAME, PART_OF_NAME, LOOKS = 6, 4, 2, 4
ENOUGH = 2


@dataclass(frozen=True)
class Sheet:
    """A table whose columns have names. Line 0 is no header at all: the columns are called A, B, C."""

    header: list[str]
    header_line: int
    rows: list[tuple[int, list[str]]]
    formulas: set[str] = field(default_factory=set)
    name: str = ""

    def cells(self, at: int) -> list[str]:
        """What the first lines say in one column, without the empty cells."""
        found = (cells[at] for _line, cells in self.rows if at < len(cells) and cells[at])
        return list(islice(found, SEEN))


def choose(tables: list[Table], schema: Schema) -> Sheet:
    """The table that most looks like the list that is wanted, the first of equals. Raises NotAList if it is empty."""
    sheets = [headed(table, schema) for table in tables]
    best = max(sheets, key=lambda sheet: (bool(sheet.rows), len(set(guess(sheet, schema)) - {""})))
    if not best.rows:
        raise refuse(Why.EMPTY)
    if len(best.rows) > MOST_ROWS:
        raise refuse(Why.TOO_MANY_ROWS, line=best.rows[MOST_ROWS][0], about=f"{MOST_ROWS:,}")
    return best


def headed(table: Table, schema: Schema) -> Sheet:
    """The table below the line that names its columns. Titles above it are left out, and so are its repeats."""
    at = _header(table, schema)
    line, named = table.rows[at] if at is not None else (0, [])
    width = max(len(named), _width(table))
    header = [cell or column_name(number) for number, cell in enumerate(named)]
    header += [column_name(number) for number in range(len(header), width)]
    rows = [row for row in table.rows[0 if at is None else at + 1 :] if row[1] != named]
    return Sheet(header, line, rows, table.formulas, table.name)


def _header(table: Table, schema: Schema) -> int | None:
    above = table.rows[:MOST_ROWS_ABOVE]
    known = [len({best for cell in cells if (best := _by_name(cell, schema))}) for _line, cells in above]
    if max(known) >= 2:
        return known.index(max(known))
    first_wide = next((at for at, (_line, cells) in enumerate(above) if sum(map(bool, cells)) >= 2), 0)
    if any(addresses(cell) for cell in above[first_wide][1]):
        return None
    return known.index(1) if 1 in known else first_wide


def _width(table: Table) -> int:
    """How many columns the lines have. A text's line may be too long by a comma in a cell, so one in five counts."""
    widths = sorted(len(cells) for _line, cells in table.rows)
    return widths[len(widths) * 4 // 5] if table.is_text else widths[-1]


def _by_name(cell: str, schema: Schema) -> str:
    scores = {each.name: _name_score(each, plain(cell)) for each in schema.fields}
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] >= OTHER_NAME else ""


def guess(sheet: Sheet, schema: Schema) -> list[str]:
    """The field of each column, or "" where we do not know. No field is given twice."""
    cells = [sheet.cells(at) for at in range(len(sheet.header))]
    scores = {
        (at, each.name): _name_score(each, plain(named)) + _looks_score(each, plain(named), cells[at])
        for at, named in enumerate(sheet.header)
        for each in schema.fields
    }
    found = [""] * len(sheet.header)
    for (at, name), score in sorted(scores.items(), key=lambda item: -item[1]):
        if score >= ENOUGH and not found[at] and name not in found:
            found[at] = name
    return _needed_first(found, sheet.header, schema)


def _needed_first(found: list[str], header: list[str], schema: Schema) -> list[str]:
    """A column called "Contact" is how to reach people, unless nothing else could be their name."""
    for missing in schema.missing(found, {}):
        for at, named in enumerate(header):
            free = found[at] and not schema[found[at]].needed
            if free and missing not in found and plain(named) in split(schema[missing].also):
                found[at] = missing
    return found


def _name_score(each: Field, named: str) -> int:
    if named == plain(each.name) or named in split(each.called):
        return OWN_NAME
    if named in split(each.also):
        return OTHER_NAME
    # Only an address is clear enough to be found inside a longer name: "Lead organization" is no lead.
    inside = each.kind is Kind.EMAIL and any(f" {word} " in f" {named} " for word in split(each.called))
    return PART_OF_NAME if inside else 0


def _looks_score(each: Field, named: str, cells: list[str]) -> float:
    """From -4 to 4: whether the cells are what the field holds. 0 where a look cannot tell."""
    if not cells:
        return 0
    if each.kind in (Kind.TEXT, Kind.NAME):  # a "Contact" may be anything, but addresses are addresses
        return -LOOKS if all(addresses(cell) for cell in cells) else 0
    # Yes and no, or days, could be about anything: their name has to say what.
    tells_alone = each.kind is Kind.EMAIL or (each.kind is Kind.WORD and "no" not in each.words)
    if not tells_alone and not _name_score(each, named):
        return -LOOKS
    share = sum(_looks_like(each, cell) for cell in cells) / len(cells)
    return share * 2 * LOOKS - LOOKS


def _looks_like(each: Field, cell: str) -> bool:
    if each.kind is Kind.EMAIL:
        return bool(addresses(cell))
    if each.kind is Kind.DAY:
        return day_of(cell) is not None or day_of(cell, day_first=True) is not None
    return word_of(each, cell) is not None


def certain(sheet: Sheet, schema: Schema, columns: list[str]) -> bool:
    """Whether every column that holds anything goes by one of our own names: then nobody needs to look."""
    return all(
        name and _name_score(schema[name], plain(named)) == OWN_NAME
        for at, (named, name) in enumerate(zip(sheet.header, columns, strict=True))
        if sheet.cells(at) or (sheet.header_line and named != column_name(at))
    )


def unknown_words(sheet: Sheet, schema: Schema, columns: list[str]) -> dict[str, Counter[str]]:
    """For each field of words, those that we do not know as the file writes them first, and on how many lines."""
    found: dict[str, Counter[str]] = {}
    for at, name in enumerate(columns):
        if not name or schema[name].kind is not Kind.WORD:
            continue
        spelled: dict[str, str] = {}
        counts: Counter[str] = Counter()
        for cell, times in Counter(cells[at] for _line, cells in sheet.rows if at < len(cells)).items():
            if cell and not cell.startswith("=") and word_of(schema[name], cell) is None:
                counts[spelled.setdefault(key_of(cell), cell)] += times
        if counts:
            found[name] = counts
    return found


def nearest(each: Field, word: str) -> str:
    """The word of ours that is inside theirs: "Madre de familia" is close to "parent". Empty where nothing is."""
    padded = f" {plain(word)} "
    close = [
        (len(known), value)
        for value, words in each.words.items()
        for known in split(words)
        if f" {known} " in padded
    ]
    return max(close)[1] if close else ""
